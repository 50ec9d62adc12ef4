"""Breaks in the level of violence around an area: when the last one was, which way it went, how great it was.

A one-sided detector, fit for a forecast: at each month it compares the series with its level before, and nothing later
is seen (an off-line search such as `ruptures`' would date a break better, but only with months that a forecaster does
not have yet). It is Page's cumulative sum (1954) on the logarithm of the monthly sum, for rises and falls apart: what
exceeds the slow level by more than an allowance is summed, an alarm sets both sums to nothing and the level to that of
the months since the sum began to grow.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
ALLOWANCE, ALARM = 0.35, 2.5  # in units of log(1 + sum): a rise by half, three months of a rise to threefold
MEMORY_MONTHS = 24.0  # the slow level's half-life without an alarm
NEVER = 240.0  # months


def change_columns(series: Floats) -> dict[str, Floats]:
    """Months since the last alarm, its step in log level (negative: a fall), and the level gone since; (areas, months).

    Null hypothesis of an alarm: the log level has stayed where it was. Before the first alarm ``since`` is NEVER and
    ``step`` 0.
    """
    x = np.log1p(series)
    areas, months = x.shape
    keep = 0.5 ** (1 / MEMORY_MONTHS)
    level, weight = x[:, 0].copy() if months else np.zeros(areas, np.float32), np.ones(areas, np.float32)
    up, down = np.zeros(areas, np.float32), np.zeros(areas, np.float32)
    run_sum, run_n = np.zeros((2, areas), np.float32), np.zeros((2, areas), np.float32)
    since, step = np.full(areas, NEVER, np.float32), np.zeros(areas, np.float32)
    out = {name: np.empty((areas, months), np.float32) for name in ("since", "step", "off")}
    for month in range(months):
        now = x[:, month]
        off = now - level
        for side, (total, sign) in enumerate(((up, 1.0), (down, -1.0))):
            total[:] = np.maximum(0, total + sign * off - ALLOWANCE)
            growing = total > 0
            run_sum[side] = np.where(growing, run_sum[side] + now, 0)
            run_n[side] = np.where(growing, run_n[side] + 1, 0)
        alarm = np.maximum(up, down) > ALARM
        side_of = (down > up).astype(int)
        picked = np.arange(areas)
        after = run_sum[side_of, picked] / np.maximum(1, run_n[side_of, picked])
        step = np.where(alarm, after - level, step)
        since = np.where(alarm, run_n[side_of, picked] - 1, np.minimum(NEVER, since + 1))
        weight = np.where(alarm, run_n[side_of, picked], weight * keep + 1)
        level = np.where(alarm, after, level + (now - level) / np.maximum(weight, 1))
        for total, side in ((up, 0), (down, 1)):
            total[alarm] = 0
            run_sum[side][alarm] = 0
            run_n[side][alarm] = 0
        out["since"][:, month], out["step"][:, month], out["off"][:, month] = since, step, off
    return out
