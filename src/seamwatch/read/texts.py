"""Texts that are no reports, as JSON Lines: an id, the text, and perhaps where names stand in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from seamwatch.errors import ReadError
from seamwatch.read.limits import LINE_MB

RULE = 'one JSON object a line: {"id", "text", "spans"?: [[start, end], ...]}'


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its id as given; ``spans`` are characters, start and end, None where none were given."""

    id: object
    text: str
    spans: tuple[tuple[int, int], ...] | None = None


def read_texts(lines: Iterable[bytes | None], where: str) -> Iterator[Text | ReadError]:
    """Texts of JSON Lines, one at a time; a bad line gives one error with its number. Blank lines are fine.

    None stands for a line that was too long to be read (`bounded_lines`). Spans outside the text are an error.
    """
    for number, line in enumerate(lines, 1):
        at = f"{where}:{number}"
        if line is None:
            yield ReadError("line too long", where=at, rule=f"at most {LINE_MB} MB a line", remedy="cut the text")
        elif plain := line.decode("utf-8", "replace").lstrip("\ufeff").strip():
            yield _text(plain, at)


def _text(line: str, at: str) -> Text | ReadError:
    try:
        row = json.loads(line, strict=False)
    except (ValueError, RecursionError) as error:
        return ReadError(f"not JSON: {error}", where=at, rule=RULE, remedy="mend this line")
    if not isinstance(row, dict):
        return ReadError(f"got {type(row).__name__}, not an object", where=at, rule=RULE, remedy="mend this line")
    text, ident = row.get("text"), row.get("id")
    if not isinstance(text, str):
        what, remedy = ("no text", "give it one") if text is None else (f"text is {text!r:.40}", "put it in quotes")
        return ReadError(what, where=at, rule=RULE, remedy=remedy)
    if not isinstance(ident, str | int) or isinstance(ident, bool):
        what = "no id" if ident is None else f"id is {ident!r:.40}"
        return ReadError(what, where=at, rule=RULE, remedy="give each text an id")
    if row.get("spans") is None:
        return Text(ident, text)
    spans = _spans(row["spans"], len(text))
    if spans is None:
        rule = f"pairs of characters [start, end], 0 <= start < end <= {len(text)}"
        return ReadError("spans cannot be used", where=at, rule=rule, remedy="count characters, not bytes")
    return Text(ident, text, spans)


def _spans(raw: object, size: int) -> tuple[tuple[int, int], ...] | None:
    """The spans, None where one is none."""
    if not isinstance(raw, list):
        return None
    found = []
    for pair in raw:
        if not (isinstance(pair, list) and len(pair) == 2 and all(type(n) is int for n in pair)):
            return None
        if not 0 <= pair[0] < pair[1] <= size:
            return None
        found.append((pair[0], pair[1]))
    return tuple(found)
