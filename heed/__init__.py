"""Heed: remember, join, notice, hold, watch, show."""

__version__ = "0.2.0"
