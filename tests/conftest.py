"""Settings for all tests: hypothesis is repeatable and never judges by the clock, which is benchmarks' business; names
are never looked up in what the user of this machine imported.
"""

import os

from hypothesis import settings

settings.register_profile("seamwatch", deadline=None, derandomize=True)
settings.load_profile("seamwatch")

os.environ["SEAMWATCH_GAZETTEER"] = "none"
