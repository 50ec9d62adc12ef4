"""What a language model is asked: the rules in words, the codes of the pack, and the JSON schema of the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any, get_args

from seamwatch.model import Relation, Report
from seamwatch.packs import Codes, Pack

Schema = dict[str, Any]
Message = dict[str, str]
MAX_CHARS = 24_000  # of a report's text that a model is shown; the coding says where that cut something off


def schema(codes: Codes) -> Schema:
    """The JSON schema of an answer, with the pack's codes as the only values; every field is required, none is free."""
    quote = {"type": "string", "minLength": 1}
    whole = {"type": "integer", "minimum": 0}
    coded = {name: _object(value=_one_of(table), quote=quote) for name, table in _tables(codes).items()}
    incident = _object(
        type=coded["types"],
        date=_maybe(_object(first={"type": "string"}, last={"type": "string"}, quote=quote)),
        place=_maybe(
            _object(
                name=quote,
                relation=_one_of(r for r in get_args(Relation) if r != "offset"),
                to=_maybe(quote),
                within={"type": "array", "items": quote},
                quote=quote,
            )
        ),
        initiator=_list(coded["actors"]),
        target=_list(coded["actors"]),
        toll=_list(
            _object(
                group=_one_of(codes.groups), outcome=_one_of(codes.outcomes), low=whole, high=_maybe(whole), quote=quote
            )
        ),
        means=_list(coded["means"]),
        duration_minutes=_maybe(_object(value=whole, quote=quote)),
        claimed_by=_maybe(coded["actors"]),
    )
    return _object(incidents=_list(incident), statements=_list(_object(kind=_one_of(codes.statements), quote=quote)))


def messages(report: Report, pack: Pack) -> list[Message]:
    """The conversation that asks for a report's coding."""
    lists = "\n".join(f"{name}: " + _listed(table) for name, table in _labelled(pack.codes).items())
    rules = files(__package__).joinpath("prompt.md").read_text("utf-8")
    asked = (
        f"Date of the report: {report.day or 'unknown'}\nSource: {report.source or 'unknown'}\n"
        f"Title: {report.title}\n\nText:\n{report.text[:MAX_CHARS]}"
    )
    return [{"role": "system", "content": f"{rules}\nCodes\n{lists}"}, {"role": "user", "content": asked}]


def _tables(codes: Codes) -> Mapping[str, Iterable[str]]:
    return {"types": codes.types, "actors": codes.actors, "means": codes.means}


def _labelled(codes: Codes) -> Mapping[str, Iterable[tuple[str, str]]]:
    tables = {**_tables(codes), "groups": codes.groups, "statement kinds": codes.statements}
    return {name: [(code, codes.label(code)) for code in table] for name, table in tables.items()}


def _listed(table: Iterable[tuple[str, str]]) -> str:
    return ", ".join(code if code.replace("_", " ") == label.lower() else f"{code} ({label})" for code, label in table)


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _one_of(values: Iterable[str]) -> Schema:
    return {"type": "string", "enum": list(values)}


def _maybe(inner: Schema) -> Schema:
    return {"anyOf": [inner, {"type": "null"}]}
