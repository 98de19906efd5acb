"""Keys too many sources hold: they say that a name is common or a number is a placeholder, not who is who.

A key held by `n` sources asks for `n * (n - 1) / 2` comparisons: without a limit a county ten times as large costs a
hundred times as much, nearly all of it on strangers of one common name. Sources that have more in common share
another key, and are compared by that. A live link and a batch pass over the same keys.
"""

MOST_HOLDERS = 40
"""Sources under one key, above which it is passed over. The fictional county of 65,000 sources reaches 26; a child has
three or four files as a rule, and fifteen at most."""

RULES = {
    "number": "the same number: a placeholder typed where a form demanded one, or a number of a family",
    "half": "half a number without a check digit and the beginning of a name: numbers of one series",
    "full": "the same full name and date of birth: the date may stand for 'not known'",
    "name": "the same two names: they are common here",
    "begin": "the same beginnings of both names in one year of birth: they are common here",
    "day": "the same date of birth with one name or one postcode: the date may stand for 'not known'",
    "sound": "names of one sound: they are common here",
    "with": "the same given name beside one other person: somebody named beside very many",
    "known": "the same name in passing, alone or with one vehicle, telephone, place or child: a name that many go by",
    "home": "the same postcode and given name: an institution, or a postcode that stands for 'not known'",
}
"""By the first word of a key: what it holds together, and why so many may hold one."""


def pairs_of(holders: int) -> int:
    """How many pairs a key with so many holders asks to be compared: none when it is crowded."""
    return 0 if crowded(holders) else holders * (holders - 1) // 2


def crowded(holders: int) -> bool:
    """Whether so many sources hold a key that it is passed over."""
    return holders > MOST_HOLDERS
