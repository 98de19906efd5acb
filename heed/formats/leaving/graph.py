"""A network as GraphML, as FollowTheMoney entities, and as the link table that link charts are drawn from."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

from heed.core.records.cells import plain_cell
from heed.core.review.network import PERSON, Network, Node, Tie, network
from heed.formats.leaving.stamp import Extract

LINK_COLUMNS = (
    "from_id", "from_type", "from_label", "to_id", "to_type", "to_label", "link_type", "link_label", "date",
    "records", "handling", "export",
)  # fmt: skip


def as_graphml(extract: Extract) -> bytes:
    """GraphML (graphml.graphdrawing.org, through networkx) for Gephi, yEd and Cytoscape; lists are flattened with "; ".
    The stamp is an attribute of the graph."""
    import networkx as nx  # type: ignore[import-untyped]

    found = _network(extract)
    graph = nx.Graph(export=_bare(extract.stamp.whole()), number=extract.stamp.number)
    for node in found.nodes.values():
        graph.add_node(
            _id(node.id), label=_bare(node.label), kind=node.kind, agencies="; ".join(sorted(node.agencies))
        )
    for tie in found.ties.values():
        graph.add_edge(
            _id(tie.left), _id(tie.right), parts=_list(sorted(tie.parts)), records=_list(tie.records),
            weight=len(tie.records), first=min(tie.days), last=max(tie.days), handling=_list(sorted(tie.handling)),
        )  # fmt: skip
    held = io.BytesIO()
    nx.write_graphml(graph, held, named_key_ids=True)
    return held.getvalue()


def as_entities(extract: Extract) -> bytes:
    """FollowTheMoney, one entity a line: Person, Vehicle, Address, UserAccount, joined by UnknownLink. A phone is an
    account with a number, linked to whoever is named with it: a property of people there would make it each one's
    own, the child's that was called as the caller's. Last, a Note that carries the stamp."""
    found = _network(extract)
    entities = [_entity(node) for node in found.nodes.values()]
    links = [_link(tie) for tie in found.ties.values()]
    stamp = {
        "id": f"heed-export-{extract.stamp.number}",
        "schema": "Note",
        "properties": {
            "name": [f"Export {extract.stamp.number} from Heed"],
            "description": extract.stamp.lines(),
            "entity": [entity["id"] for entity in entities],
        },
    }
    lines = (json.dumps(each, ensure_ascii=False) for each in (*entities, *links, stamp))
    return "".join(f"{line}\n" for line in lines).encode()


def as_links(extract: Extract) -> bytes:
    """One row a tie, with both its ends: the CSV from which i2 Analyst's Notebook and the like import a chart."""
    found, text = _network(extract), io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(LINK_COLUMNS)
    for tie in found.ties.values():
        left, right = found.nodes[tie.left], found.nodes[tie.right]
        ends = [each for node in (left, right) for each in (_id(node.id), node.kind, node.label)]
        said = ["named together", _list(sorted(tie.parts)), min(tie.days), _list(tie.records)]
        handling = _list(sorted(tie.handling))
        writer.writerow([plain_cell(each) for each in (*ends, *said, handling, extract.stamp.number)])
    writer.writerow([plain_cell(extract.stamp.whole())])
    return text.getvalue().encode("utf-8-sig")


def _network(extract: Extract) -> Network:
    return network(extract.records)


def _entity(node: Node) -> dict[str, Any]:
    told = node.told
    match node.kind:
        case "vehicle":
            schema, said = "Vehicle", {"name": node.label, "registrationNumber": told.get("vrm")}
        case "account":
            schema, said = "UserAccount", {
                "name": node.label, "service": told.get("service"), "username": told.get("handle"),
            }  # fmt: skip
        case "phone":
            number = node.id.partition(" ")[2]
            schema, said = "UserAccount", {
                "name": node.label, "service": "phone", "username": number, "number": number,
            }  # fmt: skip
        case "person":
            schema, said = "Person", {
                "name": node.label, "firstName": told.get("given_names"), "lastName": told.get("family_name"),
                "alias": told.get("also_known_as"), "birthDate": told.get("born"),
            }  # fmt: skip
        case _:
            full = ", ".join(str(told[key]) for key in ("name", "address", "postcode") if told.get(key))
            schema, said = "Address", {
                "full": full or node.label, "postalCode": told.get("postcode"), "latitude": told.get("lat"),
                "longitude": told.get("lon"),
            }  # fmt: skip
    said |= {"description": told.get("description"), "publisher": sorted(node.agencies)}
    return {"id": _id(node.id), "schema": schema, "properties": _properties(said)}


def _link(tie: Tie) -> dict[str, Any]:
    said = {
        "subject": _id(tie.left), "object": _id(tie.right), "role": sorted(tie.parts),
        "date": sorted({day[:10] for day in tie.days}), "recordId": tie.records, "summary": sorted(tie.handling),
    }  # fmt: skip
    return {"id": _id(f"{tie.left}|{tie.right}"), "schema": "UnknownLink", "properties": _properties(said)}


def _properties(said: dict[str, Any]) -> dict[str, list[str]]:
    lists = {key: value if isinstance(value, list) else [value] for key, value in said.items()}
    full = {
        key: [_bare(str(each)) for each in value if each not in (None, "")] for key, value in lists.items()
    }
    return {key: value for key, value in full.items() if value}


def _id(name: str) -> str:
    """An opaque id: what identifies somebody in the house does not leave as an id."""
    return "heed-" + sha256(name.encode()).hexdigest()[:20]


def _list(words: Sequence[str]) -> str:
    return _bare("; ".join(words))


def _bare(words: str) -> str:
    """Without what XML cannot hold."""
    return "".join(_allowed(words))


def _allowed(words: str) -> Iterator[str]:
    for each in words:
        if each in "\t\n" or (
            each >= " " and not "\ud800" <= each <= "\udfff" and each not in "\ufffe\uffff"
        ):
            yield each


__all__ = ["LINK_COLUMNS", "PERSON", "as_entities", "as_graphml", "as_links"]
