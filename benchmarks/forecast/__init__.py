"""Forecasts measured."""
