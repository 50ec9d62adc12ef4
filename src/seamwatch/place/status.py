"""What is loaded to look places up in, and what is missing, in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from seamwatch.place.gazetteer import Gazetteer
from seamwatch.place.store import READY

IMPORT = "seamwatch gazetteer import FILE"


def gazetteer_status(gazetteer: Gazetteer, file: Path) -> dict[str, Any]:
    """Counts, licences and files of the pack's list, the world's index and each imported list; what is missing.

    ``file`` is where the user's gazetteer is, or would be.
    """
    held = gazetteer.imported
    sources = held.sources if held else ()
    return gazetteer.status() | {
        "imported file": str(file),
        "imported": [
            {
                "id": s.slug,
                "name": s.name,
                "kind": s.kind,
                "file": s.file,
                "state": s.state,
                "places": s.rows,
                "names": s.names,
                "areas": s.areas,
                "bad rows": s.bad,
                "licence": s.licence,
                "from": s.url,
                "imported at": s.imported_at,
                "sha256": s.sha256,
            }
            for s in sources
        ],
        "missing": list(_missing(gazetteer)),
    }


def status_lines(status: dict[str, Any]) -> Iterator[str]:
    """The same for people, a line each."""
    for name, value in status.items():
        if not isinstance(value, list):
            yield f"{name:<24} {value}"
    for source in status["imported"]:
        state = "" if source["state"] == READY else f" ({source['state']} was cut off: import it again, it goes on)"
        yield f"{source['id']:<24} {source['name']}{state}"
        yield f"{'':<24} {source['places']} places, {source['names']} names, {source['areas']} areas"
        yield f"{'':<24} {source['licence']}; {source['from']}; imported {source['imported at'][:10]}"
    for line in status["missing"]:
        yield f"{'missing':<24} {line}"


def _missing(gazetteer: Gazetteer) -> Iterator[str]:
    ready = [s for s in (gazetteer.imported.sources if gazetteer.imported else ()) if s.state == READY]
    if not any(s.rows for s in ready):
        yield f"no villages beyond the pack's list and the world's towns: {IMPORT} (GeoNames, Who's On First, OCHA)"
    if not any(s.areas for s in ready):
        yield f"no polygons of governorates and districts: {IMPORT} (OCHA COD-AB)"
    for source in gazetteer.imported.sources if gazetteer.imported else ():
        if source.state != READY:
            yield f"{source.slug} is not all in and not used yet: import the same file again, it goes on"
