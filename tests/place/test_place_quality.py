"""Floors of the places benchmark, over the development reports where they are at hand."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from seamwatch.packs import load_pack
from seamwatch.place import Gazetteer, load_words
from seamwatch.place.imports.run import import_file

ROOT = Path(__file__).parents[2]
WOF = ROOT / "../shared/data/places/wof_iraq_places.csv.gz"
REPORTS = sorted((ROOT / "../shared/reports").glob("*_reports.jsonl"))


def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("places_benchmark", ROOT / "benchmarks/places/run.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.shared
@pytest.mark.skipif(not REPORTS, reason="needs ../shared/reports")
def test_places_of_the_development_reports(whole: Gazetteer) -> None:
    run = benchmark()
    cases = [c for file in REPORTS for c in run.placed(file, whole) if c.gold["lat"] is not None]
    for some in (cases, [c for c in cases if c.held_out]):
        off = [run.error_km(c.gold, c.place) for c in some]
        assert sum(km <= 10 for km in off) / len(off) >= 0.62
        assert sum(km <= 25 for km in off) / len(off) >= 0.75


@pytest.mark.shared
@pytest.mark.skipif(not (REPORTS and WOF.is_file()), reason="needs ../shared/reports and ../shared/data")
def test_the_same_with_whos_on_first_imported(tmp_path: Path) -> None:
    pack = load_pack()
    import_file(WOF, tmp_path / "own.sqlite", load_words(pack), country="IQ")
    gazetteer, run = Gazetteer.open(pack, imported=tmp_path / "own.sqlite"), benchmark()
    cases = [c for file in REPORTS for c in run.placed(file, gazetteer) if c.gold["lat"] is not None]
    off = [run.error_km(c.gold, c.place) for c in cases]
    assert sum(km <= 10 for km in off) / len(off) >= 0.80
    assert sum(km <= 25 for km in off) / len(off) >= 0.90


def test_the_benchmark_says_what_it_lacks(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    run = benchmark()
    monkeypatch.setattr(run, "SHARED", Path("/nowhere"))
    assert run.main([]) == 0
    assert capsys.readouterr().out.startswith("skipped: no")
