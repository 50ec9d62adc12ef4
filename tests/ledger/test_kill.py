"""Kill -9 in the middle of an import: every acknowledged entry is there, the chain is whole, a rerun continues."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from seamwatch.ledger import Node, verify

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs kill -9")

REPORTS = 600
IMPORT = f"""
import sys, time
from seamwatch.ledger import Node, coding_entry, report_entry
from seamwatch.model import Coding, make_report

EARLY = sys.argv[2] == "early"
reports = [make_report(f"Blast {{i}}", "Three soldiers were wounded. " * 20) for i in range({REPORTS})]
with Node.open(sys.argv[1]) as node:
    known = node.known(r.id for r in reports)
    print("known", len(known), flush=True)
    todo = [r for r in reports if r.id not in known]
    for start in range(0, len(todo), 3):
        new = [e for r in todo[start : start + 3] for e in (report_entry(r), coding_entry(Coding(r.id, "rules 1")))]
        if EARLY:  # the mistake that the test must be able to see
            print("ack", node.head().n + len(new), "-", flush=True)
            time.sleep(0.2)
        for entry in node.append(new):
            print("ack", entry.n, entry.hash, flush=True)
print("done", flush=True)
"""


def start(path: Path, how: str = "") -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", IMPORT, str(path), how]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def kill_after(child: "subprocess.Popen[str]", lines: int, wait_s: float) -> list[list[str]]:
    """Read so many lines, wait, kill -9, and give every whole line that came."""
    assert child.stdout is not None
    said = [child.stdout.readline() for _ in range(lines)]
    time.sleep(wait_s)
    child.send_signal(signal.SIGKILL)
    said += child.stdout.readlines()
    child.wait()
    child.stdout.close()
    return [line.split() for line in said if line.endswith("\n")]


def acknowledged(said: list[list[str]]) -> dict[int, str]:
    return {int(words[1]): words[2] for words in said if words[0] == "ack"}


def test_no_acknowledged_entry_is_lost_and_a_rerun_continues(tmp_path: Path) -> None:
    path, rng = tmp_path / "n.sqlite", random.Random(20220507)
    everything: dict[int, str] = {}
    in_the_middle = 0
    for _ in range(5):
        said = kill_after(start(path), 1 + rng.randrange(1, 150), rng.random() * 0.01)
        everything |= acknowledged(said)
        in_the_middle += ["done"] not in said
        found = verify(path)
        assert found.faults == ()
        assert found.entries >= max(everything)
        with Node.open(path, create=False) as node:
            there = {e.n: e.hash for e in node.log()}
            assert everything.items() <= there.items()
            assert len(node.codings()) == len(node.report_ids()) == len(there) // 2
    assert in_the_middle > 0, "no kill came before the import had ended"
    last, _ = start(path).communicate()
    assert last.splitlines()[-1] == "done"
    assert int(last.split()[1]) >= len(everything) // 2, "what was known was not imported again"
    found = verify(path)
    assert (found.entries, found.faults) == (2 * REPORTS, ())


def test_the_test_sees_an_acknowledgement_that_comes_too_early(tmp_path: Path) -> None:
    said = kill_after(start(tmp_path / "n.sqlite", "early"), 2, 0.0)
    assert max(acknowledged(said)) > verify(tmp_path / "n.sqlite").entries
