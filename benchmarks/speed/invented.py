"""Invented reports for speed runs: seeded, all different, in the register of wire stories. Not for quality figures."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from seamwatch.model import Report, make_report

PLACES = (
    *("Makhmour", "Daquq", "Hawija", "Dibis", "Tuz Khurmatu", "Khanaqin", "Jalawla", "Kirkuk", "Qara Tapa", "Kifri"),
    *("Sinjar", "Baiji", "Tikrit", "Muqdadiyah", "Altun Kupri", "Rashad", "Riyadh", "Abbasi", "Gwer", "Shirqat"),
)
FORCES = ("Iraqi army", "Peshmerga", "Federal Police", "Popular Mobilization", "tribal")
ACTS = (
    "Islamic State militants attacked a {force} post near {place} on {day} night, killing {n} and wounding {m}.",
    "A roadside bomb hit a {force} patrol near {place} on {day}, killing {n} soldiers and wounding {m} others.",
    "Gunmen stormed a village outside {place} late on {day}, killing {n} civilians and wounding {m}.",
    "Mortar rounds landed on the outskirts of {place} on {day}; {n} civilians were wounded.",
    "Security forces arrested {n} suspects and found a cache of {m} mortar rounds in {place} on {day}.",
    "Gunmen at a false checkpoint on the road to {place} abducted {n} travellers on {day} evening.",
)
MORE = (
    "The attackers fled toward the hills before reinforcements arrived, a security source said.",
    "The wounded were taken to a hospital in the district centre, where their condition was said to be stable.",
    "No group has claimed responsibility, but officials in the province blamed sleeper cells of the Islamic State.",
    "A local official called on the two ministries to send a joint force to the villages that lie between the lines.",
    "The area has seen repeated attacks since federal forces took it over in October 2017, residents say.",
    "A spokesman of the operations command said that a search of the orchards and wadis had begun at first light.",
    "Islamic State was declared defeated in Iraq in December 2017, but small bands still move through the mountains.",
    "The mayor said that nobody had patrolled the track at night since the winter, and that he had said so twice.",
    "Farmers in the villages around have asked for a post on the hill before the harvest of the wheat begins.",
    "Analysts say the group lives in the seam between two forces and strikes where neither of them looks.",
)


def invented_reports(count: int, words: int, seed: int = 7) -> list[Report]:
    """``count`` different English reports of about ``words`` words each."""
    rng = random.Random(seed)  # noqa: S311 - for variety, not for secrets
    start = datetime(2019, 1, 6, 9, tzinfo=UTC)
    made = []
    for number in range(count):
        published = start + timedelta(hours=4 * number)
        place, day = rng.choice(PLACES), (published - timedelta(days=1)).strftime("%A")
        act = rng.choice(ACTS)
        lead = act.format(force=rng.choice(FORCES), place=place, day=day, n=rng.randint(2, 9), m=rng.randint(2, 12))
        body = [lead]
        while sum(len(s.split()) for s in body) < words:
            body.append(rng.choice(MORE))
        text = "\n\n".join(" ".join(body[i : i + 3]) for i in range(0, len(body), 3))
        title = f"Security incident near {place}, bulletin {number + 1}"
        made.append(make_report(title, text, source=f"desk {number % 5}", published=published, day=published.date()))
    return made
