"""Incidents: claims with their words, contradictions with every claim, ids that stay."""

from datetime import date

from seamwatch.merge import incident_id, incident_of, items_of, merge
from seamwatch.model import Claim, Coding, Count, DateSpan, Draft, Figure, Place, PlaceMention, Span, make_report
from seamwatch.packs import load_pack

CODES = load_pack().codes
PLACE = Place("Hill Nine", "resolved", 35.4, 44.1, 5.0, "exact")


def reported(source: str, killed: int) -> tuple[Coding, object]:
    text = f"Militants stormed an army post at Hill Nine on 1 May. They killed {killed} soldiers, {source} said."
    report = make_report("Attack", text, source=source, day=date(2020, 5, 2))

    def words(quote: str) -> tuple[Span, ...]:
        return (Span("text", text.index(quote), text.index(quote) + len(quote), quote, "test"),)

    draft = Draft(
        report.id,
        0,
        Claim("armed_clash", words("stormed")),
        date=Claim(DateSpan(date(2020, 5, 1), date(2020, 5, 1)), words("1 May")),
        place=Claim(PlaceMention("Hill Nine"), words("Hill Nine")),
        initiator=(Claim("militants", words("Militants")),),
        target=(Claim("iraqi_army", words("army")), Claim("iraqi_army", words("soldiers"))),
        toll=(Claim(Count("forces", "killed", Figure.exactly(killed)), words(f"killed {killed}")),),
        means=(Claim("small_arms", words("stormed")),),
        location=PLACE,
    )
    return Coding(report.id, "rules", (draft,)), report


def test_two_sources_one_incident_every_claim_with_its_words():
    told = [reported("A", 13), reported("B", 10)]
    (incident,) = merge(items_of([c for c, _ in told], [r for _, r in told]), CODES)
    assert incident.sources == ("A", "B") and len(incident.claims) == 14
    assert all(claim.spans and claim.source in "AB" for claim in incident.claims)
    target = next(c for c in incident.claims if c.field == "target")
    assert [s.quote for s in target.spans] == ["army", "soldiers"]
    (dispute,) = incident.contradictions
    assert dispute.field == "toll.forces.killed" and sorted(c.value for c in dispute.claims) == ["10", "13"]
    assert incident.record.figure("killed", "forces") == Figure(10, 13, incident.record.toll[0].figure.best)


def test_the_id_stays_when_later_reports_join(item):
    first = item("m#0", day=date(2020, 5, 2))
    late = [item("a#0", day=date(2020, 5, 4)), item("z#0", day=None)]
    assert incident_id([first]) == incident_id([*late, first]) == incident_of([*late, first], CODES).id
    assert incident_id([first]) != incident_id([item("k#0", day=date(2020, 5, 1)), first])
    assert len(incident_id([first])) == 14 and incident_id([first]).startswith("i-")


def test_values_as_people_read_them(item):
    told = item("a#0", killed=Figure(2, None), duration_minutes=60, claimed_by="isis", other_places=("Ford",))
    values = {c.field: c.value for c in incident_of([told], CODES).claims}
    assert values["toll.forces.killed"] == "≥2" and values["date"] == "2020-05-01 – 2020-05-02"
    assert (values["duration_minutes"], values["claimed_by"], values["other_places"]) == ("60", "isis", "Ford")
