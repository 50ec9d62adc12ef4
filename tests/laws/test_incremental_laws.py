"""Laws of merging as reports come: whatever the order, batches, changes and decisions, it is merging from scratch."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from test_merge_laws import CODES, decided, records, worlds

from seamwatch.merge import Merger, cluster, merge
from seamwatch.merge.clusters import neighbourhoods
from seamwatch.merge.facts import facts_of


@settings(deadline=None, max_examples=150)
@given(st.data(), worlds())
def test_in_any_order_and_batches_it_is_merging_from_scratch(data, items):
    decisions = decided(data.draw, items)
    merger, heard, seen = Merger(CODES), [], []
    for item in data.draw(st.permutations(items)):
        if data.draw(st.booleans()) and decisions:
            heard = decisions[: data.draw(st.integers(0, len(decisions)))]  # some are taken, some undone
        merger.update([item], decisions=heard)
        seen.append(item)
        assert merger.incidents == merge(seen, CODES, decisions=heard)
    merger.update(decisions=decisions)
    assert merger.incidents == merge(items, CODES, decisions=decisions)
    assert merger.update(items, decisions=decisions).made == (), "the same again changes nothing"


@settings(deadline=None, max_examples=150)
@given(st.data(), worlds(), records)
def test_drafts_that_change_or_go_leave_no_trace(data, items, other):
    decisions = decided(data.draw, items)
    merger = Merger(CODES)
    changed = data.draw(st.sampled_from(items))
    merger.update([replace(i, record=other) if i == changed else i for i in items], decisions=decisions)
    gone = data.draw(st.lists(st.sampled_from([i.key for i in items]), unique=True))
    merger.update([changed], gone=[key for key in gone if key != changed.key])
    left = [i for i in items if i.key == changed.key or i.key not in gone]
    assert merger.incidents == merge(left, CODES, decisions=decisions)


@settings(deadline=None, max_examples=150)
@given(st.data(), worlds())
def test_what_is_said_to_have_changed_is_what_changed(data, items):
    decisions = decided(data.draw, items)
    merger, shown = Merger(CODES), {}
    for item in items:
        change = merger.update([item], decisions=decisions)
        for incident_id in change.gone:
            del shown[incident_id]
        shown |= {incident.id: incident for incident in change.made}
        assert tuple(shown[key] for key in sorted(shown)) == merger.incidents


@settings(deadline=None, max_examples=150)
@given(st.data(), worlds())
def test_each_neighbourhood_clusters_alone_as_among_all(data, items):
    decisions, known = decided(data.draw, items), {i.key: i for i in items}
    for groups in neighbourhoods({i.key: facts_of(i, CODES) for i in items}, decisions):
        alone = [known[key] for group in groups for key in group]
        assert cluster(alone, decisions=decisions) == tuple(sorted(groups))
