"""Heed's own records, JSON Lines, version 1: the one lossless way in and out."""
