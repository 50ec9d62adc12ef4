"""Reads packs from their folders and stacks them on what they extend."""

from __future__ import annotations

import functools
import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from seamwatch.errors import PackError
from seamwatch.packs.codes import Codes, parse_codes

HOME = Path(__file__).parent
DEFAULT_PACK = "iraq"
SUFFIXES = (".toml", ".csv", ".npz")  # of the files that make a pack


@dataclass(frozen=True, slots=True)
class Pack:
    """An area's knowledge. ``folders``: the most general pack first; ``fingerprint`` names the content.

    ``titles`` are the area's name by language, where the pack has it (``title_ar`` … in pack.toml).
    """

    name: str
    title: str
    country: str | None
    utc_offset_hours: float
    languages: tuple[str, ...]
    codes: Codes
    folders: tuple[Path, ...]
    fingerprint: str
    titles: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(self.folders)

    def file(self, name: str) -> Path | None:
        """A file of the pack, else of what it extends; None where no folder has it."""
        return next((folder / name for folder in reversed(self.folders) if (folder / name).exists()), None)

    def table(self, file: str) -> dict[str, Any]:
        """A TOML file of the pack laid over the same file of what it extends; lists join, tables merge, values win."""
        merged: dict[str, Any] = {}
        for folder in self.folders:
            if (path := folder / file).exists():
                merged = _overlay(merged, _toml(path))
        return merged


@functools.cache
def load_pack(name: str | Path = DEFAULT_PACK) -> Pack:
    """A pack by name (one that ships with Seamwatch) or by folder. Raises PackError where it cannot be used."""
    folders, metas = _stack(name)
    meta = {k: v for one in metas for k, v in one.items()}
    raw: dict[str, Any] = {}
    for folder in folders:
        if (path := folder / "codes.toml").exists():
            raw = _overlay(raw, _toml(path))
    return Pack(
        name=str(meta.get("name", folders[-1].name)),
        title=str(meta.get("title", folders[-1].name)),
        country=meta.get("country"),
        utc_offset_hours=float(meta.get("utc_offset_hours", 0)),
        languages=tuple(meta.get("languages", ("en",))),
        codes=parse_codes(raw, where=str(folders[-1] / "codes.toml")),
        folders=folders,
        fingerprint=_fingerprint(folders),
        titles=_titles(metas),
    )


def _titles(metas: tuple[Mapping[str, Any], ...]) -> dict[str, str]:
    """The title by language of the uppermost pack that has one of its own: never a title of another area."""
    own: Mapping[str, Any] = next((one for one in reversed(metas) if "title" in one), {})
    found = {key.removeprefix("title_"): str(value) for key, value in own.items() if key.startswith("title_")}
    return found | ({"en": str(own["title"])} if own else {})


def _stack(name: str | Path) -> tuple[tuple[Path, ...], tuple[Mapping[str, Any], ...]]:
    folders: list[Path] = []
    metas: list[Mapping[str, Any]] = []
    following: str | Path | None = name
    while following:
        folder = HOME / following if isinstance(following, str) and (HOME / following).is_dir() else Path(following)
        if not (folder / "pack.toml").exists():
            remedy = f"name a pack ({', '.join(sorted(p.parent.name for p in HOME.glob('*/pack.toml')))}) or its folder"
            raise PackError("no pack.toml", where=str(folder), rule="a pack is a folder with pack.toml", remedy=remedy)
        if folder in folders:
            raise PackError("extends itself", where=str(folder), rule="packs stack without a circle")
        meta = _toml(folder / "pack.toml")
        folders.insert(0, folder)
        metas.insert(0, meta)
        following = meta.get("extends")
    return tuple(folders), tuple(metas)


def _fingerprint(folders: tuple[Path, ...]) -> str:
    """Eight hex digits over the content of all files: changes with any word, code, place or weight of the pack."""
    digest = hashlib.sha256()
    for path in sorted(path for folder in folders for path in folder.iterdir() if path.suffix in SUFFIXES):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:8]


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise PackError(str(error), where=str(path), rule="readable TOML in UTF-8") from error


def _overlay(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    out = dict(below)
    for key, value in above.items():
        old = out.get(key)
        if isinstance(value, dict) and isinstance(old, dict):
            out[key] = _overlay(old, value)
        elif isinstance(value, list) and isinstance(old, list):
            out[key] = old + [v for v in value if v not in old]
        else:
            out[key] = value
    return out
