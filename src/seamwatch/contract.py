"""Commands with a stable contract, as functions: JSON lines in, JSON lines or clusters out, in constant memory."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from pathlib import Path

from seamwatch.code.llm import FELL_BACK
from seamwatch.errors import ConfigError, ReadError
from seamwatch.files import not_the_same, whole_file
from seamwatch.ledger import Node
from seamwatch.merge import cluster, items_from_lines
from seamwatch.model import Coding, Report
from seamwatch.packs import Pack
from seamwatch.place import senses_of, toponym_json, toponyms
from seamwatch.read import Text, bounded_lines, read_jsonl, read_source, read_texts
from seamwatch.single import FULL, NOT_CODED, Coder, code_and_place, code_or_say, open_gazetteer
from seamwatch.streams import Tick, paired_map, quiet
from seamwatch.wire import codebook_coding


def code_lines(
    source: Path, target: Path, pack: Pack, *, coder: Coder = FULL, jobs: int = 1, tick: Tick = quiet
) -> list[ReadError]:
    """Code the reports of a JSON lines file: one line out for each report in, in order. Returns what was not read.

    The target is written beside itself and moved into place at the end, so it is never half there. Raises ConfigError
    where it is the source.
    """
    errors: list[ReadError] = []
    not_the_same(source, target)
    open_gazetteer(pack)

    def reports() -> Iterator[Report]:
        with source.open("rb") as lines:
            for found in read_jsonl(bounded_lines(lines), str(source), utc_offset_hours=pack.utc_offset_hours):
                if isinstance(found, Report):
                    yield found
                else:
                    errors.append(found)

    with whole_file(target) as out:
        coded = paired_map(functools.partial(_coded_line, pack=pack, coder=coder), reports(), jobs=jobs)
        for done, (line, fault) in enumerate((line for _, line in coded), 1):
            out.write(line.encode("utf-8", "backslashreplace"))
            errors += [ReadError(fault, where=str(source))] if fault else []
            tick("coding", done, None)
    return errors


def _coded_line(report: Report, pack: Pack, coder: Coder) -> tuple[str, str]:
    """A report's line, and the fault that kept it from being coded (as asked), if any."""
    coding = code_or_say(report, pack, coder)
    line = json.dumps(codebook_coding(coding, report), ensure_ascii=False) + "\n"
    fault = next((note for note in coding.notes if note.startswith((NOT_CODED, FELL_BACK))), "")
    return line, f"{report.name}: {fault}" if fault else ""


def places_lines(source: Path, target: Path, pack: Pack, *, jobs: int = 1, tick: Tick = quiet) -> list[ReadError]:
    """Find and place all toponyms of a JSON lines file: one line out for each text in, in order.

    In: ``{"id", "text"}``, with ``"spans": [[start, end], …]`` where the names are known and only to be placed. Returns
    what was not read. Raises ConfigError where the target is the source.
    """
    errors: list[ReadError] = []
    not_the_same(source, target)
    open_gazetteer(pack)

    def texts() -> Iterator[Text]:
        with source.open("rb") as lines:
            for found in read_texts(bounded_lines(lines), str(source)):
                if isinstance(found, Text):
                    yield found
                else:
                    errors.append(found)

    with whole_file(target) as out:
        placed = paired_map(functools.partial(_placed_line, pack=pack), texts(), jobs=jobs)
        for done, (line, fault) in enumerate((line for _, line in placed), 1):
            out.write(line.encode("utf-8", "backslashreplace"))
            errors += [ReadError(fault, where=str(source))] if fault else []
            tick("placing", done, None)
    return errors


def _placed_line(text: Text, pack: Pack) -> tuple[str, str]:
    """A text's line, and the fault of ours that kept its names from being found, if any."""
    fault, found = "", []
    try:
        found = toponyms(text.text, senses_of(open_gazetteer(pack)), text.spans)
    except Exception as error:  # one text must not stop the others; it is said, and its line says nothing
        fault = (
            f"{text.id}: places not found, by a fault of Seamwatch (please report it): {type(error).__name__} {error}"
        )
    line = json.dumps({"id": text.id, "toponyms": [toponym_json(t) for t in found]}, ensure_ascii=False) + "\n"
    return line, fault


def merge_lines(source: Path, target: Path, pack: Pack) -> list[ReadError]:
    """Write which incidents of a coded file are one: a JSON list of lists of ``"id#k"``. Returns what was not read."""
    not_the_same(source, target)
    with source.open(encoding="utf-8-sig", errors="replace") as lines:
        items, errors = items_from_lines(lines, where=str(source))
    with whole_file(target) as out:
        text = json.dumps(cluster(items, codes=pack.codes), ensure_ascii=False, indent=0) + "\n"
        out.write(text.encode("utf-8", "backslashreplace"))
    return list(errors)


def explained(report: str, node: Path | None, pack: Pack) -> Iterator[tuple[Report, Coding] | ReadError]:
    """The reports of a file (or, with a node, the one of that id) with their codings, and an error for each other."""
    if node is not None:
        with Node.open(node, create=False, readonly=True) as memory:
            found: Iterator[Report | ReadError] = iter((memory.report(report),))
    elif Path(report).is_dir():
        raise ConfigError("a folder", where=report or ".", rule="explain shows one file", remedy="name a file in it")
    else:
        found = read_source(report, pack.utc_offset_hours)
    empty = True
    for outcome in found:
        empty = False
        yield outcome if isinstance(outcome, ReadError) else (outcome, code_and_place(outcome, pack))
    if empty:
        raise ConfigError("no report in it", where=report, rule="explain shows reports", remedy="name a report's file")
