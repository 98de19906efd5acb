"""A pack of a review: what was known on a day, under pseudonyms, in words that no name is left in."""
