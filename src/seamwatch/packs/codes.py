"""The codes that may be used: read from the pack's ``codes.toml``, checked against what is coded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from seamwatch.errors import ModelError, PackError
from seamwatch.model import Draft, Statement

Labels = Mapping[str, str]  # language -> the word people read


@dataclass(frozen=True, slots=True)
class IncidentType:
    """A type of the codebook's table; ``rank`` 0 is the gravest."""

    code: str
    rank: int
    labels: Labels
    acled: str
    ucdp: str


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor code. ``group`` is whose toll its members are; ``side`` groups actors for coarse comparison.

    ``covers`` are the more specific codes that a general one may stand for ("Iraqi forces": the army, the police …).
    ``abroad``: it has a name of its own, so that it may be meant in other countries than the pack's too.
    """

    code: str
    group: str
    side: str
    labels: Labels
    covers: frozenset[str] = frozenset()
    abroad: bool = False


@dataclass(frozen=True, slots=True)
class Codes:
    """All codes of a pack."""

    types: Mapping[str, IncidentType]
    actors: Mapping[str, Actor]
    groups: Mapping[str, Labels]
    outcomes: Mapping[str, Labels]
    means: Mapping[str, Labels]
    statements: Mapping[str, Labels]

    def label(self, code: str, lang: str = "en") -> str:
        """The word for any code in a language, else in English, else the code itself."""
        for table in (self.types, self.actors):
            if code in table:
                return table[code].labels.get(lang) or table[code].labels.get("en", code)
        for labels in (self.groups, self.outcomes, self.means, self.statements):
            if code in labels:
                return labels[code].get(lang) or labels[code].get("en", code)
        return code

    def gravest(self, *types: str) -> str:
        """The gravest of some types, by the order of the codebook's table."""
        return min(types, key=lambda code: self.types[code].rank)

    def check(self, draft: Draft) -> None:
        """Raise ModelError where a draft uses a code that the pack does not have."""
        used: list[tuple[str, str, Mapping[str, object]]] = [("type", draft.type.value, self.types)]
        used += [("initiator", c.value, self.actors) for c in draft.initiator]
        used += [("target", c.value, self.actors) for c in draft.target]
        used += [("means", c.value, self.means) for c in draft.means]
        used += [("toll group", c.value.group, self.groups) for c in draft.toll]
        used += [("toll outcome", c.value.outcome, self.outcomes) for c in draft.toll]
        used += [("claimed_by", draft.claimed_by.value, self.actors)] if draft.claimed_by else []
        for name, code, table in used:
            if code not in table:
                raise ModelError(f"got {code!r}", where=f"{draft.key} {name}", rule=f"one of {', '.join(table)}")

    def check_statement(self, statement: Statement) -> None:
        """Raise ModelError where a statement's kind is not the pack's."""
        if statement.kind not in self.statements:
            rule = f"one of {', '.join(self.statements)}"
            raise ModelError(f"got {statement.kind!r}", where=f"{statement.report_id} statement kind", rule=rule)


def parse_codes(raw: Mapping[str, Any], *, where: str) -> Codes:
    """Codes from the merged tables of ``codes.toml`` files; raises PackError on a table or label that is missing."""
    try:
        types = {
            code: IncidentType(code, rank, _labels(t), t.get("acled", ""), t.get("ucdp", ""))
            for rank, (code, t) in enumerate(raw["types"].items())
        }
        actors = {
            code: Actor(
                code,
                a["group"],
                a.get("side", "other"),
                _labels(a),
                frozenset(a.get("covers", ())),
                bool(a.get("abroad")),
            )
            for code, a in raw["actors"].items()
        }
        plain = [
            {code: _labels(t) for code, t in raw[n].items()} for n in ("groups", "outcomes", "means", "statements")
        ]
    except (KeyError, AttributeError, TypeError) as error:
        raise PackError(f"missing or malformed {error}", where=where, rule="tables types, actors, groups, …") from error
    for actor in actors.values():
        if actor.group not in plain[0]:
            raise PackError(
                f"group {actor.group!r} of {actor.code!r}", where=where, rule=f"one of {', '.join(plain[0])}"
            )
        if strange := sorted(actor.covers - actors.keys()):
            raise PackError(f"{actor.code!r} covers {', '.join(strange)}", where=where, rule="codes of [actors]")
    return Codes(types, actors, *plain)


def _labels(table: Mapping[str, Any]) -> Labels:
    return {lang: str(table[lang]) for lang in ("en", "ar", "ckb") if lang in table}
