"""Settings for all tests: hypothesis is repeatable and never judges by the clock, which is benchmarks' business; names
are never looked up in what the user of this machine imported, nor forecasts stored there; tests of the coder's rules
are of the rules alone.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("seamwatch", deadline=None, derandomize=True)
settings.load_profile("seamwatch")

os.environ["SEAMWATCH_GAZETTEER"] = "none"
os.environ["SEAMWATCH_FORECASTS"] = "none"

OF_RULES = ("code", "golden")  # folders of tests
WITH_READERS = ("test_readers", "test_coder_laws")  # but these: what the learned readers choose is tested too


@pytest.fixture(autouse=True, scope="module")
def _rules_alone(request: pytest.FixtureRequest) -> Iterator[None]:
    """No learned reader in tests of wording: a rule is right or wrong by itself, whatever the weights of the day."""
    with pytest.MonkeyPatch.context() as patch:
        if request.path.parent.name in OF_RULES and request.path.stem not in WITH_READERS:
            patch.setattr("seamwatch.code.coder.load_readers", lambda _: {})
        yield
