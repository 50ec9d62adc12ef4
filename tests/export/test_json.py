"""JSON lines in the codebook's fields, and what no export may hold."""

import json
import re
from dataclasses import replace

from export_story import ALL, PLACED

from seamwatch import wire
from seamwatch.export import incidents_csv, incidents_geojson, incidents_json

FORBIDDEN = re.compile(
    r"person|victim|perpetrator|first_?name|last_?name|surname|full_?name|\bname\b|birth|\bage\b|gender|ethnic|relig|"
    r"phone|e?mail|passport|photo|face|address|track|heading|speed|unit_?position|live|officer|user"
)


def test_the_codebooks_fields_and_what_merging_knows() -> None:
    line = json.loads(json.dumps(incidents_json(ALL)[0], allow_nan=False))
    codebook = wire.codebook_incident(PLACED.record)
    assert {key: line[key] for key in codebook} == codebook
    assert (line["id"], line["members"], line["sources"]) == ("i1", ["r1#0", "r2#1"], ["desk", "wire"])
    assert line["claims"][1]["value"] == "5 or more" and line["claims"][1]["spans"][0]["quote"] == "Three"
    assert line["contradictions"][0]["field"] == "toll.forces.killed"


def test_each_claim_has_two_ratings_and_what_is_not_rated_says_so() -> None:
    rated = replace(PLACED.claims[0], source_reliability="B", information_credibility="2")
    line = incidents_json([replace(PLACED, claims=(rated, PLACED.claims[1]))])[0]
    told = [(c["source_reliability"], c["information_credibility"]) for c in line["claims"]]
    assert told == [("B", "2"), ("not rated", "not rated")]
    assert line["contradictions"][0]["claims"][0]["source_reliability"] == "not rated"
    assert line["credibility_suggested"] is None, "two sources that contradict each other"


def keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {k for v in value.values() for k in keys(v)}
    return {k for v in value for k in keys(v)} if isinstance(value, list | tuple) else set()


def test_no_key_can_hold_a_private_person_a_track_or_a_unit_position() -> None:
    found = (
        keys(incidents_json(ALL)) | keys(incidents_geojson(ALL)) | set(incidents_csv(ALL).splitlines()[0].split(","))
    )
    assert len(found) > 60 and "quote" in found
    assert [key for key in found if FORBIDDEN.search(key)] == []
