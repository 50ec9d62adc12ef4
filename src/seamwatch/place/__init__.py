"""Names to places: the pack's list and the world's settlements, context, precision, and what is not known."""

from seamwatch.place.area_sets import AreaSet, load_area_sets, nearest_district
from seamwatch.place.areas import Area, Areas, Disagreement, area_km2, imported_areas, read_areas
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
    "Area",
    "AreaSet",
    "Areas",
    "Candidate",
    "Context",
    "Disagreement",
    "Entry",
    "Gazetteer",
    "Senses",
    "Toponym",
    "WorldIndex",
    "WorldPlace",
    "area_km2",
    "cache_folder",
    "context_of",
    "ensure_index",
    "fold",
    "imported_areas",
    "key",
    "load_area_sets",
    "load_words",
    "name_keys",
    "nearest_district",
    "parse_mention",
    "place_coding",
    "read_areas",
    "resolve",
    "senses_of",
    "skeleton",
    "toponym_json",
    "toponyms",
    "unknown_names",
    "user_gazetteer",
]
