"""The hand-written SQL of `bench knew`, and its tables: what somebody would write who had everything in the clear."""

import json
from datetime import date, timedelta

PEOPLE = """
with hers as (
  select distinct c.name from bare_source s join bare_claim_of c on c.source = s.key where s.person = ?
),
newest as (
  select r.id, r.name, r.recorded_at, row_number() over (partition by r.name order by r.revision desc) as turn
  from bare_record r join hers on hers.name = r.name where r.recorded_at < ?
),
standing as (
  select n.id, n.name from newest n where turn = 1
    and exists (select 1 from bare_mention m join bare_source s on s.key = m.source where m.id = n.id and s.person = ?)
)
select s.name, c.how, c.who, c.at from standing s join bare_claim c on c.id = s.id and (c.at is null or c.at < ?)
union all
select s.name, 'opened', l.who, min(l.at) from standing s join bare_look l on l.id = s.id and l.at < ? group by 1, 3
union all
select s.name, 'owed ' || d.move, d.who, d.at from standing s join bare_step d on d.id = s.id and d.at < ?
"""
TABLES = """
create temp table bare_source as select key, person from casework_source;
create index temp.bare_by_key on bare_source (key);
create index temp.bare_by_person on bare_source (person);
create temp table bare_record as
  select id, agency_id || ' ' || ref as name, revision, datetime(recorded_at) as recorded_at from casework_record;
create index temp.bare_by_name on bare_record (name);
create temp table bare_mention as select record_id as id, source_id as source from casework_mention;
create index temp.bare_by_id on bare_mention (id);
create temp table bare_claim_of as
  select distinct m.source, r.name from bare_mention m join bare_record r on r.id = m.id;
create index temp.bare_by_source on bare_claim_of (source);
create temp table bare_claim (id integer, how text, who text, at text);
create temp table bare_look (id integer, who integer, at text);
create temp table bare_step as
  select d.record_id as id, s.kind as move, s.owner_id as who, datetime(s.at) as at
  from casework_dutystep s join casework_duty d on d.id = s.duty_id;
create index temp.bare_by_duty on bare_step (id);
"""


class Beside:
    """The bare tables in the connection that Heed uses, and the question asked of them."""

    def __init__(self) -> None:
        from django.db import connection

        connection.ensure_connection()
        self._bare = connection.connection
        for text in TABLES.split(";"):
            if text.strip():
                self._bare.execute(text)
        self._claims()
        self._looks()

    def asked(self, person: str, on: date) -> set[tuple[str, str]]:
        """Everybody who wrote, was told, opened, owed or answered; gives the records they stand on."""
        end = (on + timedelta(days=1)).isoformat()
        names = {
            row[0] for row in self._bare.execute(PEOPLE, (person, end, person, end, end, end)).fetchall()
        }
        return {(agency, ref) for agency, _, ref in (name.partition(" ") for name in names)}

    def counts(self) -> dict[str, int]:
        """What the questions were asked among."""
        records = self._bare.execute("select count(*) from bare_record").fetchone()[0]
        looks = self._bare.execute(
            "select count(*) from casework_entry where kind = 'consultation'"
        ).fetchone()[0]
        duties = self._bare.execute("select count(*) from casework_duty").fetchone()[0]
        return {"records": records, "looks": looks, "duties": duties}

    def _claims(self) -> None:
        from heed.casework import sealed
        from heed.casework.models import Record

        rows = Record.objects.system("a bench: the same documents in the clear, for the time of one run")
        for pk, document in sealed.documents(rows, "pk"):
            told = json.loads(document)
            claims = [(pk, "wrote", _name(told.get("author")), _at(told["recorded_at"]))]
            claims += [(pk, "told", _name(each), _at(each.get("at"))) for each in told.get("told") or []]
            answer = told.get("answer")
            if answer:
                claims.append((pk, "answered", _name(answer.get("by")), _at(answer.get("at"))))
            self._bare.executemany("insert into bare_claim values (?, ?, ?, ?)", claims)
        self._bare.execute("create index temp.bare_by_claim on bare_claim (id)")

    def _looks(self) -> None:
        from heed.casework.models import Body

        looks = Body.objects.filter(entry__kind="consultation", entry__actor__isnull=False)
        for who, at, text in looks.values_list("entry__actor_id", "entry__at", "text").iterator():
            rows = json.loads(text).get("records") or ()
            at = at.strftime("%Y-%m-%d %H:%M:%S")
            self._bare.executemany("insert into bare_look values (?, ?, ?)", [(row, who, at) for row in rows])
        self._bare.execute("create index temp.bare_by_look on bare_look (id)")


def _name(person: dict[str, str] | None) -> str:
    return json.dumps(person or {}, sort_keys=True)


def _at(text: str | None) -> str | None:
    """An instant with its own offset as the tables hold it."""
    from datetime import UTC, datetime

    return (
        None if text is None else datetime.fromisoformat(text).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    )
