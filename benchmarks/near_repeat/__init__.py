"""Near repeats measured."""
