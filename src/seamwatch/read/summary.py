"""What came of reading: counted while it streams by, so that nothing is lost without a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from seamwatch.errors import ReadError
from seamwatch.model import Report
from seamwatch.read.folder import Listing
from seamwatch.read.given import Outcome


@dataclass(frozen=True, slots=True)
class ReadSummary:
    """Files found, reports read, how many of these repeated one read before, errors, names passed over."""

    files: int = 0
    reports: int = 0
    repeated: int = 0
    errors: tuple[ReadError, ...] = ()
    skipped: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 if everything was read, 1 if anything was not."""
        return 1 if self.errors else 0


class Tally:
    """Counts outcomes on their way: ``for outcome in tally.through(read_listing(listing)): …``, then `summary`."""

    def __init__(self, listing: Listing | None = None) -> None:
        self._listing = listing
        self._seen: set[str] = set()
        self._reports = 0
        self._errors: list[ReadError] = []

    def through(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """The same outcomes, counted."""
        for outcome in outcomes:
            if isinstance(outcome, Report):
                self._reports += 1
                self._seen.add(outcome.id)
            else:
                self._errors.append(outcome)
            yield outcome

    def summary(self) -> ReadSummary:
        """What has been counted so far."""
        files, skipped = (len(self._listing.files), self._listing.skipped) if self._listing else (0, ())
        repeated = self._reports - len(self._seen)
        return ReadSummary(files, self._reports, repeated, tuple(self._errors), skipped)
