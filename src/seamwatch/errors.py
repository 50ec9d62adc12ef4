"""The one tree of errors. Every message says what, where, which rule, the value got, and what to do.

SeamwatchError
├── ConfigError          a setting or command argument that cannot be used
├── PackError            a pack (codes, lexicon, places) that breaks its own rules
├── ModelError           a value that the codebook does not allow
├── ReadError            a file or feed that cannot be read; the rest goes on
├── ModelServerError     a language model's endpoint that gives nothing usable
├── GazetteerError       places cannot be looked up: nothing loaded, or a broken index
├── LedgerError          the node's memory
│   ├── NodeLocked       another process is writing
│   └── NodeFull         the disk is full or read-only
├── TrustError           a key, certificate or signature that does not hold
├── ShareError           what comes from a partner, or is meant for one, cannot be used
│   └── ReleaseRefused   what was asked for may not be released
└── BriefError           a brief that cannot be drawn
"""

from __future__ import annotations


class SeamwatchError(Exception):
    """Base of all errors that Seamwatch raises on purpose.

    ``where`` names the file, entry or field; ``rule`` the rule that it breaks; ``remedy`` what the user can do.
    """

    def __init__(self, what: str, *, where: str = "", rule: str = "", remedy: str = "") -> None:
        self.what, self.where, self.rule, self.remedy = what, where, rule, remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        """One line: where: what (rule). remedy."""
        line = f"{self.where}: {self.what}" if self.where else self.what
        if self.rule:
            line += f" (rule: {self.rule})"
        return " ".join(f"{line}; {self.remedy}".split()) if self.remedy else " ".join(line.split())

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way between processes with every part."""
        return _rebuild, (type(self), self.what, self.where, self.rule, self.remedy)


def _rebuild(cls: type[SeamwatchError], what: str, where: str, rule: str, remedy: str) -> SeamwatchError:
    return cls(what, where=where, rule=rule, remedy=remedy)


class ConfigError(SeamwatchError):
    """A setting or command argument that cannot be used."""


class PackError(SeamwatchError):
    """A pack that breaks its own rules."""


class ModelError(SeamwatchError, ValueError):
    """A value that the codebook does not allow."""


class ReadError(SeamwatchError):
    """A file or feed that cannot be read."""


class ModelServerError(SeamwatchError):
    """A language model's endpoint gave nothing usable."""


class GazetteerError(SeamwatchError):
    """Places cannot be looked up."""


class LedgerError(SeamwatchError):
    """The node's memory cannot be used."""


class NodeLocked(LedgerError):
    """Another process is writing to the node."""


class NodeFull(LedgerError):
    """The disk is full or read-only."""


class TrustError(SeamwatchError):
    """A key, certificate or signature that does not hold."""


class ShareError(SeamwatchError):
    """What comes from a partner, or is meant for one, cannot be used."""


class ReleaseRefused(ShareError):
    """What was asked for may not be released."""


class BriefError(SeamwatchError):
    """A brief that cannot be drawn."""
