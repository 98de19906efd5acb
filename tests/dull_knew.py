"""A dull second implementation of `heed knew`: loops over files, nothing of Heed.

Read once into lists by whose they are, then walked for each question. It reads what anybody can be given: the ledger's
export with bodies (entries.jsonl, bodies.jsonl), `heed link --json` (people.jsonl), and three tables that stand beside
the ledger, as JSON Lines: professionals, relationships, notices.
"""

import calendar
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

SHOWS = ("consultation", "export")


def lines(file):
    return [json.loads(line) for line in Path(file).read_text().splitlines()]


class Export:
    """The files of one folder, read once."""

    def __init__(self, folder):
        self.entries = lines(folder / "entries.jsonl")
        self.bodies = {each["seq"]: each["text"] for each in lines(folder / "bodies.jsonl")}
        self.people = {each["person"]: each["sources"] for each in lines(folder / "people.jsonl")}
        self.professionals = {each["id"]: each for each in lines(folder / "professionals.jsonl")}
        self.relationships = lines(folder / "relationships.jsonl")
        self.notices = lines(folder / "notices.jsonl")
        self.revisions = {}
        self.names_of_source = {}
        self.name_of_row = {}
        self.batches = {}
        self.steps = {}
        self.looks = []
        for entry in self.entries:
            at = datetime.fromisoformat(entry["at"])
            text = self.bodies.get(entry["seq"])
            if entry["kind"] == "collection" and text is not None:
                words = entry["purpose"].split()
                self._record(int(entry["subject"].split(":")[1]), at, json.loads(text), words[1:])
            elif entry["kind"] in ("batch", "release", "withdrawal"):
                self.batches.setdefault(entry["subject"], []).append((at, json.loads(text)["state"]))
            elif entry["kind"] == "duty":
                self.steps.setdefault(entry["subject"].split(":", 1)[1], []).append((at, json.loads(text)))
            elif entry["kind"] in SHOWS and entry["actor"] is not None:
                self.looks.append((at, entry["actor"], entry["purpose"], json.loads(text).get("records", [])))
        self.duties_of_row = {}
        for reference, steps in self.steps.items():
            self.duties_of_row.setdefault(steps[0][1]["duty"]["record"], []).append(reference)

    def _record(self, row, received, record, batch):
        revision = {"row": row, "received": received, "told": record, "batch": batch[0] if batch else None}
        self.revisions.setdefault(named(record), []).append(revision)
        self.name_of_row[row] = named(record)
        for source in sources_in(record):
            self.names_of_source.setdefault(source, set()).add(named(record))


def utc(text):
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC).isoformat()


def earliest_and_latest(text):
    if len(text) == 4:
        return year(int(text), 1, 1), year(int(text), 12, 31, last=True)
    if len(text) == 7:
        y, m = int(text[:4]), int(text[5:])
        return year(y, m, 1), year(y, m, calendar.monthrange(y, m)[1], last=True)
    if len(text) == 10:
        y, m, d = int(text[:4]), int(text[5:7]), int(text[8:])
        return year(y, m, d), year(y, m, d, last=True)
    instant = datetime.fromisoformat(text)
    return instant, instant


def year(y, m, d, last=False):
    return datetime(y, m, d, 23, 59, 59, tzinfo=UTC) if last else datetime(y, m, d, tzinfo=UTC)


def knew(export, person, day, agency=""):
    """The same answer as `heed knew`, without its heading."""
    midnight = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=1)
    hers = {(agency, ref) for agency, ref in export.people[person]}
    standing, ahead = standing_records(export, hers, midnight)
    if agency:
        ahead = {name for name in ahead if name[0] == agency}
    people = {}

    def of(who):
        empty = {"wrote": {}, "told": {}, "opened": {}, "answered": {}, "owed": {}, "did": [], "notified": []}
        return people.setdefault(who, empty | {"could_see": False})

    for name, each in standing.items():
        claims(of, name, each["told"], midnight)
    for at, actor, purpose, rows in export.looks:
        for row in rows:
            name = export.name_of_row.get(row)
            if at < midnight and name in standing and name not in of(heeds(export, actor))["opened"]:
                of(heeds(export, actor))["opened"][name] = (at, purpose)
    duties = duties_then(export, standing, midnight)
    for reference, steps in duties.items():
        for step in steps:
            of(heeds(export, step["owner"]))["owed"].setdefault(reference, step["at"])
            if step["by"] is not None:
                of(heeds(export, step["by"]))["did"].append((reference, step))
    for each in export.notices:
        if each["duty"] in duties and datetime.fromisoformat(each["at"]) < midnight:
            of(heeds(export, each["professional"]))["notified"].append(each)
    sources = {source for each in standing.values() for source in each["sources"]}
    for each in export.relationships:
        since, until = datetime.fromisoformat(each["since"]), datetime.fromisoformat(each["until"])
        if (each["agency"], each["ref"]) in sources and since < midnight and until >= midnight:
            of(heeds(export, each["professional"]))["could_see"] = True
    people = {who: each for who, each in people.items() if any(each.values())}
    return told(people, standing, duties, sources, ahead, midnight, agency)


def named(record):
    return record["agency"], record["ref"]


def heeds(export, number):
    each = export.professionals[number]
    return each["agency"], number, each["name"], each["role"], each["grade"], ""


def sources_in(record):
    people = enumerate(record.get("people") or [])
    return {(record["agency"], each.get("ref") or f"{record['ref']}#{place}") for place, each in people}


def standing_records(export, hers, midnight):
    standing, ahead = {}, set()
    for name in {name for source in hers for name in export.names_of_source.get(source, ())}:
        for each in sorted(export.revisions[name], key=lambda each: each["told"]["revision"]):
            recorded = datetime.fromisoformat(each["told"]["recorded_at"])
            came = each["received"] < midnight
            if recorded >= midnight:
                if came and sources_in(each["told"]) & hers:
                    ahead.add(name)
                continue
            state = "open"
            for since, became in export.batches.get(each["batch"], []):
                if since < midnight or not came:
                    state = became
            if state in ("held", "withdrawn"):
                continue
            older = standing.get(name)
            if older and not came and recorded <= datetime.fromisoformat(older["told"]["recorded_at"]):
                continue
            standing[name] = each | {"sources": sources_in(each["told"]) & hers}
    return {name: each for name, each in standing.items() if each["sources"]}, ahead


def claims(of, name, record, midnight):
    def who(person):
        return (
            person.get("agency") or record["agency"], 0, person.get("name") or "", person.get("role") or "",
            person.get("grade") or "", person.get("ref") or "",
        )  # fmt: skip

    if record.get("author"):
        of(who(record["author"]))["wrote"][name] = record["recorded_at"]
    for each in record.get("told") or []:
        if not each.get("at"):
            of(who(each))["told"].setdefault(name, None)
        elif datetime.fromisoformat(each["at"]) < midnight:
            before = of(who(each))["told"].get(name)
            if before is None or datetime.fromisoformat(each["at"]) < datetime.fromisoformat(before):
                of(who(each))["told"][name] = each["at"]
    answer = record.get("answer")
    if (
        answer
        and answer.get("by")
        and (not answer.get("at") or datetime.fromisoformat(answer["at"]) < midnight)
    ):
        of(who(answer["by"]))["answered"][name] = (answer.get("at"), answer["decision"])


def duties_then(export, standing, midnight):
    found = {}
    for name in standing:
        for revision in export.revisions[name]:
            for reference in export.duties_of_row.get(revision["row"], ()):
                for written, body in export.steps[reference]:
                    if written >= midnight or datetime.fromisoformat(body["at"]) >= midnight:
                        break
                    what = {"duty": export.steps[reference][0][1]["duty"], "record": name}
                    found.setdefault(reference, []).append(body | what)
    return found


def told(people, standing, duties, sources, ahead, midnight, agency):
    if agency:
        people = {who: each for who, each in people.items() if who[0] == agency}
        owed = {reference for each in people.values() for reference in each["owed"]}
        duties = {
            reference: steps
            for reference, steps in duties.items()
            if agency in (steps[0]["duty"]["owing_agency"], steps[0]["duty"]["raising_agency"]) or reference in owed
        }  # fmt: skip
        heard = {name for each in people.values() for name in known(each)}
        heard |= {steps[0]["record"] for steps in duties.values()}
        standing = {n: each for n, each in standing.items() if n[0] == agency or n in heard}
        sources = {source for each in standing.values() for source in each["sources"]}
    rows = sorted(standing.values(), key=lambda each: each["row"])
    return {
        "sources": sorted(f"{agency} {ref}" for agency, ref in sources),
        "records": [record_told(each, midnight) for each in rows],
        "erased": [],
        "dated_later_than_received": len(ahead),
        "agencies": agencies_told(people, standing, agency),
        "people": [person_told(who, people[who]) for who in sorted(people)],
        "duties": [duty_told(reference, duties[reference]) for reference in sorted(duties)],
    }


def known(each):
    return {*each["wrote"], *each["told"], *each["opened"], *each["answered"]}


def record_told(each, midnight):
    record, word = each["told"], "may_have_happened"
    if record.get("happened_from"):
        first, last = earliest_and_latest(record["happened_from"])
        if first >= midnight:
            word = "not_yet"
        elif last < midnight:
            word = "happened"
    return {
        "agency": record["agency"], "ref": record["ref"], "revision": record["revision"], "kind": record["kind"],
        "happened_from": record.get("happened_from") or None, "happened_to": record.get("happened_to") or None,
        "happened": word, "recorded_at": utc(record["recorded_at"]),
        "received_at": each["received"].isoformat() if each["received"] < midnight else None,
    }  # fmt: skip


def agencies_told(people, standing, agency):
    codes = {who[0] for who in people} | {name[0] for name in standing}
    found = []
    for code in sorted(codes) if not agency else [agency]:
        theirs = [
            datetime.fromisoformat(e["told"]["recorded_at"]) for n, e in standing.items() if n[0] == code
        ]
        theirs_know = [known(each) for who, each in people.items() if who[0] == code]
        found.append({
            "agency": code,
            "recorded": len(theirs),
            "first_recorded_at": min(theirs).astimezone(UTC).isoformat() if theirs else None,
            "of_others": len({name for names in theirs_know for name in names if name[0] != code}),
            "people": len([names for names in theirs_know if names]),
        })  # fmt: skip
    return found


def person_told(who, each):
    agency, number, name, role, grade, ref = who
    return {
        "agency": agency, "professional": number or None, "name": name, "role": role, "grade": grade, "ref": ref,
        "could_see": each["could_see"],
        "wrote": [[*n, utc(at)] for n, at in sorted(each["wrote"].items())],
        "told": [[*n, utc(at)] for n, at in sorted(each["told"].items())],
        "opened": [[*n, at.isoformat(), why] for n, (at, why) in sorted(each["opened"].items())],
        "answered": [[*n, utc(at), said] for n, (at, said) in sorted(each["answered"].items())],
        "owed": [[duty, utc(at)] for duty, at in sorted(each["owed"].items())],
        "did": [[duty, s["step"], s["move"], s["decision"], utc(s["at"])]
                for duty, s in sorted(each["did"], key=lambda one: (one[0], one[1]["step"]))],
        "notified": sorted([n["duty"], n["step"], n["kind"], utc(n["at"])] for n in each["notified"]),
    }  # fmt: skip


def duty_told(reference, steps):
    last, duty = steps[-1], steps[0]["duty"]
    return {
        "duty": reference, "record": list(steps[0]["record"]), "clause": duty["clause"],
        "owing_agency": duty["owing_agency"], "opened_at": utc(steps[0]["at"]), "state": last["state"],
        "rung": last["rung"], "owner": last["owner"], "due_at": utc(last["due_at"]),
        "steps": [[s["step"], s["move"], utc(s["at"]), s["by"], s["rung"]] for s in steps],
    }  # fmt: skip
