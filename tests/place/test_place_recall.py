"""How many spellings of a name find it in an imported list, and how rarely a name finds another."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from seamwatch.packs import Pack
from seamwatch.place import Gazetteer, load_words
from seamwatch.place.imports.run import import_file

TABLE = Path(__file__).with_name("spellings.tsv")
BY_FORM, BY_ANY, STRAYING = 0.85, 0.97, 0.02


def spellings() -> list[tuple[str, tuple[str, ...]]]:
    lines = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [(listed, tuple(asked.split("|"))) for listed, asked in lines]


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory, realm_pack: Pack, tiny_index: Path) -> Gazetteer:
    """All names of the table's first column, each a place 20 km or more from the others."""
    folder = tmp_path_factory.mktemp("recall")
    with (folder / "list.csv").open("w", encoding="utf-8", newline="") as out:
        rows = [(name, -20 + n // 10 * 0.3, 60 + n % 10 * 0.3) for n, (name, _) in enumerate(spellings(), 1)]
        csv.writer(out).writerows([("name", "lat", "lon"), *rows])
    import_file(folder / "list.csv", folder / "g.sqlite", load_words(realm_pack), country="XX")
    return Gazetteer.open(realm_pack, index=tiny_index, imported=folder / "g.sqlite")


def asked(gazetteer: Gazetteer) -> list[tuple[str, str, dict[str, str]]]:
    """Each pair (listed, asked), and what the asked one found: listed name to how it met."""
    pairs = [(name, spelled) for name, several in spellings() for spelled in several]
    return [(a, b, {c.entry.name: c.match for c in gazetteer.candidates(b)}) for a, b in pairs]


def test_spellings_find_their_name(listed: Gazetteer) -> None:
    found = asked(listed)
    assert len(found) >= 200
    by_form = sum(hits.get(name) in ("exact", "key") for name, _, hits in found) / len(found)
    by_any = sum(name in hits for name, _, hits in found) / len(found)
    lost = [f"{name} by {spelled}" for name, spelled, hits in found if name not in hits]
    assert by_form >= BY_FORM, f"{by_form:.3f}"
    assert by_any >= BY_ANY, f"{by_any:.3f}: {lost}"


def test_names_rarely_find_another(listed: Gazetteer) -> None:
    rows = spellings()
    of_place = {name: n for n, (name, _) in enumerate(rows)}
    straying = [
        (spelled, other)
        for name, spelled, hits in asked(listed)
        for other in hits
        if abs(of_place[other] - of_place[name]) > 1  # the line before or after is the same place in another script
    ]
    total = sum(len(several) for _, several in rows)
    assert len(straying) <= STRAYING * total, straying
