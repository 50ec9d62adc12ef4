"""All names of a text, with points: on the real world, in invented sentences."""

import time

import pytest

from seamwatch.place import Gazetteer, Senses, Toponym, toponym_json, toponyms


@pytest.fixture(scope="module")
def senses(whole: Gazetteer) -> Senses:
    return Senses(whole)


def found(text: str, senses: Senses) -> dict[str, Toponym]:
    placed = toponyms(text, senses)
    assert all(text[t.start : t.end] == t.text for t in placed)
    return {t.text: t for t in placed}


@pytest.mark.parametrize(
    ("text", "name", "country", "lat"),
    [
        ("Floods cut the road from Paris to Dallas, Texas.", "Paris", "US", 33.7),
        ("Ministers met in Paris, the capital of France.", "Paris", "FR", 48.9),
        ("A farmer near Paris, Tenn., lost his barn.", "Paris", "US", 36.3),
        ("Fighting went on in Tbilisi and Gori as Georgia asked for help.", "Georgia", "GE", 42.0),
        ("Voters in Atlanta and Savannah decide what Georgia will do.", "Georgia", "US", 32.75),
        ("Clashes spread from Alexandria to Cairo and Suez.", "Alexandria", "EG", 31.2),
        ("Trains between Alexandria, Va., and Washington were late.", "Alexandria", "US", 38.8),
        ("Troops left N'Djamena in Chad for Abeche.", "Chad", "TD", 15.0),
    ],
)
def test_the_sense_that_the_text_bears_out(text: str, name: str, country: str, lat: float, senses: Senses) -> None:
    place = found(text, senses)[name]
    assert place.country == country and place.lat == pytest.approx(lat, abs=0.6)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mr. Jordan thanked Dr Chad in Amman; Mrs. Georgia Israel wrote.", {"Amman"}),
        ("Jordan sent aid, Mr. Jordan said.", {"Jordan"}),
        ("Mr. Austin said on Monday that the plan was nice.", set()),
        ("Judge Lincoln Parker spoke in Nairobi, Kenya.", {"Nairobi", "Kenya"}),
        ("The Kenyan minister flew to Lagos.", {"Lagos"}),
        ("Reading the report took hours, a clerk in Mumbai said.", {"Mumbai"}),
        ("Police in Rio de Janeiro closed the port.", {"Rio de Janeiro"}),
        ("The U.S. and the UK sent aid to Sri Lanka.", {"U.S.", "UK", "Sri Lanka"}),
        ("Storms hit Charleston, W.Va., and moved to Ohio.", {"Charleston", "W.Va.", "Ohio"}),
        ("انفجار في بغداد وآخر في مدينة القاهرة", {"بغداد", "القاهرة"}),
        ("تەقینەوەیەک لە کەرکووک ڕوویدا", {"کەرکووک"}),
        ("لە نێوان کەرکووک و تکریت هێرشێک کرا.", {"کەرکووک", "تکریت"}),
        ("بۆردومان لەکەرکووک و  هەولێر", {"کەرکووک", "هەولێر"}),
        ("بين كركوك و تكريت و\u00a0الموصل", {"كركوك", "تكريت", "الموصل"}),
        ("انفجارات بكركوك وتكريت وبالموصل", {"كركوك", "تكريت", "الموصل"}),
    ],
)
def test_places_are_found_and_persons_words_and_adjectives_left(text: str, names: set[str], senses: Senses) -> None:
    assert set(found(text, senses)) == names


def test_a_sub_district_does_not_hide_the_town_of_its_name(senses: Senses) -> None:
    kinds = {s.id: s.kind for s in senses.named("taji")}
    assert {"taji": "town", "taji-subdistrict": "subdistrict"}.items() <= kinds.items()
    text = "Tājī town, Baghdād province, Iraq"
    (place,) = toponyms(text, senses, [(0, 9)])
    assert (place.name, place.lat) == ("Taji", pytest.approx(33.53, abs=0.01))


@pytest.mark.parametrize(
    ("text", "name"),
    [("Attack in Kirkuk", "Kirkuk city"), ("A blast shook Baghdad.", "Baghdad"), ("هجوم في الموصل", "Mosul")],
)
def test_a_bare_name_is_the_city_rather_than_its_governorate(text: str, name: str, senses: Senses) -> None:
    (place,) = toponyms(text, senses)
    assert (place.name, place.precision) == (name, "exact")


def test_given_spans_are_placed_and_no_others(senses: Senses) -> None:
    text = "Kenyan traders met in Mombasa and Zzyxqua Flats."
    spans = [(0, 6), (22, 29), (34, 47)]
    placed = toponyms(text, senses, spans)
    assert [(t.start, t.end) for t in placed] == spans
    assert placed[0].country == "KE" and placed[1].lat == pytest.approx(-4.05, abs=0.1)
    assert placed[2].precision == "within" and placed[2].country == "KE" and placed[2].radius_km


def test_a_close_call_keeps_its_candidates(senses: Senses) -> None:
    (place,) = toponyms("A barn burned in Springfield.", senses, [(17, 28)])
    assert place.precision == "ambiguous" and len(place.candidates) >= 2
    row = toponym_json(place)
    assert isinstance(row["candidates"], list) and row["candidates"][0]["name"] == "Springfield"


def test_one_name_may_mean_two_places_where_the_text_says_so(senses: Senses) -> None:
    text = "She moved from Paris, Texas, to Paris, France."
    first, second = (t for t in toponyms(text, senses) if t.text == "Paris")
    assert (first.country, second.country) == ("US", "FR")


def test_a_name_that_nothing_places_stays_unknown(senses: Senses) -> None:
    (place,) = toponyms("They met at Zzyxqua.", senses, [(12, 19)])
    assert place.precision == "unknown" and place.lat is None and place.score == 0


@pytest.mark.parametrize(
    "text", ["", " ", "\x00\ud800", "A" * 5000, "Paris, " * 3000, "ـ" * 50, "'s 's’s . , (", "İ ǅ ß"]
)
def test_no_text_is_too_strange(text: str, senses: Senses) -> None:
    assert all(text[t.start : t.end] == t.text for t in toponyms(text, senses))


def test_time_grows_with_the_text_and_no_faster(senses: Senses) -> None:
    def seconds(times: int) -> float:
        started = time.process_time()
        toponyms("Rain fell near Austin, Texas, and in Dallas. Kenya and Uganda met in Nairobi. " * times, senses)
        return time.process_time() - started

    seconds(50)
    assert seconds(4000) < 40 * max(0.05, seconds(400))
