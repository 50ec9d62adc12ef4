"""An ordered map over processes in constant memory: what `seamwatch code` and `seamwatch watch` run reports through."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")

CHUNK = 64
AHEAD = 4  # chunks in flight for each process
Tick = Callable[[str, int, int | None], None]  # progress: what, how many done, of how many (None: not known)


def quiet(what: str, done: int, total: int | None = None) -> None:
    """The progress that nobody looks at."""


def batched(items: Iterable[A], size: int) -> Iterator[list[A]]:
    """Lists of at most ``size`` items, in order."""
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch


def paired_map(
    function: Callable[[A], B], items: Iterable[A], *, jobs: int = 1, chunk: int = CHUNK
) -> Iterator[tuple[A, B]]:
    """Each item with what ``function`` makes of it, in the order of the items, a few chunks in memory at the most.

    With ``jobs`` above 1 the function runs in that many processes, so it and the items must pickle; what it raises is
    raised here.
    """
    if jobs <= 1:
        yield from ((item, function(item)) for item in items)
        return
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting: deque[tuple[list[A], Future[list[B]]]] = deque()
        for batch in batched(items, chunk):
            waiting.append((batch, pool.submit(_apply, function, batch)))
            if len(waiting) >= jobs * AHEAD:
                yield from _ready(*waiting.popleft())
        while waiting:
            yield from _ready(*waiting.popleft())


def _ready(batch: list[A], done: Future[list[B]]) -> Iterator[tuple[A, B]]:
    return zip(batch, done.result(), strict=True)


def _apply(function: Callable[[A], B], batch: list[A]) -> list[B]:
    return [function(item) for item in batch]
