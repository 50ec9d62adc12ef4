"""The model as coder, from end to end: a real server, the command, and what happens when it gives nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from llm_server import completion, send, serving
from test_llm_answer import GOOD, PACK, REPORT
from typer.testing import CliRunner

from seamwatch.cli import app
from seamwatch.code.llm import FELL_BACK, Endpoint, LlmCoder
from seamwatch.single import code_and_place, code_or_say

LINE = {"id": "r1", "date": "2021-05-04", "title": REPORT.title, "text": REPORT.text}


def test_an_answer_is_coded_placed_and_signed() -> None:
    with serving(lambda h, _: send(h, completion(GOOD))) as served:
        coding = code_and_place(REPORT, PACK, LlmCoder(Endpoint(served.url, "m")))
    assert coding.coder.startswith("llm m ")
    assert coding.drafts[0].location is not None and coding.drafts[0].location.status == "resolved"
    assert coding.drafts[0].type.confidence is None  # what the rules' values are worth tells nothing of a model's


def test_no_answer_falls_back_to_the_rules_and_says_so() -> None:
    coder = LlmCoder(Endpoint("http://127.0.0.1:1/v1", "m", attempts=1))
    coding = code_or_say(REPORT, PACK, coder)
    assert any(note.startswith(FELL_BACK) for note in coding.notes)
    assert coding.drafts and coding.drafts[0].type.by == "rules"
    assert coding.drafts[0].type.confidence is not None


def test_the_command(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps(LINE) + "\n" + json.dumps(LINE | {"id": "r2"}) + "\n", "utf-8")
    with serving(lambda h, _: send(h, completion(GOOD)), lambda h, _: send(h, b"", 403)) as served:
        command = ["code", str(source), "-o", str(target), "--mode", "llm", "--llm-url", served.url, "--llm-model", "m"]
        result = CliRunner().invoke(app, command)
    first, second = (json.loads(line) for line in target.read_text("utf-8").splitlines())
    assert first["incidents"][0]["initiator"] == ["isis"] and second["incidents"]
    assert result.exit_code == 1 and "r2" in result.output and "403" in result.output


@pytest.mark.parametrize(
    "options",
    [["--mode", "llm"], ["--mode", "llm", "--llm-url", "http://localhost/v1"], ["--llm-url", "http://localhost/v1"]],
)
def test_nothing_is_sent_unless_an_address_and_a_model_are_named(options: list[str], tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps(LINE) + "\n", "utf-8")
    result = CliRunner().invoke(app, ["code", str(source), "-o", str(tmp_path / "out.jsonl"), *options])
    assert result.exit_code != 0 and not (tmp_path / "out.jsonl").exists()


def test_a_real_model_answers() -> None:
    """Against a server of the reader's own: set SEAMWATCH_TEST_LLM_URL and SEAMWATCH_TEST_LLM_MODEL."""
    url, model = os.environ.get("SEAMWATCH_TEST_LLM_URL"), os.environ.get("SEAMWATCH_TEST_LLM_MODEL")
    if not url or not model:
        pytest.skip("no model server: SEAMWATCH_TEST_LLM_URL and SEAMWATCH_TEST_LLM_MODEL are not set")
    coding = code_and_place(REPORT, PACK, LlmCoder(Endpoint(url, model, timeout_seconds=300, attempts=1)))
    for draft in coding.drafts:
        assert all(REPORT.words(s) == s.quote for _, claim in draft.claims() for s in claim.spans)
    print(coding.notes)
