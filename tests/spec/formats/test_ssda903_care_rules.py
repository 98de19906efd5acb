"""The Department's rules on Episodes and Header, drawn as tables: a smallest return that breaks each, and one not.

Collection year 2025/26. One episode goes before a `>`, the next after it; each is `DECOM-DEC` and whatever differs from a
foster placement under a full care order. `..` is a blank end. That all of them agree with the published validator is
a drill; these say what each means.
"""

import pytest

from heed.formats.contract import Line
from heed.formats.ssda903.checking import broken_rules
from heed.formats.ssda903.days import CollectionYear
from heed.formats.ssda903.returned import Entry, Returned
from heed.formats.ssda903.tables import EPISODES, HEADER, MISSING, rule_words, tables
from tests.tables import rows

YEAR = CollectionYear(2026)
STAY = {
    "RNE": "S",
    "LS": "C2",
    "CIN": "N1",
    "PLACE": "U4",
    "PLACE_PROVIDER": "PR1",
    "URN": "SC000001",
    "REC": "X1",
}

EPISODE = """
rule | breaks it                                         | does not
141  | 31/04/2025-01/06/2025                             | 30/04/2025-01/06/2025
143  | 01/05/2025-.. RNE=Q                               | 01/05/2025-.. RNE=S
144  | 01/05/2025-.. LS=Q9                               | 01/05/2025-.. LS=C1
145  | 01/05/2025-.. CIN=N9                              | 01/05/2025-.. CIN=N8
146  | 01/05/2025-.. PLACE=H5                            | 01/05/2025-.. PLACE=K3
147  | 01/05/2025-soon                                   | 01/05/2025-01/06/2025
148  | 01/05/2025-01/06/2025 REC=                        | 01/05/2025-.. REC=
149  | 01/05/2025-01/06/2025 REC=E43                     | 01/05/2025-01/06/2025 REC=E45
178  | 01/05/2025-.. PLACE_PROVIDER=PR9                  | 01/05/2025-.. PLACE_PROVIDER=PR5
178  | 01/05/2025-.. PLACE=T1                            | 01/05/2025-.. PLACE=T4
213  | 01/05/2025-.. PLACE=T4                            | 01/05/2025-.. PLACE=T4 PLACE_PROVIDER=
214  | 01/05/2025-.. LS=V3                               | 01/05/2025-.. LS=V3 URN=
217  | 01/05/2025-.. PLACE=A3 RNE=P                      | 01/05/2025-.. PLACE=A3 RNE=T
222  | 01/05/2025-.. PLACE=P1                            | 01/05/2025-.. PLACE=P1 URN=XXXXXXX
242  | 01/05/2025-.. PLACE=K2 URN=XXXXXXX                | 01/05/2025-.. PLACE=U4 URN=XXXXXXX
353  | 13/10/1991-..                                     | 14/10/1991-..
354  | 01/04/2026-..                                     | 31/03/2026-..
355  | 01/05/2025-01/05/2025                             | 01/05/2025-02/05/2025
356  | 02/05/2025-01/05/2025                             | 01/05/2025-01/05/2025
365  | 01/05/2025-19/05/2025 LS=V3                       | 01/05/2025-18/05/2025 LS=V3
366  | 01/05/2025-.. LS=V3 RNE=P                         | 01/05/2025-.. LS=V3
378  | 01/05/2025-.. PLACE=P1 LS=V2                      | 01/05/2025-.. PLACE=P1
380  | 01/05/2025-.. PLACE=T1                            | 01/05/2025-.. PLACE=T1 RNE=P
381  | 01/05/2025-01/06/2025 PLACE=T1 REC=E4A            | 01/05/2025-01/06/2025 PLACE=T1
382  | 01/05/2025-.. PLACE=T1 LS=V4                      | 01/05/2025-.. PLACE=T1
384  | 01/05/2025-.. LS=V4                               | 01/05/2025-.. LS=V4 PLACE=U6
385  | 01/05/2025-01/04/2026                             | 01/05/2025-31/03/2026
390  | 01/05/2025-01/06/2025 REC=E11                     | 01/05/2025-01/06/2025 REC=E11 PLACE=A3
392d | 01/05/2025-.. HOME_POST=ZZ1 PL_POST=ZZ1           | 01/05/2025-.. HOME_POST=ZZ1 PL_POST=ZZ1 PLACE=P1
398  | 01/05/2025-.. LS=V4 HOME_POST=ZZ1                 | 01/05/2025-.. HOME_POST=ZZ1
408  | 01/05/2025-.. PLACE=A5                            | 01/05/2025-.. PLACE=A5 LS=E1
446  | 30/11/2005-.. LS=E1                               | 01/12/2005-.. LS=E1
516  | 01/05/2025-01/06/2025 REC=E45 PLACE=K2            | 01/05/2025-01/06/2025 REC=E45
526  | 01/05/2025-.. PLACE_PROVIDER=                     | 01/05/2025-.. PLACE=T0 PLACE_PROVIDER=
527  | 01/05/2025-.. PLACE=R5                            | 01/05/2025-.. PLACE=R1
528  | 01/05/2025-.. PLACE=R5 PLACE_PROVIDER=PR2         | 01/05/2025-.. PLACE_PROVIDER=PR2
529  | 01/05/2025-.. PLACE_PROVIDER=PR3                  | 01/05/2025-.. PLACE=S1 PLACE_PROVIDER=PR3
530  | 01/05/2025-.. PLACE=P1 PLACE_PROVIDER=PR4         | 01/05/2025-.. PLACE_PROVIDER=PR4
531  | 01/05/2025-.. PLACE=P1 PLACE_PROVIDER=PR5         | 01/05/2025-.. PLACE_PROVIDER=PR5
550  | 01/05/2025-.. PLACE_PROVIDER=PR0                  | 01/05/2025-.. PLACE=P1 PLACE_PROVIDER=PR0
1009 | 01/05/2025-.. REASON_PLACE_CHANGE=Q               | 01/05/2025-.. REASON_PLACE_CHANGE=CUSTOD
"""

FOLLOWING = """
rule | breaks it | does not
142 | 01/05/2025-.. > 01/06/2025-.. | 01/05/2025-01/06/2025 > 01/06/2025-..
225 | 01/05/2025-01/06/2025 > 01/06/2025-.. RNE=P | 01/05/2025-01/06/2025 > 01/06/2025-.. RNE=L
226 | 01/05/2025-.. PLACE=T1 REASON_PLACE_CHANGE=CLOSE | 01/05/2025-.. PLACE=T1
336 | 01/05/2025-01/06/2025 PLACE=K2 > 01/06/2025-.. PLACE=A3 | 01/05/2025-01/06/2025 > 01/06/2025-.. PLACE=A3
357 | 01/05/2025-.. RNE=P | 01/03/2025-.. RNE=P
361 | 01/05/2025-03/05/2025 LS=L1 > 03/05/2025-05/05/2025 LS=L1 | 01/05/2025-04/05/2025 LS=L1
362 | 01/05/2025-23/05/2025 LS=L2 | 01/05/2025-22/05/2025 LS=L2
363 | 01/05/2025-09/05/2025 LS=L3 | 01/05/2025-08/05/2025 LS=L3
364 | 01/05/2025-23/05/2025 LS=J2 | 01/05/2025-22/05/2025 LS=J2
367 | 01/05/2025-10/06/2025 LS=V3 > 01/09/2025-07/10/2025 LS=V3 | 01/05/2025-10/06/2025 LS=V3
377 | 01/05/2025-.. PLACE=T3 > 01/06/2025-.. PLACE=T3 > 01/07/2025-.. PLACE=T3 | 01/05/2025-.. PLACE=T3
383 | 01/05/2025-.. > 01/06/2025-.. PLACE=T1 > 01/07/2025-.. RNE=P | 01/05/2025-.. > 01/06/2025-.. > 01/07/2025-.. RNE=P
388 | 01/05/2025-01/06/2025 | 01/05/2025-01/06/2025 REC=E4A
388 | 01/05/2025-01/06/2025 REC=E4A > 01/06/2025-.. | 01/05/2025-01/06/2025 REC=E4A > 02/06/2025-..
426 | 01/05/2025-.. LS=V3 > 01/06/2025-.. LS=V4 | 01/05/2025-.. LS=V3 > 01/06/2025-.. LS=V3
431 | 01/05/2025-01/06/2025 > 01/06/2025-.. | 01/05/2025-01/06/2025 > 02/06/2025-..
432 | 01/05/2025-01/06/2025 REC=E4A > 02/06/2025-.. RNE=P | 01/05/2025-01/06/2025 REC=E4A > 02/06/2025-..
433 | 01/05/2025-01/06/2025 > 02/06/2025-.. RNE=P | 01/05/2025-01/06/2025 > 01/06/2025-.. RNE=P
434 | 01/05/2025-01/06/2025 > 01/06/2025-.. RNE=L | 01/05/2025-01/06/2025 > 01/06/2025-.. RNE=L LS=C1
435 | 01/05/2025-01/06/2025 > 01/06/2025-.. RNE=P LS=C1 | 01/05/2025-01/06/2025 > 01/06/2025-.. RNE=P PLACE=K2
436 | 01/05/2025-01/06/2025 > 01/06/2025-.. RNE=B PLACE=K2 | 01/05/2025-01/06/2025 > 01/06/2025-.. RNE=B PLACE=K2 LS=C1
437 | 01/05/2025-01/06/2025 REC=E15 > 02/06/2025-.. | 01/05/2025-01/06/2025 REC=E15
501 | 01/05/2025-03/06/2025 > 02/06/2025-.. | 01/05/2025-02/06/2025 > 02/06/2025-..
504 | 01/05/2025-02/06/2025 > 02/06/2025-.. CIN=N2 | 01/05/2025-02/06/2025 > 03/06/2025-.. CIN=N2
"""

BESIDE = """
rule | born       | breaks it                                   | does not
234  | 02/05/2015 | 01/05/2025-.. REASON_PLACE_CHANGE=CUSTOD    | 02/05/2025-.. REASON_PLACE_CHANGE=CUSTOD
302  | 02/05/2025 | 01/05/2025-..                               | 02/05/2025-..
352  | 01/05/2007 | 01/05/2025-..                               | 30/04/2025-..
358  | 01/05/2015 | 01/05/2025-.. LS=J1                         | 02/05/2025-.. LS=J1
359  | 30/03/2008 | 01/05/2025-..                               | 01/05/2025-.. LS=V2 PLACE=K2
371  | 02/05/2009 | 01/05/2025-01/06/2025 PLACE=K3              | 02/05/2025-01/06/2025 PLACE=K3
372  | 02/05/2015 | 01/05/2025-01/06/2025 PLACE=R5              | 02/05/2025-01/06/2025 PLACE=R5
373  | 02/05/2021 | 01/05/2025-01/06/2025 PLACE=S1              | 02/05/2025-01/06/2025 PLACE=S1
374  | 02/05/2011 | 01/05/2025-01/06/2025 PLACE=P3              | 02/05/2025-01/06/2025 PLACE=P3
375  | 02/05/2011 | 01/05/2025-13/06/2025 PLACE=T1              | 01/05/2025-12/06/2025 PLACE=T1
376  | 02/05/2011 | 01/05/2025-23/05/2025 PLACE=T3              | 01/05/2025-22/05/2025 PLACE=T3
379  | 02/05/2011 | 01/05/2025-09/05/2025 PLACE=T4              | 01/05/2025-08/05/2025 PLACE=T4
386  | 01/06/2007 | 01/05/2025-01/06/2025 REC=E11               | 01/05/2025-31/05/2025 REC=E11
387  | 02/06/2011 | 01/05/2025-01/06/2025 REC=E5                | 01/05/2025-02/06/2025 REC=E5
389  | 02/06/2009 | 01/05/2025-01/06/2025 REC=E7                | 01/05/2025-02/06/2025 REC=E7
407  | 01/06/2007 | 01/05/2025-02/06/2025 REC=E45               | 01/05/2025-01/06/2025 REC=E45
460  | 02/06/2007 | 01/05/2025-01/06/2025 REC=E17               | 01/05/2025-02/06/2025 REC=E17
"""

HEADERS = """
rule  | breaks it                            | does not
102   | DOB=soon                             | DOB=11/02/2010
168   | UPN=I000000000001                    | UPN=A00000000000B
168   | UPN=UN6                              | UPN=UN5
171   | MC_DOB=soon                          | MC_DOB=01/01/2026
209   | UPN=UN1 DOB=31/08/2020               | UPN=UN1 DOB=01/09/2020
210   | UPN=UN4 START=24/03/2026             | UPN=UN4 START=23/03/2026
301   | DOB=01/04/2026                       | DOB=31/03/2026
351   | DOB=31/03/2000                       | DOB=01/04/2000
442   | UPN=                                 | UPN=UN1
444   | UPN=A000000000001 OTHER=A000000000001 | UPN=UN3 OTHER=UN3
611   | MOTHER=1                             | MOTHER=1 MC_DOB=01/01/2025
620   | MOTHER=1 DOB=02/04/2014              | MOTHER=1 DOB=01/04/2014
621   | MC_DOB=11/02/2010                    | MC_DOB=12/02/2010
625   | MC_DOB=02/06/2025 END=01/06/2025     | MC_DOB=01/06/2025 END=01/06/2025
INT32 | TWICE=1                              |
"""


def entry(table: str, number: int, **cells: str) -> Entry:
    """A row of a table; what is not given is blank."""
    return Entry(Line(table, number), tables()[table], {c: cells.get(c, "") for c in tables()[table].columns})


def header(number: int = 2, **cells: str) -> Entry:
    """The child's row of Header."""
    return entry(HEADER, number, **{"CHILD": "1", "DOB": "11/02/2010", "UPN": "A000000000001", **cells})


def episodes(drawn: str) -> list[Entry]:
    """Episodes as the tables above draw them."""
    found = []
    for place, words in enumerate(drawn.split(">"), start=2):
        days, *changes = words.split()
        start, _, end = days.partition("-")
        more = {"REC": ""} if end == ".." else {}
        row = {**STAY, **more, **dict(each.split("=") for each in changes)}
        found.append(entry(EPISODES, place, CHILD="1", DECOM=start, DEC="" if end == ".." else end, **row))
    return found


def broken(*found: Entry) -> set[str]:
    """The numbers of all rules that some row breaks."""
    returned = Returned(found)
    returned.ask_of_missing(YEAR)
    return {number for numbers in broken_rules(returned, YEAR).values() for number in numbers}


@pytest.mark.parametrize("row", [*rows(EPISODE), *rows(FOLLOWING)], ids=str)
def test_rules_on_episodes(row):
    assert row["rule"] in broken(header(), *episodes(row["breaks it"]))
    assert row["rule"] not in broken(header(), *episodes(row["does not"]))


@pytest.mark.parametrize("row", rows(BESIDE), ids=str)
def test_rules_on_episodes_beside_the_birth_in_header(row):
    assert row["rule"] in broken(header(DOB=row["born"]), *episodes(row["breaks it"]))
    assert row["rule"] not in broken(header(DOB=row["born"]), *episodes(row["does not"]))


@pytest.mark.parametrize("row", rows(HEADERS), ids=str)
def test_rules_on_header(row):
    for column, expected in (("breaks it", True), ("does not", False)):
        cells = dict(each.split("=") for each in row[column].split())
        stay = f"{cells.pop('START', '01/05/2025')}-{cells.pop('END', '..')}"
        more = [header(3, CHILD="2", UPN=cells.pop("OTHER"))] if "OTHER" in cells else []
        more += [header(4)] if cells.pop("TWICE", "") else []
        assert (row["rule"] in broken(header(**cells), *more, *episodes(stay))) == expected


def test_rules_between_tables():
    born, missing = "01/06/2007", {"CHILD": "1", "DOB": "01/06/2007", "MISSING": "M"}
    at_18 = entry(MISSING, 2, **missing, MIS_START="01/05/2025", MIS_END="01/06/2025")
    assert "580" in broken(header(DOB=born), *episodes("01/05/2025-01/06/2025 REC=E17"), at_18)
    assert "580" not in broken(header(DOB=born), *episodes("01/05/2025-01/06/2025 REC=E8"), at_18)
    assert "INT13" in broken(header(DOB="02/06/2007"), at_18)
    assert {"INT03", "INT04"} <= broken(header(CHILD="2"), *episodes("01/05/2025-.."), at_18)
    assert not {"INT03", "INT04"} & broken(*episodes("01/05/2025-.."), at_18)


def test_every_rule_beyond_missing_has_its_example():
    drawn = {row["rule"] for table in (EPISODE, FOLLOWING, BESIDE, HEADERS) for row in rows(table)}
    of_missing = {
        "564",
        "565",
        "566",
        "567",
        "570",
        "571",
        "574",
        "575",
        "577",
        "578",
        "581",
        "586",
        "1004",
        "1005",
        "1006",
    }
    assert drawn | {"580", "INT13", "INT03", "INT04"} | of_missing == set(rule_words())
