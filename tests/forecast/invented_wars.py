"""Invented counts and events: places with a level of their own, and a war that ends."""

import numpy as np

from seamwatch.events import EXACT, Events, sorted_events
from seamwatch.forecast.task import Panel, Task
from seamwatch.geo import priogrid_gid, priogrid_middle


def square(side: int = 5, months: int = 120, seed: int = 1) -> Panel:
    """A square of cells; level falls with the distance from its middle."""
    rng = np.random.default_rng(seed)
    gids = [priogrid_gid(33.25 + row / 2, 43.25 + column / 2) for row in range(side) for column in range(side)]
    middles = np.array([priogrid_middle(gid) for gid in gids])
    far = np.hypot(middles[:, 0] - middles[:, 0].mean(), middles[:, 1] - middles[:, 1].mean())
    counts = rng.poisson(4 * np.exp(-2 * far)[:, None], (len(gids), months))
    return Panel(np.array(gids), middles[:, 0], middles[:, 1], 361, counts.astype(np.int32))


def asked(panel: Panel, n_draws: int = 200, seed: int = 0) -> Task:
    """Leads 3 to 14 of a panel without extras."""
    return Task(panel, tuple(range(3, 15)), n_draws, seed, {})


def as_events(panel: Panel) -> Events:
    """An event of so many deaths for each area-month with any, on its tenth day."""
    area, month = np.nonzero(panel.counts)
    number = panel.first_month + month - 1
    days = [f"{1980 + n // 12}-{n % 12 + 1:02d}-10" for n in number.tolist()]
    return sorted_events(
        {
            "ids": [f"e{n}" for n in range(len(area))],
            "start": days,
            "end": days,
            "lat": panel.lat[area],
            "lon": panel.lon[area],
            "where_prec": [EXACT] * len(area),
            "violence": ["sb"] * len(area),
            "deaths": panel.counts[area, month],
            "country": ["Utopia"] * len(area),
            "adm2": [f"district {a % 3}" for a in area.tolist()],
        }
    )
