"""Settings for all tests: hypothesis is repeatable and never judges by the clock, which is benchmarks' business."""

from hypothesis import settings

settings.register_profile("seamwatch", deadline=None, derandomize=True)
settings.load_profile("seamwatch")
