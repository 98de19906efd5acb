"""Filling an empty house with the fictional county, as its agencies would have."""
