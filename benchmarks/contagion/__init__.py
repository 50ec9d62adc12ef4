"""Contagion measured: speed, truth found again, a gain on real days, and other packages on the same events."""
