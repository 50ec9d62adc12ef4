"""The fillers of the five roles, in sentences of our own."""

from itertools import pairwise

import numpy as np
import pytest

from benchmarks.muc4 import model as documents
from benchmarks.muc4.reading import read
from benchmarks.muc4.role_entities import merged
from benchmarks.muc4.role_features import find_acts, tells
from benchmarks.muc4.role_model import load, marginals
from benchmarks.muc4.role_spans import Found, String
from benchmarks.muc4.role_tokens import bare, sentences
from benchmarks.muc4.roles import MIN_SCORE, Candidate, candidates, document_features, role_strings

BOMB = (
    "guerrillas of the farabundo marti national liberation front (fmln) blew up two power pylons in san miguel "
    "department last night with dynamite charges, the army said.    the explosion left part of the city without light."
)
MURDER = (
    "gunmen riding a motorcycle shot and killed judge ramiro ejemplo in medellin today.    ejemplo, who was "
    "investigating drug traffickers, was murdered as he left his house. the medellin cartel is blamed for the murder."
)
QUIET = "the ministers of trade of the andean countries met in quito today and signed an agreement on customs duties."


def role_candidates(text: str) -> list[Candidate]:
    reading = read(text)
    return candidates(text, role_strings(reading, documents.told(reading, documents.load()), load()))


def found(text: str, role: str) -> list[str]:
    kept = [c for c in role_candidates(text) if c.role == role and c.score >= 0.2]
    return [bare(m) for c in kept for m in c.mentions]


@pytest.mark.parametrize("write", [str, str.upper], ids=["small", "capitals"])
@pytest.mark.parametrize(
    ("text", "role", "wanted"),
    [
        (BOMB, "PerpInd", "guerrillas"),
        (BOMB, "PerpOrg", "fmln"),
        (BOMB, "Target", "power pylons"),
        (BOMB, "Weapon", "dynamite"),
        (MURDER, "PerpInd", "gunmen"),
        (MURDER, "PerpOrg", "medellin cartel"),
        (MURDER, "Victim", "ramiro ejemplo"),
    ],
)
def test_a_filler_is_found_in_either_case(write, text, role, wanted):
    names = found(write(text), role)
    assert any(wanted in name or name in wanted for name in names), names


def test_a_report_without_an_incident_has_no_filler():
    assert not any(c.score >= 0.5 for c in role_candidates(QUIET))
    assert role_candidates("") == role_candidates("   ") == []


def test_a_candidate_is_a_part_of_the_given_text():
    text = "BOGOTA, 3 MAY 90 -- [TEXT]    " + MURDER.upper()
    candidates = role_candidates(text)
    assert candidates
    for c in candidates:
        assert text[c.start : c.end] == c.text
        assert c.mentions[0] == " ".join(c.text.split())
        assert MIN_SCORE <= c.score <= 1
        assert c.text in text
    ranked = [(c.role, c.score) for c in candidates]
    assert all(a[1] >= b[1] for a, b in pairwise(ranked) if a[0] == b[0])


def test_label_probabilities_add_up():
    model = load()
    parted = sentences(MURDER)
    tags = marginals(model, document_features(parted, np.full(6, 0.5), model.vocabulary)[0])
    assert tags.shape == (5, len(parted[0]), 3)
    assert np.allclose(tags.sum(2), 1)


@pytest.mark.parametrize(
    ("words", "acts"),
    [
        ("the mayor was killed by rebels", [("kill", "passive")]),
        ("rebels killed the mayor", [("kill", "active")]),
        ("the killing of the mayor", [("kill", "noun")]),
        ("the rebels tried to attack the post", [("attack", "active")]),
        ("they met in the park", []),
    ],
)
def test_acts_and_their_voices(words, acts):
    assert [(a.kind, a.voice) for a in find_acts(words.split())] == acts


@pytest.mark.parametrize(
    ("sentence", "told"),
    [("rebels stormed the post", True), ("a bomb was found", True), ("the ministers met in quito", False)],
)
def test_sentences_that_may_hold_fillers(sentence: str, told: bool):
    assert tells(sentence.split()) is told


def _string(key: str, at: int, score: float) -> String:
    return String(key, (Found(key, at, at + len(key), 0, score),), score)


@pytest.mark.parametrize(
    ("role", "one", "other", "same"),
    [
        ("PerpOrg", "farabundo marti national liberation front", "fmln", True),
        ("PerpOrg", "army of national liberation", "eln", True),
        ("PerpOrg", "fmln", "eln", False),
        ("Victim", "ramiro ejemplo", "ejemplo", True),
        ("Victim", "ramiro ejemplo", "otro nombre", False),
        ("Target", "two power pylons", "power pylons", True),
        ("Target", "bridge", "bank", False),
    ],
)
def test_strings_of_one_entity_are_merged(role, one, other, same):
    entities = merged(role, [_string(one, 0, 0.9), _string(other, 100, 0.5)])
    assert (len(entities) == 1) is same
    assert entities[0][0].key == one


def test_sentences_end_at_stops_and_at_runs_of_blanks():
    parted = sentences("Mr. Uno met gen. Dos.  They left   At 10:30 the U.S. envoy spoke")
    assert [s[0].word for s in parted] == ["mr", "they", "at"]
