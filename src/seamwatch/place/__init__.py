"""Names to places: the pack's list and the world's settlements, context, precision, and what is not known."""

from seamwatch.place.coding import place_coding, unknown_names
from seamwatch.place.context import Context, context_of
from seamwatch.place.gazetteer import Candidate, Entry, Gazetteer
from seamwatch.place.mention import parse_mention
from seamwatch.place.names import fold, key, name_keys, skeleton
from seamwatch.place.resolve import resolve
from seamwatch.place.senses import Senses, senses_of
from seamwatch.place.store import user_gazetteer
from seamwatch.place.toponyms import Toponym, toponym_json, toponyms
from seamwatch.place.words import load_words
from seamwatch.place.world import WorldIndex, WorldPlace, cache_folder, ensure_index

__all__ = [
    "Candidate",
    "Context",
    "Entry",
    "Gazetteer",
    "Senses",
    "Toponym",
    "WorldIndex",
    "WorldPlace",
    "cache_folder",
    "context_of",
    "ensure_index",
    "fold",
    "key",
    "load_words",
    "name_keys",
    "parse_mention",
    "place_coding",
    "resolve",
    "senses_of",
    "skeleton",
    "toponym_json",
    "toponyms",
    "unknown_names",
    "user_gazetteer",
]
