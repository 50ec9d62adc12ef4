"""The endpoint against a real server that misbehaves in each way that such servers do."""

from __future__ import annotations

import json

import pytest
from llm_server import completion, send, serving, trickle

from seamwatch.code.llm.endpoint import KEY_VARIABLE, MAX_BYTES, Endpoint, ask
from seamwatch.errors import ConfigError, ModelServerError

MESSAGES = [{"role": "user", "content": "?"}]
ANSWER = {"incidents": [], "statements": []}


def asked(url: str, **settings: float) -> object:
    endpoint = Endpoint(url, "m", **({"timeout_seconds": 5.0, "pause_seconds": 0.0} | settings))
    return ask(endpoint, MESSAGES, {"type": "object"}, pause=lambda _: None)


def test_an_answer() -> None:
    with serving(lambda h, _: send(h, completion(ANSWER))) as served:
        assert asked(served.url) == ANSWER
    body = served.asked[0]
    assert body["messages"] == MESSAGES and body["temperature"] == 0 and body["model"] == "m"
    assert body["response_format"]["json_schema"]["schema"] == {"type": "object"}


@pytest.mark.parametrize("wrapped", ["```json\n%s\n```", "Here it is: %s Hope this helps!"])
def test_json_in_wrapping(wrapped: str) -> None:
    with serving(lambda h, _: send(h, completion(wrapped % json.dumps(ANSWER)))) as served:
        assert asked(served.url) == ANSWER


def test_the_key_comes_from_the_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda h, _: send(h, completion(ANSWER))) as served:
        monkeypatch.delenv(KEY_VARIABLE, raising=False)
        asked(served.url)
        monkeypatch.setenv(KEY_VARIABLE, "s3cret")
        asked(served.url)
    assert served.keys == [None, "Bearer s3cret"]


def test_it_tries_again_after_a_fault_of_the_server() -> None:
    with serving(
        lambda h, _: send(h, b"busy", 503, Retry_After="0"),
        lambda h, _: send(h, completion("no JSON here")),
        lambda h, _: send(h, completion(ANSWER)),
    ) as served:
        assert asked(served.url) == ANSWER
    assert len(served.asked) == 3


def test_it_waits_as_long_as_the_server_asks_but_within_bounds() -> None:
    waited: list[float] = []
    with serving(
        lambda h, _: send(h, b"", 429, Retry_After="7"),
        lambda h, _: send(h, b"", 429, Retry_After="86400"),
        lambda h, _: send(h, completion(ANSWER)),
    ) as served:
        ask(Endpoint(served.url, "m"), MESSAGES, {}, pause=waited.append)
    assert waited == [7.0, 30.0]


@pytest.mark.parametrize("status", [400, 422, 500])
def test_a_server_is_asked_in_a_form_that_it_knows(status: int) -> None:
    refuse = lambda h, _: send(h, b"{}", status)  # noqa: E731
    with serving(refuse, refuse, lambda h, _: send(h, completion(ANSWER))) as served:
        assert asked(served.url, attempts=1) == ANSWER
    types = [body.get("response_format", {}).get("type") for body in served.asked]
    assert types == ["json_schema", "json_object", None] and served.asked[1]["response_format"]["schema"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (completion("I cannot help with that."), "no JSON"),
        (completion(""), "empty"),
        (completion(None), "empty"),
        (completion('{"incidents": [', finish_reason="length"), "cut off"),
        (completion("{" * 100_000 + "}"), "no JSON"),
        (json.dumps({"choices": [{"message": {"content": None, "refusal": "no"}}]}).encode(), "refused"),
        (b"<html>gateway</html>", "no completion"),
        (b'{"choices": []}', "no completion"),
        (b'{"choices": [{"message": "text"}]}', "no completion"),
        (b"[" * 100_000, "no completion"),
        (b" " * (MAX_BYTES + 1), "no connection"),
    ],
)
def test_what_is_no_answer_is_told(body: bytes, why: str) -> None:
    with serving(lambda h, _: send(h, body)) as served, pytest.raises(ModelServerError, match=why):
        asked(served.url)
    assert len(served.asked) == 3


@pytest.mark.parametrize("status", [401, 403, 404])
def test_what_will_not_get_better_is_asked_once(status: int) -> None:
    with serving(lambda h, _: send(h, b"", status)) as served, pytest.raises(ModelServerError, match=str(status)):
        asked(served.url)
    assert len(served.asked) == 1


def test_a_redirect_is_not_followed() -> None:
    away = "http://127.0.0.1:9/v1"
    with serving(lambda h, _: send(h, b"", 307, Location=away)) as served, pytest.raises(ModelServerError, match="307"):
        asked(served.url)


def test_a_body_that_trickles_ends() -> None:
    with serving(lambda h, _: trickle(h, 5)) as served, pytest.raises(ModelServerError, match="within"):
        asked(served.url, timeout_seconds=0.3, attempts=1)


def test_nobody_there() -> None:
    with pytest.raises(ModelServerError, match="no connection"):
        asked("http://127.0.0.1:1/v1")


@pytest.mark.parametrize("url", ["", "localhost:8000", "ftp://x/v1", "http://", "http://user:s3cret@host/v1"])
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(ConfigError) as told:
        Endpoint(url, "m")
    assert "s3cret" not in str(told.value)


def test_no_model() -> None:
    with pytest.raises(ConfigError):
        Endpoint("http://localhost/v1", " ")
