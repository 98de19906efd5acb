"""The family of errors that a person can cause and mend: shown to them as it stands, never with a traceback."""


class Explained(Exception):
    """One paragraph: what is wrong, where, what was expected, what to do. Holds no name of a child."""
