"""Near-copies and independent sources."""

from seamwatch.merge.copies import KEPT, independent, near_copies, similarity, sketch

WIRE = "Gunmen attacked an army post on the hill road before dawn and left two soldiers wounded, an officer said. " * 3
LONG = " ".join(f"word{n} tells of post {n * 7} on road {n % 13}" for n in range(400))


def test_a_text_is_its_own_copy_whatever_its_case():
    assert near_copies(sketch(WIRE), sketch(WIRE.upper()))


def test_a_short_addition_leaves_a_copy():
    assert near_copies(sketch(LONG), sketch(LONG + " More was not known at the time of writing."))


def test_other_words_are_no_copy():
    other = "Police found a cache of mines in a dry canal south of the town and made it safe, the ministry said."
    assert not near_copies(sketch(WIRE), sketch(other))


def test_texts_without_words_are_copies_of_nothing():
    assert sketch("") == b"" and not near_copies(b"", b"") and similarity(b"", sketch(WIRE)) == 0.0


def test_short_texts_are_compared_exactly():
    left, right = "one two three four", "one two three five"
    assert similarity(sketch(left), sketch(right)) == 1 / 3


def test_the_estimate_for_long_texts_is_near_the_truth():
    words = LONG.split()
    half = " ".join(words[: len(words) // 2])
    assert len(sketch(LONG)) == KEPT * 8
    assert abs(similarity(sketch(LONG), sketch(half)) - 0.5) < 0.2


def test_one_outlet_or_one_text_is_one_source(item):
    voices = [
        item("a#0", source="A", words=LONG),
        item("b#0", source="B", words=LONG + " End."),
        item("c#0", source="C", words=WIRE),
        item("d#0", source="A"),
    ]
    assert independent(voices) == ((0, 1, 3), (2,))


def test_reports_of_unnamed_sources_stay_apart_but_drafts_of_one_report_do_not(item):
    assert independent([item("a#0", source=""), item("b#0", source=""), item("a#1", source="")]) == ((0, 2), (1,))
