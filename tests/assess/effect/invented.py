"""Invented counts by area around a change whose effect is known."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from seamwatch.assess.effect.series import Source

FIRST, CHANGE = date(2005, 1, 1), date(2012, 7, 1)


def source(rates, days_after=400, first=FIRST, change=CHANGE, seed=0, times=1.0, season=0.0, touching=None) -> Source:
    """Areas with ``rates`` events a day; the first one's rate is multiplied by ``times`` from the change on."""
    days = (change - first).days + days_after
    of, day = [], []
    for n, rate in enumerate(rates):
        mean = np.full(days, rate) * np.exp(season * np.sin(2 * np.pi * np.arange(days) / 365.25))
        if n == 0:
            mean[(change - first).days :] *= times
        before = np.random.default_rng((seed, n, 0)).poisson(mean[: (change - first).days])
        counts = np.concatenate((before, np.random.default_rng((seed, n, 1)).poisson(mean[len(before) :])))
        of.append(np.full(counts.sum(), n))
        day.append(np.repeat(np.arange(days), counts))
    size = len(rates)
    return Source(
        tuple(f"a{n}" for n in range(size)), np.concatenate(of).astype(np.intp),
        np.datetime64(first, "D") + np.concatenate(day).astype("timedelta64[D]"),
        np.zeros((size, size), bool) if touching is None else touching,
        first, first + timedelta(days=days - 1), first + timedelta(days=days - 1), 0, {},
    )  # fmt: skip
