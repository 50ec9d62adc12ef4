"""Contagion in days and kilometres: how far an event raises the risk of the next, beyond where events happen anyway."""
