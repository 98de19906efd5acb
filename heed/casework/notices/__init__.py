"""Telling people: notices in the transaction of what they tell of, letters made of notices, letters carried."""
