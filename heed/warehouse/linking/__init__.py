"""Splink on DuckDB: trains the linking model, and finds all pairs of a county at once.

One arriving record is linked by the core alone, with the same keys, levels and weights.
"""
