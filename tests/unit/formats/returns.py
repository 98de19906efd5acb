"""Small returns for tests: tables written as text, read back as rows."""

from pathlib import Path

from heed.formats.contract import Refused, Remark, Row, SetAside, Usable
from heed.formats.ssda903.read import read

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
MISSING = "CHILD,DOB,MISSING,MIS_START,MIS_END"
REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE"
GIRL = "10001,2,11/02/2003,WBRI,P000000000001,,"
STAY = "10001,03/05/2016,S,V2,N1,U4,PR1,,,,ZZ1 2AB,ZZ1 3CD,"


def write(folder: Path, **tables: str | bytes) -> Path:
    """Write tables as CSV files under these names."""
    for name, text in tables.items():
        file = folder / f"{name}.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def rows(folder: Path, year: str | None = "2017/18") -> list[Row]:
    """Every row the reader gives for a folder."""
    options = {"collection_year": year} if year else {}
    return list(read([folder], agency="ashmere", options=options))


def of_file(found: list[Row], name: str) -> list[Row]:
    """The rows of one file, without its column names."""
    return [row for row in found if Path(row.at.file).name == name and not isinstance(row, Remark)]


def usable(found: list[Row]) -> dict[str, Usable]:
    """The records by reference; the last one wins, as when it is read again."""
    return {row.record.ref: row for row in found if isinstance(row, Usable)}


def refused(found: list[Row]) -> list[tuple[int, str]]:
    """Line and key of each refusal."""
    return [(row.at.number, row.key) for row in found if isinstance(row, Refused)]


def reasons(found: list[Row]) -> list[str]:
    """Why lines were set aside."""
    return [row.why for row in found if isinstance(row, SetAside)]


def table(*lines: str) -> str:
    """Lines as a file with a line end after each."""
    return "".join(f"{line}\n" for line in lines)
