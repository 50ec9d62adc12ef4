"""A folder as users have it, hostile bytes under every name, and addresses."""

import os
import threading
import tracemalloc
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import chain

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seamwatch.errors import ReadError
from seamwatch.model import Report
from seamwatch.read import KINDS, Given, Tally, list_folder, read_bytes, read_file, read_folder, read_listing, read_url

ENDINGS = [*chain.from_iterable(KINDS.values()), "", ".zip", ".docx", ".exe"]


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "تقارير of the week"
    (root / "b sub").mkdir(parents=True)
    (root / "a.txt").write_text("Two were hurt near the mill.")
    (root / "copy of a.txt").write_text("Two were hurt near the mill.")
    (root / "b sub" / "مخمور \n note.md").write_text("# Note\n\nOne post was left.")
    (root / ("x" * 240 + ".txt")).write_text("Long name.")
    (root / "broken.pdf").write_bytes(b"%PDF-1.4 rubbish")
    (root / "empty.csv").touch()
    for name in (".hidden.txt", "~$a.txt", "b.txt.part", "c.txt~", "Thumbs.db"):
        (root / name).write_text("not for reading")
    (root / "loop").symlink_to(".")
    (root / "gone.txt").symlink_to("nowhere")
    os.mkfifo(root / "pipe.txt")
    return root


def test_a_folder_with_everything(folder):
    listing = list_folder(folder)
    tally = Tally(listing)
    outcomes = list(tally.through(read_listing(listing)))
    reports = [o for o in outcomes if isinstance(o, Report)]
    assert [r.origin for r in reports] == ["a.txt", "copy of a.txt", "x" * 240 + ".txt", "b sub/مخمور \n note.md"]
    summary = tally.summary()
    assert (summary.files, summary.reports, summary.repeated, summary.exit_code) == (8, 4, 1, 1)
    assert sorted(e.where for e in summary.errors) == ["broken.pdf", "empty.csv", "gone.txt", "pipe.txt"]
    assert sorted(summary.skipped) == [".hidden.txt", "Thumbs.db", "b.txt.part", "c.txt~", "loop", "~$a.txt"]
    assert all("\n" not in str(e) and e.rule and e.remedy for e in summary.errors)


def test_reading_twice_gives_the_same(folder):
    assert [str(getattr(o, "id", o)) for o in read_folder(folder)] == [
        str(getattr(o, "id", o)) for o in read_folder(folder)
    ]


def test_what_is_not_there():
    (error,) = read_folder("no/such/folder")
    assert isinstance(error, ReadError) and "not found" in str(error)


def test_a_name_in_no_encoding(tmp_path):
    path = os.fsencode(tmp_path) + b"/bad\xffname.txt"
    with open(path, "wb") as handle:  # noqa: PTH123 - a name of raw bytes
        handle.write(b"Words.")
    (report,) = read_folder(tmp_path)
    assert report.origin == "bad\ufffdname.txt"


@pytest.mark.parametrize("ending", [".txt", ".jsonl", ".csv", ".json", ".html", ".pdf", ".eml", ".xml"])
def test_200_mb_are_refused_without_being_held(tmp_path, ending):
    path = tmp_path / f"big{ending}"
    with path.open("wb") as handle:
        handle.truncate(200_000_000)
    tracemalloc.start()
    outcomes = list(read_file(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(outcomes) == 1 and isinstance(outcomes[0], ReadError) and peak < 60_000_000


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([e for e in ENDINGS if e != ".pdf"]),
    st.sampled_from(
        [b"", b"{", b"<html><body>", b"<rss version='2.0'>", b"id,text\n", b"Subject: x\n\n", b"---\na: b\n"]
    ),
    st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace"))),
)
def test_any_bytes_under_any_name_give_reports_or_errors(ending, head, data):
    outcomes = list(read_bytes(head + data, Given("f" + ending, "f" + ending)))
    assert outcomes or ending in (*KINDS["table"], *KINDS["jsonl"])  # a header alone holds no row
    for outcome in outcomes:
        assert isinstance(outcome, Report | ReadError)
        if isinstance(outcome, ReadError):
            assert outcome.where.startswith("f" + ending) and outcome.rule and "\n" not in str(outcome)
        else:
            outcome.text.encode()


@settings(max_examples=5, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_in_a_pdf(data):
    outcomes = list(read_bytes(b"%PDF-1.5\n" + data, Given("f.pdf", "f.pdf")))
    assert outcomes and all(isinstance(o, Report | ReadError) for o in outcomes)


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self):
        answers = {
            "/feed": (
                "application/rss+xml",
                b"<rss version='2.0'><channel><item><title>A raid</title></item></channel></rss>",
            ),
            "/page": (
                "text/html",
                b"<html><head><title>T</title></head><body><p>Two were hurt near the mill at night.</p>",
            ),
            "/big": ("text/html", b"x" * 21_000_000),
            "/note": ("text/plain", b"Two were hurt."),
        }
        if self.path in answers:
            kind, body = answers[self.path]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body)
        else:
            self.send_response(302 if self.path == "/away" else 404)
            self.send_header("Location", "file:///etc/hostname")
            self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def site():
    server = HTTPServer(("127.0.0.1", 0), _Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("path", "title", "text"), [("feed", "A raid", ""), ("page", "T", "Two"), ("note", "", "Two")])
def test_addresses(site, path, title, text):
    (report,) = read_url(f"http://{site}/{path}")
    assert report.title == title and report.text.startswith(text) and report.origin.startswith(f"http://{site}/{path}")


@pytest.mark.parametrize("path", ["big", "away", "missing"])
def test_addresses_that_cannot_be_read(site, path):
    (error,) = read_url(f"http://{site}/{path}")
    assert isinstance(error, ReadError) and error.remedy


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://x.example/a", "nothing", "http://", "http://[bad"])
def test_only_web_addresses(url):
    (error,) = read_url(url)
    assert isinstance(error, ReadError)


def test_a_login_in_an_address_is_not_kept():
    (error,) = read_url("ftp://someone:secret@x.example/a")
    assert "secret" not in str(error)
