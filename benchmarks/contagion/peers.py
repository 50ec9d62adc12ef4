"""Other packages' time-only fits on a file of times, run by the python of an environment that has them.

    PYTHON -m benchmarks.contagion.peers TIMES.npy END    (no Seamwatch needed)

One JSON line a package: seconds of the second of two fits, rate, k and decay; or why it did not run.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

Found = tuple[float, float, float]


def omi(t: Any, end: float) -> Found:
    """`hawkes` (Omi): mu, alpha (events triggered) and beta."""
    from Hawkes import estimator  # type: ignore[import-not-found]

    model = estimator().set_kernel("exp").set_baseline("const")
    model.fit(t, [0, end])
    return float(model.parameter["mu"]), float(model.parameter["alpha"]), float(model.parameter["beta"])


def rust(t: Any, end: float) -> Found:
    """`hawkes-rs`: its own branching ratio stands for k."""
    from hawkes import univariate  # type: ignore[import-not-found]

    found = univariate.fit(np.ascontiguousarray(t), end)
    return float(found.parameters.baseline), float(found.branching_ratio()), float(found.parameters.decay)


def intensify(t: Any, end: float) -> Found:
    """`intensify`: its univariate process with an exponential kernel alpha * beta * exp(-beta * lag)."""
    import intensify as package  # type: ignore[import-not-found]

    model = package.UnivariateHawkes(len(t) / end / 2, package.ExponentialKernel(0.4, 1.0))
    model.fit(np.asarray(t), T=end)
    return float(model.mu), float(model.kernel.alpha), float(model.kernel.beta)


PEERS: dict[str, Callable[[Any, float], Found]] = {"hawkes (Omi)": omi, "hawkes-rs": rust, "intensify": intensify}


def main() -> None:
    """Run each and say what came of it."""
    t, end = np.load(sys.argv[1]), float(sys.argv[2])
    for name, peer in PEERS.items():
        try:
            peer(t[:500], float(t[500]))
            begun = time.perf_counter()
            rate, k, decay = peer(t, end)
        except Exception as error:
            print(json.dumps({"peer": name, "skipped": f"{type(error).__name__}: {error}"[:200]}), flush=True)
            continue
        took = time.perf_counter() - begun
        print(json.dumps({"peer": name, "seconds": took, "rate": rate, "k": k, "decay": decay}), flush=True)


if __name__ == "__main__":
    main()
