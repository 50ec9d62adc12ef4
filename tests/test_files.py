"""Files that are written whole or not at all."""

from pathlib import Path

import pytest

from seamwatch.errors import ConfigError
from seamwatch.files import not_the_same, whole_file


def test_what_fails_leaves_the_older_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    with pytest.raises(OSError, match=r"out\.jsonl"), whole_file(target) as handle:
        handle.write(b"half")
        raise OSError(28, "No space left on device")
    assert target.read_text() == "old" and list(tmp_path.iterdir()) == [target]
    with whole_file(target) as handle:
        handle.write(b"new")
    assert target.read_text() == "new" and list(tmp_path.iterdir()) == [target]


def test_an_error_names_the_file_that_was_asked_for(tmp_path: Path) -> None:
    with pytest.raises(OSError) as caught, whole_file(tmp_path / "no folder" / "x"):
        raise AssertionError("not reached")
    assert caught.value.filename == str(tmp_path / "no folder" / "x")


def test_a_link_stays_a_link_and_a_device_a_device(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    with whole_file(link) as handle:
        handle.write(b"x")
    assert link.is_symlink() and (tmp_path / "real").read_bytes() == b"x"
    with whole_file(Path("/dev/null")) as handle:
        handle.write(b"x")
    assert not Path("/dev/null").is_file()


def test_the_input_is_never_the_output(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(ConfigError, match="would be overwritten"):
        not_the_same(tmp_path / "a", tmp_path / "b")
    not_the_same(tmp_path / "a", tmp_path / "c")
