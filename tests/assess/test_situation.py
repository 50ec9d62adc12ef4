"""The whole assessment: what it says of an invented table, and that nothing after the day asked for is in it."""

import json
from datetime import date, timedelta
from html.parser import HTMLParser

import numpy as np
import pytest

from seamwatch.assess.areas import by_district
from seamwatch.assess.situation import Asked, Situation, assess
from seamwatch.assess.situation_page import situation_html
from seamwatch.assess.situation_words import figure, percent, resurgence_line, situation_json, situation_text, verdict
from seamwatch.errors import ConfigError
from seamwatch.events import Events, sorted_events

AS_OF = date(2017, 6, 30)


def invented() -> Events:
    """Four districts with two events a week; the third with eight in the last eight weeks; and events after that."""
    rng = np.random.default_rng(7)
    rows = []
    for week in range(-4, 170):
        for n in range(4):
            hot = n == 2 and 0 <= week < 8
            rows += [(7 * week + int(rng.integers(7)), n) for _ in range(rng.poisson(8.0 if hot else 2.0))]
    days = [str(AS_OF - timedelta(days=d)) for d, _ in rows]
    where = np.array([n for _, n in rows])
    return sorted_events(
        {
            "ids": [f"e{i:05}" for i in range(len(rows))],
            "start": days,
            "end": days,
            "lat": 35 + where * 0.5 + rng.normal(0, 0.05, len(rows)),
            "lon": 44 + rng.normal(0, 0.05, len(rows)),
            "where_prec": [1] * len(rows),
            "adm1": ["North"] * len(rows),
            "adm2": [("Alpha", "Beta", "Gamma", "Del <b>ta")[n] for n in where],
            "target": ["forces" if i % 2 else "villagers" for i in range(len(rows))],
        }
    )


TABLE = invented()


@pytest.fixture(scope="module")
def found() -> Situation:
    return assess(TABLE, by_district, Asked(AS_OF, n_runs=99))


def test_the_hot_district_stands_out_in_all_three(found: Situation) -> None:
    first, *others = found.resurgences
    assert first.area == "Gamma" and first.rises() and not any(r.rises() for r in others)
    changes = dict(found.changes)["Gamma"].changes
    assert len(changes) == 1 and changes[0].earliest <= AS_OF - timedelta(days=55) <= changes[0].latest
    assert found.scan.clusters[0].p == 0.01 and "Gamma" in found.scan.clusters[0].places
    assert found.window == (AS_OF - timedelta(days=55), AS_OF)


def test_it_says_so_in_plain_words(found: Situation) -> None:
    text = situation_text(found)
    line = resurgence_line(found.resurgences[0], found)
    assert (
        line in text
        and "Gamma: 68 events" in line
        and "in 8 weeks where 1" in line
        and "unchanged rate under 0.1 %" in line
    )
    assert "1 of 4 areas judged stands out" in text and "As of 2017-06-30" in text and "Null hypothesis" in text


def test_what_comes_later_changes_nothing(found: Situation) -> None:
    known = TABLE.known(AS_OF)
    assert len(known) < len(TABLE)
    again = assess(known, by_district, Asked(AS_OF, n_runs=99))
    assert situation_json(again) == situation_json(found)
    earlier = assess(TABLE, by_district, Asked(AS_OF, lag_days=14, n_runs=99))
    assert earlier.window[1] == AS_OF - timedelta(days=14)


def test_json_is_plain_and_whole(found: Situation) -> None:
    told = json.loads(json.dumps(situation_json(found), allow_nan=False))
    assert told["window"] == {"first": "2017-05-06", "last": "2017-06-30", "periods": 8} and told["target"] is None
    assert {r["area"] for r in told["resurgence"]} == {"Alpha", "Beta", "Gamma", "Del <b>ta"}
    assert told["scan"]["clusters"][0]["first"] > "2017-04-30" and told["change_points"]


def test_the_page_is_well_formed_and_escapes_names(found: Situation) -> None:
    page = situation_html(found, "Title & more")
    open_tags: list[str] = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in ("meta", "br"):
                open_tags.append(tag)

        def handle_startendtag(self, tag: str, attrs: object) -> None:
            pass

        def handle_endtag(self, tag: str) -> None:
            assert open_tags.pop() == tag

    Parser().feed(page)
    assert not open_tags and "Title &amp; more" in page and "Del &lt;b&gt;ta" in page and "<b>ta" not in page
    assert "http" not in page.replace("http://www.w3.org", "")


def test_one_target_alone() -> None:
    made = assess(TABLE, by_district, Asked(AS_OF, target="villagers", n_runs=19))
    assert made.series.target == "villagers" and "attacks in 8 weeks" in situation_text(made)


def test_too_short_a_table_and_nonsense_are_refused() -> None:
    with pytest.raises(ConfigError, match="more than the window"):
        assess(TABLE, by_district, Asked(date(2014, 4, 20)))
    for wrong in ({"unit": "day"}, {"lag_days": -1}, {"n_now": 0}, {"n_past": 3}, {"n_runs": 1}):
        with pytest.raises(ConfigError):
            Asked(AS_OF, **wrong)  # type: ignore[arg-type]


def test_an_early_day_judges_no_area_but_says_so() -> None:
    made = assess(TABLE, by_district, Asked(date(2014, 7, 30), n_runs=19))
    assert all(r.p is None for r in made.resurgences) and verdict(made) == "No area has events enough to be judged."
    assert "not enough" in situation_json(made)["resurgence"][0]["word"] and situation_html(made)


def test_figures_and_chances_in_words() -> None:
    assert [figure(v) for v in (0, 0.004, 0.254, 3.44, 12.4, 1180)] == [
        "0.0",
        "under 0.01",
        "0.25",
        "3.4",
        "12",
        "1,180",
    ]
    assert [percent(p) for p in (0.0002, 0.002, 0.0996, 0.5, 0.999)] == [
        "under 0.1 %",
        "0.2 %",
        "10 %",
        "50 %",
        "over 99 %",
    ]
