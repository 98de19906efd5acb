"""What is true of the small town, and that the truth file says so."""

from datetime import date

from heed.core.records.keys import alias_key, thing_key
from heed.core.records.kinds import Part
from heed.core.records.reading import parse
from synthetic.habits import SWITCHES
from synthetic.town import SMALL
from synthetic.truth import first_connected, most_at_one_hub
from synthetic.write import recorded

OWED = ("concern", "disclosure", "complaint", "referral")
JULY, AUGUST, DECEMBER = date(2009, 7, 1), date(2009, 8, 1), date(2009, 12, 31)


def test_three_children_are_connected_through_two_marks():
    marks = [(JULY, 1, "flat"), (JULY, 2, "flat"), (AUGUST, 2, "car"), (AUGUST, 3, "car")]
    assert first_connected(marks) == AUGUST
    assert most_at_one_hub(marks) == 2


def test_marks_more_than_half_a_year_apart_connect_nobody():
    marks = [(JULY, 1, "flat"), (JULY, 2, "flat"), (date(2010, 3, 1), 3, "flat")]
    assert first_connected(marks) is None


def test_every_mention_of_a_child_has_a_true_person(small):
    known = {tuple(s) for child in small.read("truth.json")["children"] for s in child["sources"]}
    for document in small.documents():
        for position, person in enumerate(document.get("people", [])):
            if person["part"] in ("child", "companion", "found_with"):
                assert (document["agency"], person.get("ref") or f"{document['ref']}#{position}") in known


def test_every_source_belongs_to_one_person(small):
    sources = [tuple(s) for child in small.read("truth.json")["children"] for s in child["sources"]]
    assert len(sources) == len(set(sources))


def test_the_evidence_is_in_the_records_as_the_truth_says(small):
    records = {(d["agency"], d["ref"]): parse(d).record for d in small.documents()}
    for network in small.read("truth.json")["networks"]:
        assert network["evidence_in_records"]
        assert network["most_children_at_one_hub"] >= 4
        hubs = {hub["hub"]: hub for hub in network["hubs"]}
        for row in network["evidence"]:
            record = records[tuple(row["record"])]
            if row["form"] == "recorded":
                hub = hubs[row["hub"]]
                assert _shown(record, hub), (row, hub)


def _shown(record, hub):
    """A hub is shown when the record has a thing of its kind, or an adult by a name."""
    if hub["kind"] == "alias":
        return any(p.part is Part.PERSON_OF_CONCERN and p.also_known_as for p in record.people)
    return any(thing.kind == hub["kind"] and thing_key(thing) for thing in record.things)


def test_hubs_are_mostly_written_in_their_usual_spelling(small):
    usual, other = 0, 0
    labels = {
        h["label"] for n in small.read("truth.json")["networks"] for h in n["hubs"] if h["kind"] == "alias"
    }
    others = {
        s
        for n in small.read("truth.json")["networks"]
        for h in n["hubs"]
        if h["kind"] == "alias"
        for s in h["spellings"]
    }
    for document in small.documents():
        for person in document.get("people", []):
            for alias in person.get("also_known_as", []) if person["part"] == "person_of_concern" else []:
                usual += alias_key(alias) in {alias_key(label) for label in labels}
                other += alias in others
    assert usual > 1.5 * other > 0


def test_managers_acted_years_late_and_on_one_network_not_yet(small):
    networks = small.read("truth.json")["networks"]
    for network in networks[:2]:
        assert int(network["first_acted_on"][:4]) - int(network["onset"][:4]) >= 2
        assert any([d["agency"], d["ref"]] == network["first_acted_record"] for d in small.documents())
    assert networks[2]["first_acted_on"] is None


def test_staff_warned_first_and_from_several_agencies(small):
    for network in small.read("truth.json")["networks"]:
        assert network["warnings"] >= 3
        if network["first_acted_on"]:
            assert network["first_warning"] < network["first_acted_on"]
    assert len({w["agency"] for w in small.read("truth.json")["warnings"]}) >= 3


def test_unanswered_concerns_are_few_and_some_are_of_the_last_six_weeks(small):
    current = {(d["agency"], d["ref"]): d for d in small.documents() if d["kind"] in OWED}
    open_ones = [d for d in current.values() if "answer" not in d]
    assert 5 < len(open_ones) < 40
    assert sum(d["recorded_at"] > "2026-10-04" for d in open_ones) >= 3


def test_no_further_action_is_an_authored_decision(small):
    refusals = [d for d in small.documents() if d.get("answer", {}).get("decision") == "no_further_action"]
    assert refusals
    assert all(d["answer"]["by"]["name"] and d["answer"]["reason"] for d in refusals)


def test_with_all_mistakes_off_every_child_is_written_as_they_are():
    county, _ = recorded(SMALL, 7, SMALL.until, lambda words: None, frozenset(SWITCHES))
    for clerk in county.clerks.values():
        assert clerk.wrong_people == []
        assert all(document["revision"] == 1 for _, document in clerk.written)
        refs = [ref for ref in clerk.sources if "#" not in ref]
        assert len(refs) == len({clerk.sources[ref] for ref in refs})


def test_switching_one_mistake_off_leaves_the_world_alone(small):
    county, _ = recorded(SMALL, 7, SMALL.until, lambda words: None, frozenset({"duplicates"}))
    mine = [(e.child.number, e.start) for e in county.world.episodes]
    assert mine == [(e.child.number, e.start) for e in small.county.world.episodes]


def test_the_twin_has_as_many_episodes_and_no_network(small):
    county, given = recorded(SMALL, 7, SMALL.until, lambda words: None, frozenset(), plot="twin")
    assert (county.world.networks, given) == ([], [])
    assert len(county.world.episodes) == len(small.county.world.episodes)
