"""What a look at a source gave, as an entry: so that a brief can say what was not read."""

from __future__ import annotations

from pathlib import Path

from seamwatch.ledger.kinds import ImportMade, import_entry, value_of
from seamwatch.ledger.node import Node
from seamwatch.read import ReadSummary


def remember_look(node: Node, source: str, reading: ReadSummary, new: int) -> None:
    """Enter what a look gave, unless the last look at this source gave the same and nothing new."""
    errors = tuple(f"{Path(error.where).name}: {error.what}" for error in reading.errors)
    made = ImportMade(Path(source).name, reading.reports, reading.reports - new, errors)
    looks = [value for entry in node.log(kind="import") if isinstance(value := value_of(entry), ImportMade)]
    last = next((look for look in reversed(looks) if look.source == made.source), None)
    if new or errors != (last.errors if last else ()):
        node.append([import_entry(made)])
