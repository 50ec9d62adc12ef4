"""Seamwatch: one picture of security incidents from a folder of reports, in which every value keeps its words."""

__version__ = "0.1.0"
