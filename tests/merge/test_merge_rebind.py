"""Drafts followed from one coding to the next by their words."""

from seamwatch.merge import rebound
from seamwatch.model import Claim, Coding, Draft, Span

TEXT = "Gunmen stormed a post at the ford. Hours later a bomb hit a convoy near the mill. Police found mines."


def draft(k: int, *quotes: str, kind: str = "armed_clash") -> Draft:
    words = tuple(Span("text", TEXT.index(q), TEXT.index(q) + len(q), q) for q in quotes)
    return Draft("r", k, Claim(kind, words))


def coding(*drafts: Draft) -> Coding:
    return Coding("r", "rules", drafts)


def test_a_new_first_incident_moves_the_numbers_and_not_the_drafts():
    before = coding(draft(0, "bomb hit a convoy"))
    now = coding(draft(0, "stormed a post"), draft(1, "bomb hit a convoy near the mill", kind="explosion"))
    assert rebound(before, now) == {"r#0": "r#1"}


def test_a_draft_that_is_gone_has_none():
    before = coding(draft(0, "stormed a post"), draft(1, "found mines"))
    assert rebound(before, coding(draft(0, "stormed a post"))) == {"r#0": "r#0"}
    assert rebound(before, coding()) == {}


def test_the_closest_goes_first_and_each_is_taken_once():
    before = coding(draft(0, "stormed a post", "Gunmen"), draft(1, "stormed a post at the ford"))
    now = coding(draft(0, "stormed a post at the ford"), draft(1, "stormed a post"))
    assert rebound(before, now) == {"r#0": "r#1", "r#1": "r#0"}


def test_equals_keep_their_numbers():
    same = coding(draft(0, "stormed a post"), draft(1, "stormed a post"))
    assert rebound(same, same) == {"r#0": "r#0", "r#1": "r#1"}


def test_drafts_without_words_follow_nothing():
    bare = coding(Draft("r", 0, Claim("armed_clash", ())))
    assert rebound(bare, bare) == {}
