"""How types and groups are drawn, and which types count as attacks: `style.toml`."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """Colour (hex) and marker (a name of `markers`) of a type."""

    colour: str
    marker: str
    attack: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """The whole of `style.toml`."""

    types: Mapping[str, TypeStyle]
    other: TypeStyle
    groups: Mapping[str, str]

    def of(self, code: str) -> TypeStyle:
        """A type's style; a type that the file does not have is drawn as any other thing."""
        return self.types.get(code, self.other)


@functools.cache
def load_style() -> Style:
    """The style that ships with Seamwatch."""
    raw = tomllib.loads((resources.files("seamwatch.brief") / "style.toml").read_text("utf-8"))
    types = {code: TypeStyle(**table) for code, table in raw["types"].items()}
    return Style(types, TypeStyle(**raw["other"]), raw["groups"])
