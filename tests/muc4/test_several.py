"""Entities given to incidents of a kind, and to two incidents of one kind."""

import numpy as np
import pytest

from benchmarks.muc4.fills import chosen, fills
from benchmarks.muc4.model import KINDS, Judgement
from benchmarks.muc4.role_model import ROLES
from benchmarks.muc4.roles import Candidate
from benchmarks.muc4.several import parted

ATTACK, BOMBING = KINDS.index("attack"), KINDS.index("bombing")


def entity(role: str, sentence: int, text: str = "x", score: float = 0.6) -> Candidate:
    return Candidate(role, 0, len(text), text, score, (text,), (sentence,))


def judgement() -> Judgement:
    told = np.full((4, len(KINDS) + 1), 0.05)
    told[0, ATTACK] = told[3, BOMBING] = told[0, -1] = told[3, -1] = 0.9
    document = np.full(len(KINDS) + 1, 0.05)
    document[[ATTACK, BOMBING, -1]] = 0.9
    return Judgement(told, document)


def test_an_entity_is_of_the_kind_that_its_sentence_tells_of() -> None:
    here, there = entity("Victim", 0, "a mayor"), entity("Victim", 3, "a judge")
    weights = np.zeros((len(ROLES), len(fills(judgement(), ATTACK, [ATTACK], [here])[0].row)))
    weights[:, 4] = 1.0  # how its best sentence tells of the kind
    assert chosen(judgement(), ATTACK, [ATTACK, BOMBING], [here, there], weights) == [here]
    assert chosen(judgement(), BOMBING, [ATTACK, BOMBING], [here, there], weights) == [there]
    assert chosen(judgement(), ATTACK, [ATTACK], [], weights) == []


PARTED = [
    ([("Victim", 0), ("Victim", 1), ("Target", 6)], [[0, 1], [2]]),
    ([("PerpOrg", 0), ("Victim", 0), ("Victim", 5), ("Weapon", 4)], [[0, 1], [0, 2, 3]]),
    ([("PerpOrg", 0), ("Victim", 2), ("Weapon", 2)], [[0, 1, 2], [0]]),
    ([], [[], []]),
]


@pytest.mark.parametrize(("told", "groups"), PARTED)
def test_entities_of_two_incidents_of_one_kind(told: list[tuple[str, int]], groups: list[list[int]]) -> None:
    own = [entity(role, at, f"{role} {n}") for n, (role, at) in enumerate(told)]
    assert parted(own) == [[own[i] for i in group] for group in groups]
