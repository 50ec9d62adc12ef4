"""When the file cannot be used: one clear line, and nothing that was acknowledged is lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from ledger_story import report

from seamwatch.errors import LedgerError, NodeFull, NodeLocked, SeamwatchError
from seamwatch.ledger import NewEntry, Node, report_entry, verify

HOLD = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_writer(path: Path) -> Iterator[None]:
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        yield
        child.communicate("")


def one_line(error: SeamwatchError) -> bool:
    return "\n" not in str(error) and len(str(error)) < 400


def test_a_second_writer_is_told_and_readers_go_on(tmp_path: Path) -> None:
    path = tmp_path / "n.sqlite"
    with Node.open(path, wait_s=0.1) as node:
        node.append([report_entry(report(0))])
        with another_writer(path):
            with pytest.raises(NodeLocked, match="another process is writing") as told:
                node.append([report_entry(report(1))])
            assert one_line(told.value) and str(path) in str(told.value)
            assert node.report_ids() == (report(0).id,)
            with Node.open(path, readonly=True) as reader:
                assert reader.head().n == 1
        assert node.append([report_entry(report(1))])[0].n == 2


def test_a_full_disk_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path, acknowledged = tmp_path / "n.sqlite", 0
    with Node.open(path) as node:
        pages = node._db.execute("PRAGMA page_count").fetchone()[0]
        node._db.execute(f"PRAGMA max_page_count = {pages + 20}")
        with pytest.raises(NodeFull, match="no space is left") as told:
            for i in range(1000):
                acknowledged = node.append([NewEntry("note", f"{i}", {"text": "x" * 1000})])[-1].n
        assert one_line(told.value) and acknowledged > 10
        assert node.head().n == acknowledged
        assert node.log(last=1)[0].subject == f"{acknowledged - 1}"
        node._db.execute(f"PRAGMA max_page_count = {pages + 2000}")
        assert node.append([NewEntry("note", "more", {})])[0].n == acknowledged + 1
    assert verify(path).faults == ()


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's limit on the size of a file")
def test_a_disk_that_refuses_to_write_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "n.sqlite"
    child = """
import resource, sys
from seamwatch.errors import LedgerError
from seamwatch.ledger import NewEntry, Node
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    with Node.open(sys.argv[1]) as node:
        for i in range(10_000):
            print(node.append([NewEntry("note", str(i), {"text": "x" * 1000})])[0].n, flush=True)
except LedgerError as error:
    print(error, file=sys.stderr)
    sys.exit(7)
"""
    ran = subprocess.run([sys.executable, "-c", child, str(path)], capture_output=True, text=True, check=False)
    assert ran.returncode == 7, ran.stderr
    assert ran.stderr.count("\n") == 1 and "acknowledged is safe" in ran.stderr
    acknowledged = int(ran.stdout.split()[-1])
    found = verify(path)
    assert found.faults == () and found.entries >= acknowledged > 10


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX users")
@pytest.mark.parametrize("folder_mode", [0o755, 0o777])
def test_a_read_only_node_can_be_read_and_refuses_to_be_written(folder_mode: int) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        path = folder / "n.sqlite"
        with Node.open(path) as node:
            node.append([report_entry(report(0))])
        path.chmod(0o444)
        folder.chmod(folder_mode if os.geteuid() == 0 else 0o555)
        read, write = as_nobody(path)
        assert read == "1 entries, 0 faults"
        assert write.startswith(("NodeFull", "LedgerError")) and str(path) in write, write
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)


def as_nobody(path: Path) -> tuple[str, str]:
    """What a user without rights gets: the head that was read, the error on writing. (Root may write anything.)"""
    end, start = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(end)
        said = ["", ""]
        try:
            if os.geteuid() == 0:
                os.setuid(65534)
            with Node.open(path, readonly=True) as node:
                said[0] = f"{node.head().n} entries, {len(verify(path).faults)} faults"
            with Node.open(path) as node:
                node.append([report_entry(report(1))])
        except Exception as error:
            said[1] = f"{type(error).__name__}: {error}"
        finally:
            os.write(start, "\0".join(said).encode())
            os._exit(0)
    os.close(start)
    with os.fdopen(end) as pipe:
        read, write = pipe.read().split("\0")
    os.waitpid(child, 0)
    return read, write


def test_a_node_opened_for_reading_is_not_written(tmp_path: Path) -> None:
    Node.open(tmp_path / "n.sqlite").close()
    with Node.open(tmp_path / "n.sqlite", readonly=True) as node:
        for write in (lambda: node.append([NewEntry("note", "x", {})]), lambda: node.put_incidents([]), node.rebuild):
            with pytest.raises(NodeFull, match="for reading"):
                write()


def test_what_is_no_node_is_refused_and_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "report.txt"
    text.write_text("A report, not a node. " * 20)
    other = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(other)) as db:
        db.execute("CREATE TABLE t (a)")
    cases = (
        (text, "not a database"),
        (other, "not a node"),
        (tmp_path, "is a folder"),
        (tmp_path / "no" / "n", "No such"),
    )
    for path, words in cases:
        before = path.read_bytes() if path.is_file() else b""
        with pytest.raises(LedgerError, match=words) as told:
            Node.open(path)
        assert one_line(told.value) and str(path) in str(told.value)
        assert not path.is_file() or path.read_bytes() == before


def test_a_missing_node_is_not_made_when_only_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "n.sqlite"
    for options in ({"create": False}, {"readonly": True}):
        with pytest.raises(LedgerError, match="no such node"):
            Node.open(path, **options)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
    path.touch()
    with pytest.raises(LedgerError, match="empty"):
        Node.open(path, create=False)
    with Node.open(path) as node:
        assert node.head().n == 0, "a file that a crash left empty is begun again"


def test_a_node_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "n.sqlite"
    Node.open(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    for options in ({}, {"readonly": True}):
        with pytest.raises(LedgerError, match=r"version 99.*upgrade Seamwatch"):
            Node.open(path, **options)  # type: ignore[arg-type]


def test_a_damaged_node_is_named(tmp_path: Path) -> None:
    path = tmp_path / "n.sqlite"
    with Node.open(path) as node:
        node.append([report_entry(report(i)) for i in range(50)])
    data = bytearray(path.read_bytes())
    data[4096:] = b"\x5a" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(LedgerError, match=r"damaged.*seamwatch verify"), Node.open(path) as node:
        node.reports()


def test_a_closed_node_says_so(tmp_path: Path) -> None:
    node = Node.open(tmp_path / "n.sqlite")
    node.close()
    node.close()
    with pytest.raises(LedgerError, match="closed"):
        node.head()
