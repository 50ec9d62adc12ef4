"""Drafts -> incidents: which reports tell of one incident, every claim kept, one preferred view computed.

`items_of` (or `items_from_lines`, for `seamwatch code`'s output) makes `Item`s; `cluster` says which belong together;
`merge` makes `Incident`s of them. How a pair is judged is in ``pairs.py`` and its two data files, what is preferred in
``prefer.py``.
"""

from seamwatch.merge.clusters import cluster
from seamwatch.merge.copies import near_copies
from seamwatch.merge.decisions import Decision, decided_items
from seamwatch.merge.doubts import Doubt, doubts
from seamwatch.merge.incidents import incident_id, incident_of, merge
from seamwatch.merge.incremental import Changed, Merger, Shelf, rejoin
from seamwatch.merge.items import Item, items_of
from seamwatch.merge.lines import items_from_lines
from seamwatch.merge.ratings import CREDIBILITY, GRADES, NOT_RATED, RELIABILITY, suggested_credibility
from seamwatch.merge.rebind import rebound
from seamwatch.merge.recode import check_recode, recoded, value_text
from seamwatch.merge.review import Look, Side, queue

__all__ = [
    "CREDIBILITY",
    "GRADES",
    "NOT_RATED",
    "RELIABILITY",
    "Changed",
    "Decision",
    "Doubt",
    "Item",
    "Look",
    "Merger",
    "Shelf",
    "Side",
    "check_recode",
    "cluster",
    "decided_items",
    "doubts",
    "incident_id",
    "incident_of",
    "items_from_lines",
    "items_of",
    "merge",
    "near_copies",
    "queue",
    "rebound",
    "recoded",
    "rejoin",
    "suggested_credibility",
    "value_text",
]
