"""Events as a CSV table of one's own, which `read.event_table` reads back as it was."""

from __future__ import annotations

import csv
import io

import numpy as np

from seamwatch.events import UNKNOWN, Events
from seamwatch.export.table import safe_cell

COLUMNS = (
    *("id", "start", "end", "lat", "lon", "where_prec", "violence", "type", "target"),
    *("deaths", "deaths_low", "deaths_high", "country", "adm1", "adm2"),
)


def events_csv(events: Events) -> str:
    """The events as CSV text (docs/events.md), in order of time; header always there, unknown values empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    figures = (events.deaths, events.deaths_low, events.deaths_high)
    columns = (
        *(events.ids.tolist(), events.start.astype(str).tolist(), events.end.astype(str).tolist()),
        *(["" if np.isnan(degree) else degree for degree in column.tolist()] for column in (events.lat, events.lon)),
        *(events.where_prec.tolist(), events.violence.tolist(), events.type.tolist(), events.target.tolist()),
        *(["" if figure == UNKNOWN else figure for figure in column.tolist()] for column in figures),
        *(events.country.tolist(), events.adm1.tolist(), events.adm2.tolist()),
    )
    writer.writerows([safe_cell(cell) for cell in row] for row in zip(*columns, strict=True))
    return out.getvalue()
