"""Small tables drawn as text: the form in which specifications are read by people who do not code."""


def rows(drawn: str) -> list[dict[str, str]]:
    """The rows of a table with a heading line and `|` between cells."""
    lines = [line for line in drawn.strip().splitlines() if line.strip()]
    heads, *cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    return [dict(zip(heads, row, strict=True)) for row in cells]
