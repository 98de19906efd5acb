"""The council's SSDA903 return of the last collection year, about the same children as its records.

CHILD is the council's own reference. Days only. `M` missing, `A` away without authorisation. The sex code
changed from 1/2 to M/F with the 2024/25 collection. Source: DfE collection guide as read in the data study.
"""

import csv
import io
from datetime import date, timedelta

from synthetic.chance import Chance, stream
from synthetic.county import County
from synthetic.days import collection_year, midnight
from synthetic.world import Child, Spell

ETHNIC = ("WBRI", "WOTH", "MOTH", "AIND", "APKN", "AOTH", "BCRB", "BAFR", "OOTH", "REFU", "NOBT")
HEADERS = {
    "Header": "CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB",
    "Episodes": "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST URN",
    "Missing": "CHILD DOB MISSING MIS_START MIS_END",
    "Reviews": "CHILD DOB REVIEW REVIEW_CODE",
    "UASC": "CHILD SEX DOB DUC",
    "OC2": "CHILD DOB SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT "
    "SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED",
}
type Rows = dict[str, list[list[str]]]


def return_files(county: County) -> dict[str, bytes]:
    """File name to bytes: CSV with CRLF line ends, as the collection system writes them."""
    chance = stream(county.world.seed, "ssda903")
    year = collection_year((county.world.until - timedelta(days=1)).date())
    rows: Rows = {name: [] for name in HEADERS}
    for child in county.world.children:
        spells = [s for s in child.spells if _inside(s, year)]
        if spells:
            _child(county, child, spells, year, rows, chance)
    return {f"{name}.csv": _csv(HEADERS[name].split(), rows[name]) for name in HEADERS}


def _inside(spell: Spell, year: tuple[date, date]) -> bool:
    return spell.start.date() <= year[1] and (spell.end is None or spell.end.date() >= year[0])


def _child(
    county: County, child: Child, spells: list[Spell], year: tuple[date, date], rows: Rows, chance: Chance
) -> None:
    """All rows of one child."""
    council = county.clerks["social_care"]
    ref, born = council.ref_of(child, midnight(year[1])), written(child.born)
    council.sources.setdefault(ref, child.number)
    sex = child.sex if year[1].year >= 2025 else {"M": "1", "F": "2"}[child.sex]
    number = child.upn if chance.happens(0.9) else chance.choice(("UN3", "UN4"))
    mother = "0" if child.sex == "F" else ""
    rows["Header"].append([ref, sex, born, chance.choice(ETHNIC), number, mother, ""])
    rows["Episodes"] += _episodes(county, child, ref, spells, year, chance)
    if chance.happens(0.04):
        rows["UASC"].append([ref, sex, born, ""])
    for month in (2, 8):
        day = year[0] + timedelta(days=30 * month + chance.randrange(20))
        if any(s.start.date() <= day and (s.end is None or s.end.date() > day) for s in spells):
            rows["Reviews"].append([ref, born, written(day), chance.choice(("PN1", "PN3", "PN6"))])
    score, teeth = str(chance.randrange(4, 34)), str(chance.randrange(2))
    rows["OC2"].append([ref, born, score, "", "0", "1", "1", teeth, "1", "0", "0", "0"])
    _missing(county, child, ref, born, year, rows, chance)


def _episodes(
    county: County, child: Child, ref: str, spells: list[Spell], year: tuple[date, date], chance: Chance
) -> list[list[str]]:
    """One row a placement; the last one ended is the end of care, the others moves."""
    legal, need = chance.choice(("C2", "V2", "C1")), chance.choice(("N1", "N3", "N4", "N5"))
    found = []
    for place, spell in enumerate(spells):
        last = place + 1 == len(spells)
        ended = spell.end if not last or (spell.end is not None and spell.end.date() <= year[1]) else None
        home = county.world.homes[spell.home] if spell.home is not None else None
        began = [ref, written(spell.start.date()), "S" if spell.first else "P", legal, need]
        kind = ["K2", "PR4"] if home else ["U6", "PR1"]
        end = (
            [written(ended.date()), "E4A" if last else "X1", "" if last else "PLACE"]
            if ended
            else ["", "", ""]
        )
        found.append(
            [*began, *kind, *end, child.household.postcode, spell.postcode, home.urn if home else ""]
        )
    return found


def _missing(
    county: County, child: Child, ref: str, born: str, year: tuple[date, date], rows: Rows, chance: Chance
) -> None:
    last_end = date.min
    for episode in county.episodes_of(child):
        day, end = episode.start.date(), episode.end.date()
        inside = year[0] <= day <= year[1] and day >= last_end
        if inside and child.spell_on(episode.start) and child.spell_on(episode.end) and chance.happens(0.9):
            closed = written(end) if end <= year[1] else ""
            rows["Missing"].append([ref, born, "A" if chance.happens(0.25) else "M", written(day), closed])
            last_end = end


def written(day: date) -> str:
    """dd/mm/yyyy."""
    return day.strftime("%d/%m/%Y")


def _csv(header: list[str], rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()
