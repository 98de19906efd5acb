"""Formats in which records leave the house for people and other systems: written, never read.

Each takes records that were checked for third parties and a `Stamp`: who took them out, when, for what, under which
number of the ledger. The stamp travels in the file wherever the format has a place for it.
"""
