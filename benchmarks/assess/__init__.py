"""Resurgence, change points and the scan statistic, measured on invented tables and shown on Iraq."""
