"""Heed's side of `bench live`: fill a house, then let people arrive one by one. A program of its own."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import batched
from math import log2
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.link.peers.telling import peak_mb
from bench.link.sets import entries

START = datetime(2026, 1, 1, tzinfo=UTC)
A_PORTION = 20_000


def main() -> None:
    """Fill, arrive, tell."""
    from heed.casework.installation import ready

    folder, arriving = Path(sys.argv[1]), int(sys.argv[2])
    ready()
    began = perf_counter()
    late = fill(folder, arriving)
    filled = perf_counter() - began
    asked, linked, pairs = arrive(late)
    told = {"filled": filled, "asked": asked, "linked": linked, "arrived": len(late), "pairs": pairs}
    print(json.dumps(told | {"peak_mb": peak_mb()}))


def fill(folder: Path, arriving: int) -> list[tuple[str, dict[str, Any]]]:
    """Write everybody but those who will arrive, who are spread over the whole; gives those."""
    from heed.core.identity.folding import profile_of, told_by

    late: list[tuple[str, dict[str, Any]]] = []
    sources: list[str] = []

    def known() -> Iterator[Any]:
        every = many(folder) // arriving
        for number, (source, body) in enumerate(entries(folder)):
            if number % every == 0 and len(late) < arriving and "#" not in source:
                late.append((source, body))
                continue
            sources.append(source)
            yield profile_of(source, [told_by(body)])

    write_links(write_sources(known()), sources)
    return late


def many(folder: Path) -> int:
    """How many people the set has."""
    import pyarrow.parquet as pq

    return int(pq.ParquetFile(folder / "people.parquet").metadata.num_rows)


def write_sources(profiles: Iterator[Any]) -> Any:
    """Sources and keys, a portion at a time; the same portions as columns in the engine."""
    from django.db import transaction

    from heed.casework.linking.pouring import pour
    from heed.casework.linking.storing import key_rows, profile_text
    from heed.casework.models import Agency, BlockingKey, Source
    from heed.casework.sealing.rows import sealed_profiles
    from heed.core.records.sources import source_from_key
    from heed.warehouse.linking.columns import people_tables
    from heed.warehouse.linking.filling import filled_with

    def portions() -> Iterator[Any]:
        start = 0
        for portion in batched(profiles, A_PORTION):
            with transaction.atomic():
                for code in {one.agency for one in portion}:
                    Agency.objects.get_or_create(code=code, defaults={"name": code})
                texts = sealed_profiles([(profile_text(one), one.source) for one in portion])
                rows = [
                    (one.source, *source_from_key(one.source), text, "")
                    for one, text in zip(portion, texts, strict=True)
                ]
                pour(Source, ["key", "agency_id", "ref", "profile", "person"], rows)
                pour(BlockingKey, ["key", "source_id"], key_rows(portion))
            for table in people_tables(portion):
                places = list(range(start, start + len(portion)))
                yield table.set_column(0, "unique_id", [places])
            start += len(portion)

    return filled_with(portions())


def write_links(connection: Any, sources: list[str]) -> None:
    """Links without their words, and persons, as linking everybody finds them."""
    from django.db import transaction

    from heed.casework.linking.pouring import change, pour
    from heed.casework.models import Link, Source
    from heed.core.identity.judgement import probability_of
    from heed.core.records.sources import person_id
    from heed.warehouse.linking.committed import current_model
    from heed.warehouse.linking.everybody import people_of_all
    from heed.warehouse.linking.weighing_all import block, weigh

    model = current_model()
    show, link = (log2(each / (1 - each)) for each in (model.show_at, model.link_at))
    block(connection)
    found = weigh(connection, model, show)
    labels = people_of_all(connection, len(sources), found, link).tolist()
    connection.close()
    oldest: dict[int, str] = {}
    for source, label in zip(sources, labels, strict=True):
        oldest[label] = min(source, oldest.get(label, source))
    names = {label: person_id(source) for label, source in oldest.items()}
    pairs = zip(found.left.tolist(), found.right.tolist(), found.weight.tolist(), strict=True)
    rows = (
        (*sorted((sources[a], sources[b])), weight, probability_of(weight), "[]", model.version)
        for a, b, weight in pairs
    )
    with transaction.atomic():
        pour(Link, ["left_id", "right_id", "weight", "probability", "terms", "model"], rows)
        change(Source, "key", ["person"], zip((names[label] for label in labels), sources, strict=True))


def arrive(late: list[tuple[str, dict[str, Any]]]) -> tuple[list[float], list[float], int]:
    """Milliseconds of asking who it is, with reasons, and of linking with the commit; and the links found."""
    from heed.casework.actions.receive import receive_many
    from heed.casework.linking import link_sources, sources_of_records
    from heed.casework.linking.live import _links_to_others
    from heed.casework.models import Record
    from heed.core.identity.folding import profile_of, told_by
    from heed.core.records.reading import parse
    from heed.warehouse.linking.committed import current_model

    model, asked, linked, pairs = current_model(), [], [], 0
    for number, (source, body) in enumerate(late):
        now = START + timedelta(minutes=number)
        began = perf_counter()
        profile = profile_of(source, [told_by(body)])
        pairs += len(_links_to_others({source: profile}, model))
        asked.append(1000 * (perf_counter() - began))
        record = parse(document(source, body, number, now)).record
        assert record is not None
        receive_many(records=[record], by=None, now=now)
        row = Record.kept.order_by("-pk").values_list("pk", flat=True)[0]
        began = perf_counter()
        link_sources(sources_of_records([row]), now)
        linked.append(1000 * (perf_counter() - began))
    return asked, linked, pairs


def document(source: str, body: dict[str, Any], number: int, now: datetime) -> dict[str, Any]:
    """A record in which one person is named."""
    agency, _, ref = source.partition(" ")
    person = {key: value for key, value in body.items() if value} | {"ref": ref}
    return {
        "v": 1,
        "agency": agency,
        "ref": f"ARR-{number}",
        "revision": 1,
        "kind": "intelligence",
        "recorded_at": now.isoformat(),
        "people": [person],
    }


if __name__ == "__main__":
    main()
