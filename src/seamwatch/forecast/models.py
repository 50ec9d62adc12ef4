"""Every forecaster by its name; a module with heavy libraries is imported when one of its models is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from seamwatch.errors import ConfigError
from seamwatch.forecast.task import Forecaster

_MADE_BY: dict[str, tuple[str, str, dict[str, object]]] = {  # module, class, what it is made with
    "zero": ("seamwatch.forecast.benchmarks", "Zero", {}),
    "last": ("seamwatch.forecast.benchmarks", "LastPoisson", {}),
    "conflictology12": ("seamwatch.forecast.benchmarks", "Conflictology", {"months": 12}),
    "conflictology36": ("seamwatch.forecast.benchmarks", "Conflictology", {"months": 36}),
    "neighbours12": ("seamwatch.forecast.benchmarks", "Neighbours", {}),
    "bootstrap240": ("seamwatch.forecast.benchmarks", "Bootstrap", {}),
    "ewma_nb": ("seamwatch.forecast.counts", "EwmaNegativeBinomial", {}),
    "zinb": ("seamwatch.forecast.counts", "ZeroInflated", {}),
    "trees": ("seamwatch.forecast.trees", "Trees", {"with_pool": False}),
    "trees_pool": ("seamwatch.forecast.trees", "Trees", {"with_pool": True}),
    "stack": ("seamwatch.forecast.stack", "Stack", {}),
}
MODELS = tuple(_MADE_BY)
BENCHMARKS = MODELS[:6]
DEFAULT = "stack"


def model(name: str) -> Forecaster:
    """The forecaster of that name. Raises ConfigError on a name that is not one of MODELS."""
    if name not in _MADE_BY:
        raise ConfigError(f"got {name!r}", where="model", rule="one of " + ", ".join(MODELS))
    module, made, settings = _MADE_BY[name]
    return cast(Forecaster, getattr(import_module(module), made)(**settings))
