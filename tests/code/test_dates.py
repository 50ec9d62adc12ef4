"""Days reckoned from the report's day, in three languages, and how long things lasted."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seamwatch.code.dates import DateHit, find_dates, find_durations
from seamwatch.code.text import normalise

DAY = date(2021, 6, 16)  # a Wednesday


def hits(text: str, lang: str = "en", day: date | None = DAY) -> tuple[DateHit, ...]:
    return find_dates(normalise(text, lang).text, lang, day)


def days(text: str, lang: str = "en", day: date | None = DAY) -> list[tuple[str, str, str, str]]:
    found = hits(text, lang, day)
    return [(h.span.first.isoformat(), h.span.last.isoformat(), h.span.precision, h.kind) for h in found]


@pytest.mark.parametrize(
    ("lang", "text", "first", "last", "precision", "kind"),
    [
        ("en", "on 5 May 2021", "2021-05-05", "2021-05-05", "day", "absolute"),
        ("en", "on May 5, 2021", "2021-05-05", "2021-05-05", "day", "absolute"),
        ("en", "on the 5th of May", "2021-05-05", "2021-05-05", "day", "absolute"),
        ("en", "on 05/06/2021", "2021-06-05", "2021-06-05", "day", "absolute"),
        ("en", "on 2021-06-05", "2021-06-05", "2021-06-05", "day", "absolute"),
        ("en", "051430C JUN 21", "2021-06-05", "2021-06-05", "day", "absolute"),
        ("en", "on 20 August", "2020-08-20", "2020-08-20", "day", "absolute"),
        ("en", "on Sunday night (June 13)", "2021-06-13", "2021-06-14", "night", "absolute"),
        ("en", "on Sunday", "2021-06-13", "2021-06-13", "day", "weekday"),
        ("en", "on Wednesday", "2021-06-16", "2021-06-16", "day", "weekday"),
        ("en", "last Wednesday", "2021-06-09", "2021-06-09", "day", "weekday"),
        ("en", "Sunday night", "2021-06-13", "2021-06-14", "night", "weekday"),
        ("en", "late on Sunday", "2021-06-13", "2021-06-13", "day", "weekday"),
        ("en", "on Sunday evening", "2021-06-13", "2021-06-13", "day", "weekday"),
        ("en", "Sunday night at 23:10", "2021-06-13", "2021-06-13", "hour", "weekday"),
        ("en", "from Sunday night into Monday", "2021-06-13", "2021-06-14", "night", "weekday"),
        ("en", "yesterday", "2021-06-15", "2021-06-15", "day", "relative"),
        ("en", "last night", "2021-06-15", "2021-06-16", "night", "relative"),
        ("en", "overnight", "2021-06-15", "2021-06-16", "night", "relative"),
        ("en", "two days ago", "2021-06-14", "2021-06-14", "day", "relative"),
        ("en", "days ago", "2021-06-09", "2021-06-16", "span", "vague"),
        ("en", "two weeks ago", "2021-06-02", "2021-06-02", "day", "relative"),
        ("en", "over the past 48 hours", "2021-06-14", "2021-06-16", "span", "relative"),
        ("en", "the night of 4 to 5 May", "2021-05-04", "2021-05-05", "night", "absolute"),
        ("en", "on the night of 4-5 May", "2021-05-04", "2021-05-05", "night", "absolute"),
        ("en", "from 30 May to 2 June", "2021-05-30", "2021-06-02", "span", "absolute"),
        ("en", "last week", "2021-06-06", "2021-06-12", "week", "vague"),
        ("en", "earlier this week", "2021-06-13", "2021-06-16", "week", "vague"),
        ("en", "over the weekend", "2021-06-12", "2021-06-13", "span", "vague"),
        ("en", "last month", "2021-05-01", "2021-05-31", "month", "past"),
        ("en", "in July", "2020-07-01", "2020-07-31", "month", "past"),
        ("en", "in 2014", "2014-01-01", "2014-12-31", "span", "past"),
        ("en", "last year", "2020-01-01", "2020-12-31", "span", "past"),
        ("en", "since October 16, 2017", "2017-10-16", "2017-10-16", "day", "past"),
        ("en", "since June 10", "2021-06-10", "2021-06-16", "span", "absolute"),
        ("en", "at 23:10", "2021-06-16", "2021-06-16", "hour", "relative"),
        ("en", "on the 10th.", "2021-06-10", "2021-06-10", "day", "absolute"),
        ("ar", "يوم 5 أيار 2021", "2021-05-05", "2021-05-05", "day", "absolute"),
        ("ar", "في الخامس من أيار", "2021-05-05", "2021-05-05", "day", "absolute"),
        ("ar", "في 5 أيار/مايو الماضي", "2021-05-05", "2021-05-05", "day", "absolute"),
        ("ar", "٧ كانون الثاني ٢٠٢١", "2021-01-07", "2021-01-07", "day", "absolute"),
        ("ar", "مساء أمس الثلاثاء", "2021-06-15", "2021-06-15", "day", "weekday"),
        ("ar", "فجر اليوم", "2021-06-16", "2021-06-16", "day", "relative"),
        ("ar", "ليل أمس", "2021-06-15", "2021-06-16", "night", "relative"),
        ("ar", "الليلة الماضية", "2021-06-15", "2021-06-16", "night", "relative"),
        ("ar", "ليلة الأحد على الاثنين", "2021-06-13", "2021-06-14", "night", "weekday"),
        ("ar", "الأربعاء الماضي", "2021-06-09", "2021-06-09", "day", "weekday"),
        ("ar", "والأحد", "2021-06-13", "2021-06-13", "day", "weekday"),
        ("ar", "قبل يومين", "2021-06-14", "2021-06-14", "day", "relative"),
        ("ar", "قبل ثلاثة أيام", "2021-06-13", "2021-06-13", "day", "relative"),
        ("ar", "خلال الـ48 ساعة الماضية", "2021-06-14", "2021-06-16", "span", "relative"),
        ("ar", "قبل أسبوع", "2021-06-09", "2021-06-09", "day", "relative"),
        ("ar", "قبل أيام", "2021-06-09", "2021-06-16", "span", "vague"),
        ("ar", "الأسبوع الماضي", "2021-06-06", "2021-06-12", "week", "vague"),
        ("ar", "الشهر الماضي", "2021-05-01", "2021-05-31", "month", "past"),
        ("ar", "في تموز", "2020-07-01", "2020-07-31", "month", "past"),
        ("ar", "عام 2014", "2014-01-01", "2014-12-31", "span", "past"),
        ("ckb", "لە ٥ی ئایاری ٢٠٢١", "2021-05-05", "2021-05-05", "day", "absolute"),
        ("ckb", "لە ٥ی ئایاردا", "2021-05-05", "2021-05-05", "day", "absolute"),
        ("ckb", "٧ی کانوونی دووەمی ٢٠٢١", "2021-01-07", "2021-01-07", "day", "absolute"),
        ("ckb", "لە ٥ی گوڵان", "2021-04-25", "2021-04-25", "day", "absolute"),
        ("ckb", "شەوی یەکشەممە", "2021-06-13", "2021-06-14", "night", "weekday"),
        ("ckb", "شەوی یەکشەممە لەسەر دووشەممە", "2021-06-13", "2021-06-14", "night", "weekday"),
        ("ckb", "ئێوارەی ڕۆژی یەکشەممە", "2021-06-13", "2021-06-13", "day", "weekday"),
        ("ckb", "چوارشەممەی ڕابردوو", "2021-06-09", "2021-06-09", "day", "weekday"),
        ("ckb", "دوێنێ", "2021-06-15", "2021-06-15", "day", "relative"),
        ("ckb", "شەوی ڕابردوو", "2021-06-15", "2021-06-16", "night", "relative"),
        ("ckb", "سێ ڕۆژ لەمەوبەر", "2021-06-13", "2021-06-13", "day", "relative"),
        ("ckb", "لە دوو ڕۆژی ڕابردوودا", "2021-06-14", "2021-06-16", "span", "relative"),
        ("ckb", "هەفتەی ڕابردوو", "2021-06-06", "2021-06-12", "week", "vague"),
        ("ckb", "مانگی ڕابردوو", "2021-05-01", "2021-05-31", "month", "past"),
        ("ckb", "ساڵی ٢٠١٤", "2014-01-01", "2014-12-31", "span", "past"),
    ],
)
def test_days_told(lang: str, text: str, first: str, last: str, precision: str, kind: str) -> None:
    assert days(text, lang) == [(first, last, precision, kind)]


@pytest.mark.parametrize(
    ("lang", "text", "minutes"),
    [
        ("en", "at 23:10 on Sunday", 23 * 60 + 10),
        ("en", "on Sunday at 7:10 p.m.", 19 * 60 + 10),
        ("en", "at 9 pm on Sunday", 21 * 60),
        ("en", "at 0430 hrs on Sunday", 4 * 60 + 30),
        ("ar", "الساعة التاسعة والنصف من مساء الأحد", 21 * 60 + 30),
        ("ar", "عند الثامنة من صباح الأحد", 8 * 60),
        ("ckb", "کاتژمێر حەوتی ئێوارەی یەکشەممە", 19 * 60),
        ("ckb", "یەکشەممە، کاتژمێر نۆ و نیوی بەیانی", 9 * 60 + 30),
    ],
)
def test_clock_times_belong_to_their_day(lang: str, text: str, minutes: int) -> None:
    (hit,) = hits(text, lang)
    assert (hit.span.first, hit.span.precision, hit.clock) == (date(2021, 6, 13), "hour", minutes)


def test_words_that_point_back() -> None:
    assert [d[0] for d in days("On Sunday they came. The next day they left. That night it was quiet.")] == [
        *("2021-06-13", "2021-06-14", "2021-06-14")
    ]
    assert [d[0] for d in days("هاجموا يوم الأحد، وفي اليوم نفسه انسحبوا", "ar")] == ["2021-06-13", "2021-06-13"]


def test_without_the_reports_day_only_whole_dates_count() -> None:
    assert days("yesterday, on Sunday, last week, on 15 March", day=None) == []
    assert days("on 15 March 2016", day=None) == [("2016-03-15", "2016-03-15", "day", "absolute")]
    assert [d[0] for d in days("15 March 2016. A second on 17 March.", day=None)] == ["2016-03-15", "2016-03-17"]


def test_a_span_without_a_number_says_nothing_of_when() -> None:
    assert days("within a week") == []
    assert days("في غضون أسبوع", "ar") == []


@pytest.mark.parametrize("text", ["31 February 2020", "on 45/19/2020", "next Sunday", "may have", "13 may have died"])
def test_what_is_no_day(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("lang", "text", "minutes"),
    [
        ("en", "the clash lasted about an hour", 60),
        ("en", "they fought for about twenty minutes", 20),
        ("en", "an hour-long clash", 60),
        ("en", "a two-hour battle", 120),
        ("en", "it went on for an hour and a half", 90),
        ("en", "for half an hour", 30),
        ("ar", "لمدة ساعة", 60),
        ("ar", "استمرت الاشتباكات أكثر من ساعتين", 120),
        ("ar", "دامت ثلاث ساعات", 180),
        ("ar", "مكثوا نصف ساعة", 30),
        ("ckb", "بۆ ماوەی کاژێرێک", 60),
        ("ckb", "بۆ ماوەی دوو کاتژمێر", 120),
    ],
)
def test_durations(lang: str, text: str, minutes: int) -> None:
    assert [h.minutes for h in find_durations(normalise(text, lang).text, lang)] == [minutes]


@pytest.mark.parametrize("text", ["two hours ago", "within 48 hours", "forty minutes later", "at ten o'clock"])
def test_what_is_no_duration(text: str) -> None:
    assert find_durations(normalise(text, "en").text, "en") == ()


@given(text=st.text(max_size=80), day=st.dates() | st.none())
def test_never_fails(text: str, day: date | None) -> None:
    for lang in ("en", "ar", "ckb", "tr"):
        folded = normalise(text, lang).text
        find_dates(folded, lang, day)
        find_durations(folded, lang)


WORDS = ["last", "night", "of", "4", "to", "5", "may", "sunday", "at", "23:10", "two", "days", "ago", "since", "2014"]


@given(words=st.lists(st.sampled_from(WORDS), max_size=14), day=st.dates())
def test_hits_stand_in_order(words: list[str], day: date) -> None:
    folded = " ".join(words)
    last = 0
    for hit in find_dates(folded, "en", day):
        assert last <= hit.start < hit.end <= len(folded)
        last = hit.end


def test_time_is_linear_in_the_length() -> None:
    times = []
    for size in (200, 2000):
        text = normalise("last night at 4 to 5 may sunday between on the of late early two , " * size, "en").text
        begin = time.process_time()
        find_dates(text, "en", DAY)
        times.append(time.process_time() - begin)
    assert times[1] < 40 * max(times[0], 0.01)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("a fierce hour-long firefight", 60), ("a battle of two hours", 120), ("within 24 hours of the raid", None)],
)
def test_durations_written_onto_a_noun(text: str, minutes: int | None) -> None:
    assert [hit.minutes for hit in find_durations(text, "en")] == ([minutes] if minutes else [])
