"""The node's memory: append-only, hash-chained entries in one SQLite file, and views rebuilt from them."""

from seamwatch.ledger.decided import Decided, decide, decided, in_force
from seamwatch.ledger.entry import Entry, Head, NewEntry
from seamwatch.ledger.kinds import (
    BriefMade,
    ImportMade,
    Rating,
    Ruling,
    brief_entry,
    coding_entry,
    import_entry,
    rating_entry,
    report_entry,
    ruling_entry,
    value_of,
)
from seamwatch.ledger.looks import remember_look
from seamwatch.ledger.merged import bring_up_to_date
from seamwatch.ledger.node import Node
from seamwatch.ledger.verify import Fault, Verification, verify

__all__ = [
    "BriefMade",
    "Decided",
    "Entry",
    "Fault",
    "Head",
    "ImportMade",
    "NewEntry",
    "Node",
    "Rating",
    "Ruling",
    "Verification",
    "brief_entry",
    "bring_up_to_date",
    "coding_entry",
    "decide",
    "decided",
    "import_entry",
    "in_force",
    "rating_entry",
    "remember_look",
    "report_entry",
    "ruling_entry",
    "value_of",
    "verify",
]
