"""What an area knows: codes, lexicons, place names. Nothing about an area is in code.

A pack is a folder with ``pack.toml`` (name, title, ``extends``), ``codes.toml``, lexicons and ``places.csv``. Packs
stack: ``iraq`` extends ``base`` (the codebook's types, groups, means and the plain language of violence).
"""

from seamwatch.packs.codes import Actor, Codes, IncidentType
from seamwatch.packs.loader import DEFAULT_PACK, Pack, load_pack
from seamwatch.packs.places import PackPlace, load_places

__all__ = ["DEFAULT_PACK", "Actor", "Codes", "IncidentType", "Pack", "PackPlace", "load_pack", "load_places"]
