"""Laws of merging, over many small invented worlds in which drafts are near each other in place and time."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from seamwatch.merge import Decision, Item, cluster, decided_items, merge
from seamwatch.merge.blocks import candidates
from seamwatch.merge.claims import values_of
from seamwatch.merge.copies import sketch
from seamwatch.merge.facts import facts_of
from seamwatch.merge.pairs import possible
from seamwatch.merge.prefer import cell
from seamwatch.merge.voices import standing, voices_of
from seamwatch.model import Count, DateSpan, Figure, Place, Record
from seamwatch.packs import load_pack

CODES = load_pack().codes
TYPES = ("armed_clash", "explosion", "suicide_attack", "security_operation", "arrest")
ACTORS = ("isis", "militants", "iraqi_army", "iraqi_forces", "peshmerga", "civilians")
TEXTS = ("", "a post was hit at dawn near the hill", "a post was hit at dawn near the old hill", "a patrol found mines")

dates = st.builds(
    lambda start, length, basis: DateSpan(
        date(2020, 5, 1) + timedelta(start), date(2020, 5, 1) + timedelta(start + length), "span", basis
    ),
    st.integers(0, 4),
    st.sampled_from((0, 0, 1, 5, 60)),
    st.sampled_from(("text", "report")),
)
figures = st.builds(
    lambda low, more: Figure(low, None if more is None else low + more),
    st.integers(0, 4),
    st.sampled_from((None, 0, 0, 2)),
)
tolls = st.lists(
    st.builds(
        Count, st.sampled_from(("forces", "civilians", "unknown")), st.sampled_from(("killed", "wounded")), figures
    ),
    max_size=3,
).map(tuple)
places = st.builds(
    lambda name, at, radius, precision: Place(
        name, "resolved" if at else "unknown", *(at or (None, None)), radius, precision, governorate="North"
    ),
    st.sampled_from(("Hill Nine", "Hill Ten", "التل")),
    st.none() | st.tuples(st.sampled_from((35.4, 35.45, 36.2)), st.sampled_from((44.1, 44.3, 179.9, -179.95))),
    st.sampled_from((0.0, 5.0, 25.0, 60.0, None)),
    st.sampled_from(("exact", "near", "district", "governorate", None)),
)
actors = st.lists(st.sampled_from(ACTORS), max_size=2, unique=True).map(lambda codes: tuple(sorted(codes)))
records = st.builds(
    Record,
    st.sampled_from(TYPES),
    st.none() | dates,
    st.none() | places,
    actors,
    actors,
    tolls,
    st.lists(st.sampled_from(("ied", "small_arms")), max_size=2, unique=True).map(tuple),
    st.none() | st.just(60),
    st.none() | st.just("isis"),
    st.lists(st.sampled_from(("Ford", "Mill")), max_size=1).map(tuple),
)


@st.composite
def worlds(draw):
    items = []
    for r in range(draw(st.integers(1, 5))):
        told = draw(st.none() | st.integers(0, 5).map(lambda n: date(2020, 5, 3) + timedelta(n)))
        source, text = draw(st.sampled_from(("A", "B", "C", ""))), draw(st.sampled_from(TEXTS))
        for k, record in enumerate(draw(st.lists(records, min_size=1, max_size=2))):
            items.append(Item(f"r{r}#{k}", record, f"r{r}", source, told, "en", sketch(text)))
    return items


RECODED = (("date", "2020-05-02"), ("type", "explosion"), ("toll.forces.killed", "3+"), ("place", "35.4, 44.1"))


ratings = st.builds(
    lambda source, grade: Decision("rate_source", source, value=grade),
    st.sampled_from("ABC"),
    st.sampled_from("ABCDEF"),
) | st.builds(
    lambda report, grade: Decision("rate_report", f"r{report}", value=grade),
    st.integers(0, 4),
    st.sampled_from("123456"),
)


def decided(draw, items):
    keys = st.sampled_from([i.key for i in items])
    pair = st.builds(Decision, st.sampled_from(("same", "not_same")), keys, keys)
    fields = st.sampled_from(("type", "date", "toll.forces.killed", "initiator"))
    prefer = st.builds(Decision, st.just("prefer"), keys, keys, fields, role=st.just("officer"))
    recode = st.builds(
        lambda key, what: Decision("recode", key, field=what[0], value=what[1]), keys, st.sampled_from(RECODED)
    )
    reject = st.builds(Decision, st.just("reject"), keys)
    return draw(st.lists(pair | prefer | recode | reject | ratings, max_size=4))


@settings(deadline=None, max_examples=150)
@given(st.data(), worlds())
def test_the_order_of_arrival_changes_nothing(data, items):
    decisions = decided(data.draw, items)
    shuffled = data.draw(st.permutations(items))
    assert merge(items, CODES, decisions=decisions) == merge(shuffled, CODES, decisions=decisions)


@settings(deadline=None, max_examples=150)
@given(st.data(), worlds())
def test_no_draft_is_lost_or_doubled(data, items):
    groups = cluster(items, decisions=decided(data.draw, items))
    assert sorted(key for group in groups for key in group) == sorted(i.key for i in items)


@settings(deadline=None, max_examples=100)
@given(worlds())
def test_merging_what_was_merged_changes_nothing(items):
    known = {i.key: i for i in items}
    for group in cluster(items):
        assert cluster([known[key] for key in group]) == (group,)


@settings(deadline=None, max_examples=100)
@given(worlds())
def test_two_drafts_of_one_report_are_never_joined(items):
    for group in cluster(items):
        assert max(Counter(key.split("#")[0] for key in group).values()) == 1


@settings(deadline=None, max_examples=150)
@given(worlds())
def test_every_claim_of_every_draft_is_kept(items):
    stated = Counter((i.key, i.source, *value) for i in items for value in values_of(i.record))
    kept = Counter((c.draft, c.source, c.field, c.value) for incident in merge(items, CODES) for c in incident.claims)
    assert kept == stated


@settings(deadline=None, max_examples=150)
@given(st.data(), worlds())
def test_a_preferred_range_is_never_narrower_than_the_disagreement(data, items):
    decisions = decided(data.draw, items)
    known = {i.key: i for i in decided_items(items, decisions)}
    for incident in merge(items, CODES, decisions=decisions):
        voices = voices_of(known[key] for key in incident.members)
        for count in incident.record.toll:
            said = standing(voices, lambda r, c=count: cell(r, c.group, c.outcome))
            assert said
            for s in said:
                assert count.figure.low <= s.value.low
                assert count.figure.high is None or (s.value.high is not None and s.value.high <= count.figure.high)
            lost = {
                (c.group, c.outcome) for i in incident.members for c in known[i].record.toll if c.group != "unknown"
            }
            assert lost <= {(c.group, c.outcome) for c in incident.record.toll}


@settings(deadline=None, max_examples=150)
@given(worlds())
def test_contradictions_hold_every_claim_on_their_field_and_need_two_sources(items):
    for incident in merge(items, CODES):
        for dispute in incident.contradictions:
            assert dispute.claims == tuple(c for c in incident.claims if c.field == dispute.field)
            assert len(incident.sources) > 1


@settings(deadline=None, max_examples=200)
@given(worlds())
def test_blocks_miss_no_possible_pair(items):
    facts = [facts_of(i, CODES) for i in items]
    every = {(i, j) for j in range(len(facts)) for i in range(j) if possible(facts[i], facts[j])}
    found = list(candidates(facts))
    assert set(found) == every and len(found) == len(every)


@settings(deadline=None, max_examples=150)
@given(st.data(), worlds(), st.lists(ratings, min_size=1, max_size=6))
def test_of_ratings_only_the_last_on_each_matter_counts(data, items, given_ratings):
    last = {rating.matter: rating for rating in given_ratings}
    shuffled = data.draw(st.permutations(list(last.values())))
    assert merge(items, CODES, decisions=given_ratings) == merge(items, CODES, decisions=shuffled)


@settings(deadline=None, max_examples=150)
@given(worlds(), st.lists(ratings, max_size=6))
def test_ratings_move_no_draft_drop_no_claim_and_narrow_no_range(items, given_ratings):
    plain, rated = merge(items, CODES), merge(items, CODES, decisions=given_ratings)
    for one, other in zip(plain, rated, strict=True):
        assert (one.id, one.members, one.sources) == (other.id, other.members, other.sources)
        bare = tuple(replace(c, source_reliability="", information_credibility="") for c in other.claims)
        assert bare == one.claims
        assert [d.field for d in one.contradictions] == [d.field for d in other.contradictions]
        ends = [[(c.group, c.outcome, c.figure.low, c.figure.high) for c in i.record.toll] for i in (one, other)]
        assert ends[0] == ends[1]


@settings(deadline=None, max_examples=150)
@given(worlds(), st.lists(ratings, max_size=6))
def test_a_rating_below_b_and_every_credibility_leave_the_preferred_view(items, given_ratings):
    quiet = [rating for rating in given_ratings if rating.value not in ("A", "B")]
    for one, other in zip(merge(items, CODES), merge(items, CODES, decisions=quiet), strict=True):
        assert (one.record, one.reasons) == (other.record, other.reasons)
