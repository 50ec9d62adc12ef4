from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from assess.effect.invented import CHANGE, source

from seamwatch.assess.effect.effect import effect_of
from seamwatch.assess.effect.page import Said, cannot, effect_html, effect_text
from seamwatch.errors import ModelError

RATES = [0.8, *np.linspace(0.3, 1.5, 9)]


def test_text_and_page_show_the_placebos_beside_each_figure():
    effect = effect_of(source(RATES, times=2.0), ["a0"], CHANGE)
    text = effect_text(effect)
    assert "placebo dates show as much" in text and "0 of 9 placebo areas show as much (p 0.10" in text
    assert f"{effect.seen.after[0]} events in a0" in text.replace(",", "")
    page = effect_html([Said("A <change>", effect, ("Known besides.",))], "Effects", ["First of all."])
    assert page.count("<svg") == 4 and "A &lt;change&gt;" in page
    assert page.index("First of all.") < page.index("Known besides.")
    assert "placebo areas" in page and "Interrupted series of a0" in page


def test_what_cannot_be_known_comes_first():
    effect = effect_of(source(RATES, days_after=77), ["a0", "a1"], CHANGE)
    assert len(cannot(effect)) == 2 and effect_text(effect).startswith("The interrupted series cannot be reckoned")
    page = effect_html([Said("Change", effect)], "Effects")
    assert "<svg" not in page and page.index("cannot be reckoned") < page.index("In the 77 days")


def test_with_the_rules_set_aside_it_says_that_nothing_is_found():
    effect = effect_of(source([1.0], days_after=60), ["a0"], CHANGE, fewest_after_days=56)
    assert "no finding, whatever its rank" in cannot(effect)[-1]
    assert "Interrupted series: " in effect_text(effect)


def test_counts_are_of_the_days_after_just_before_and_a_year_before():
    effect = effect_of(source([1.0, 2.0], days_after=60), ["a0"], CHANGE)
    seen = effect.seen
    assert seen.days == 60 and 30 < seen.after[0] < 100 and seen.after[0] < seen.after[1]
    held = effect.source.counts(date(2012, 7, 1), 1, 60)
    assert seen.after == (held[0, 0], held[1, 0])


def test_a_change_outside_the_table_is_refused():
    with pytest.raises(ModelError, match="within the table's days"):
        effect_of(source(RATES), ["a0"], date(2020, 1, 1))
