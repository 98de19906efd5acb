"""A fictional return full of slips: every column drawn from right and wrong values, by a seed."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

YEAR_END = date(2026, 3, 31)
CODES = {
    "RNE": "S S L P T B U",
    "LS": "C1 C2 D1 E1 V2 V3 V4 L1 L2 L3 J1 J2 J3",
    "CIN": "N1 N2 N3 N4 N5 N6 N7 N8",
    "PLACE": "A3 A4 A5 A6 K1 K2 K3 P1 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T3 T4 U1 U2 U3 U4 U5 U6 Z11 Z12",
    "PLACE_PROVIDER": "PR0 PR1 PR2 PR3 PR4 PR5",
    "REC": "X1 X1 X1 X1 X1 X1 E11 E12 E2 E3 E4A E4B E13 E41 E45 E46 E47 E48 E5 E6 E7 E9 E14 E15 E16 E17 E8",
    "REASON_PLACE_CHANGE": "CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE CUSTOD OTHER",
}
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
MISSING = "CHILD,DOB,MISSING,MIS_START,MIS_END"
POSTCODES = ("ZZ1 2AB", "ZZ1 3CD", "ZZ1 4EF", "")
UPNS = ("UN1", "UN2", "UN4", "", "P000000000001", "P00000000000B", "I000000000001", "p0000", "UN9")


def write(folder: Path, *, seed: int, children: int, rough: bool) -> Path:
    """Header, Episodes and Missing of so many children, as CSV files in a folder. Unless it is rough, every child has
    one row of Header, and every day an episode began is a day."""
    chance = Random(seed)
    tables: dict[str, list[list[str]]] = {"header": [], "episodes": [], "missing": []}
    for number in range(children):
        _child(chance, str(20_000 + number), tables, rough)
    for name, heading in (("header", HEADER), ("episodes", EPISODES), ("missing", MISSING)):
        lines = [heading, *(",".join(row) for row in tables[name])]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n")
    return folder


def _child(chance: Random, number: str, tables: dict[str, list[list[str]]], rough: bool) -> None:
    born = YEAR_END - timedelta(days=chance.randrange(-60, 20 * 365))
    if chance.random() < 0.1:  # a birthday on a day that matters
        born = date(YEAR_END.year - chance.choice((10, 14, 16, 18)), 3, 31)
    told = _day(chance, born, 0.04)
    for _ in range(1 if chance.random() < 0.93 or not rough else chance.choice((0, 2))):
        mother = chance.choice(("", "", "0", "1"))
        hers = (
            _day(chance, YEAR_END - timedelta(days=chance.randrange(-40, 6000)), 0.1)
            if chance.random() < 0.2
            else ""
        )
        upn = chance.choice(UPNS) if chance.random() < 0.4 else f"A{int(number):012}"
        tables["header"].append([number, chance.choice("MFU"), told, "NOBT", upn, mother, hers])
    episodes = _episodes(chance, number, 0.02 if rough else 0)
    tables["episodes"] += episodes
    for start in sorted({chance.randrange(420) for _ in range(chance.choice((0, 0, 1, 1, 2)))}):
        tables["missing"].append(_missing(chance, number, told, born, start))


def _episodes(chance: Random, number: str, wrong: float) -> list[list[str]]:
    rows: list[list[str]] = []
    day = YEAR_END - timedelta(days=chance.randrange(-20, 1500))
    if chance.random() < 0.03:
        day = date(chance.choice((1991, 2005)), 10, 13)
    for _ in range(chance.choice((1, 1, 2, 3, 4, 5))):
        length = chance.choice((0, 1, 3, 4, 7, 8, 17, 18, 21, 22, 42, 43, 80, 200))
        end = day + timedelta(days=length)
        row = {name: _code(chance, name, rows) for name in CODES}
        row |= {"CHILD": number, "DECOM": _day(chance, day, wrong), "DEC": _day(chance, end, wrong)}
        if chance.random() < 0.15:
            row["DEC"] = row["REC"] = ""
        row |= {post: chance.choice(POSTCODES) for post in ("HOME_POST", "PL_POST")}
        row["URN"] = chance.choice(("", "", "SC000001", "1234567", "XXXXXXX"))
        if chance.random() < 0.5:
            row["REASON_PLACE_CHANGE"] = ""
        if rows and chance.random() < 0.4:  # the placement of the last episode again
            last = dict(zip(EPISODES.split(","), rows[-1], strict=True))
            row |= {name: last[name] for name in ("PLACE", "PL_POST", "URN", "PLACE_PROVIDER")}
        rows.append([row[name] for name in EPISODES.split(",")])
        day = end + timedelta(days=chance.choice((0, 0, 0, 0, 1, 30)) if length else 1)
    return rows


def _code(chance: Random, name: str, rows: list[list[str]]) -> str:
    """A code of the list; now and then none, one that there is not, or the one of the row before."""
    turn = chance.random()
    if turn < 0.03:
        return ""
    if turn < 0.05:
        return "Q9"
    if rows and turn < 0.4 and name in ("LS", "CIN"):
        return rows[-1][EPISODES.split(",").index(name)]
    return chance.choice(CODES[name].split())


def _missing(chance: Random, number: str, told: str, born: date, start: int) -> list[str]:
    first = YEAR_END - timedelta(days=start)
    if chance.random() < 0.05:
        first = born
    last = first + timedelta(days=chance.choice((-1, 0, 1, 5, 40)))
    if chance.random() < 0.1 and born.year + 18 in (2025, 2026):  # missing until the eighteenth birthday
        last = born.replace(year=born.year + 18)
    start_text, end_text = (
        _day(chance, first, 0.05),
        _day(chance, last, 0.05) if chance.random() < 0.85 else "",
    )
    dob = told if chance.random() < 0.9 else "01/02/2010"
    return [number, dob, chance.choice(("M", "M", "A", "", "X")), start_text, end_text]


def _day(chance: Random, day: date, wrong: float) -> str:
    """A day as the return writes it; now and then something else."""
    return chance.choice(("", "31/02/2025", "soon")) if chance.random() < wrong else day.strftime("%d/%m/%Y")
