"""What is derived from the facts once, before any detector asks: homes, touches, episodes, company.

SQL of the restricted dialect: epoch seconds as whole numbers, `//`, no intervals, no time zones, no lists,
no hash, so that sqlglot can hand the same text to Spark. Each text is one SELECT; the warehouse names it.

Only what was known counts: a child's home is the last one recorded before a touch was recorded, and a
record is an echo only of records that were first written down before it: a newer revision of the original
is not an echo of its echo.
"""

FOREVER = 32503680000
"""The year 3000 in epoch seconds: 'never superseded'."""
CHILD_PARTS = "('child', 'companion', 'found_with')"
HOME_PARTS = "('home', 'home_address', 'lives_at', 'missing_from', 'placement', 'placed_at', 'placed_with', 'residence')"
"""Things that say where a child lives: a setting, not a place children are gathered at."""
DAILY_PARTS = "('school', 'attends', 'school_attended', 'employer', 'registered_at')"
"""Things every child has one of."""

CHILD_IN_RECORD = f"""
select r.record_id, r.agency, r.ref, r.kind, r.recorded_s, p.person,
  coalesce(r.superseded_s, {FOREVER}) as superseded_s,
  coalesce(r.from_s, r.recorded_s) as at_s,
  coalesce(r.from_latest_s, r.recorded_s) as latest_s,
  coalesce(r.to_s, coalesce(r.from_latest_s, r.recorded_s) + 43200) as to_s,
  min(m.source) as source,
  max(m.home) as home,
  max(case when m.part = 'child' then 1 else 0 end) as is_child
from mention m
join record r on r.record_id = m.record_id
join person_of p on p.source = m.source
where m.part in {CHILD_PARTS}
group by r.record_id, r.agency, r.ref, r.kind, r.recorded_s, p.person, r.superseded_s, r.from_s,
  r.from_latest_s, r.to_s
"""

HOME_SPAN = f"""
select person, home, recorded_s as from_s,
  coalesce(lead(recorded_s) over (partition by person order by recorded_s, record_id, home), {FOREVER}) as until_s
from (
  select person, home, recorded_s, record_id,
    lag(home) over (partition by person order by recorded_s, record_id, home) as before
  from (
    select person, home, recorded_s, record_id from child_in_record where home <> ''
    union
    select c.person, t.match as home, c.recorded_s, c.record_id
    from thing t join child_in_record c on c.record_id = t.record_id
    where t.kind in ('place', 'premises') and t.part in {HOME_PARTS} and t.match <> '' and c.is_child = 1
  ) known
) changes
where before is null or before <> home
"""

FIRST_HOME = """
select person, home, min(from_s) as from_s from home_span group by person, home
"""

WHOLE = """
with named as (
  select t.kind, t.match, t.key, t.record_id, r.recorded_s, length(t.match) as long, instr(t.match, '|') as bar
  from thing t join record r on r.record_id = t.record_id
  where t.kind in ('vehicle', 'place', 'premises') and t.match <> ''
),
complete as (
  select 'vehicle' as kind, substr(match, 1, 4) as piece, match, min(recorded_s) as since_s
  from named where kind = 'vehicle' and long = 7 group by match
  union all
  select 'vehicle' as kind, substr(match, 4, 4) as piece, match, min(recorded_s) as since_s
  from named where kind = 'vehicle' and long = 7 group by match
  union all
  select 'vehicle' as kind, substr(match, 3, 5) as piece, match, min(recorded_s) as since_s
  from named where kind = 'vehicle' and long = 7 group by match
  union all
  select 'place' as kind, substr(key, instr(key, '|')) as piece, match, min(recorded_s) as since_s
  from named where kind <> 'vehicle' and bar > 1 and instr(key, '|') > 1 and length(key) > instr(key, '|')
  group by substr(key, instr(key, '|')), match
)
select p.record_id, p.match as piece, min(c.match) as whole
from named p
join complete c on c.piece = case when p.kind = 'vehicle' then p.match else p.key end
  and c.kind = case when p.kind = 'vehicle' then 'vehicle' else 'place' end and c.since_s <= p.recorded_s
where (p.kind = 'vehicle' and p.long in (4, 5)) or (p.kind <> 'vehicle' and p.bar = 1 and p.long >= 8)
group by p.record_id, p.match
having count(distinct c.match) = 1
"""
"""What a record names only in part (four or five characters of a number plate, an address without its postcode), where
exactly one whole thing known by then has that part: where two have it, nobody can say which."""

TOUCH = f"""
with seen as (
  select case when t.kind = 'premises' then 'place' else t.kind end as kind, coalesce(w.whole, t.match) as hub,
    min(t.key) as key, min(t.label) as label, min(t.part) as part,
    c.person, c.record_id, c.agency, c.ref, c.at_s, c.recorded_s, c.superseded_s
  from thing t
  join child_in_record c on c.record_id = t.record_id
  left join whole w on w.record_id = t.record_id and w.piece = t.match
  where t.match <> '' and t.part not in {HOME_PARTS} and t.part not in {DAILY_PARTS}
    and c.latest_s - c.at_s <= 3888000
  group by case when t.kind = 'premises' then 'place' else t.kind end, coalesce(w.whole, t.match), c.person,
    c.record_id, c.agency, c.ref, c.at_s, c.recorded_s, c.superseded_s
)
select s.kind, s.hub, s.key, s.label, s.part, s.person, s.record_id, s.agency, s.ref,
  s.at_s, s.recorded_s, s.superseded_s,
  coalesce(h.home, s.person) as setting
from seen s
left join home_span h on h.person = s.person and h.from_s <= s.recorded_s and h.until_s > s.recorded_s
left join first_home own on own.person = s.person and own.home = s.hub and own.from_s <= s.recorded_s
where own.person is null
"""

EPISODE = """
with first_known as (
  select agency, ref, min(recorded_s) as first_s from record group by agency, ref
),
missing as (
  select c.*, f.first_s
  from child_in_record c join first_known f on f.agency = c.agency and f.ref = c.ref
  where c.kind = 'missing' and c.is_child = 1 and c.latest_s - c.at_s <= 3888000
),
echo as (
  select distinct x.person, x.record_id
  from missing x
  join missing e on e.person = x.person
    and (e.first_s < x.first_s or (e.first_s = x.first_s and (e.agency < x.agency
      or (e.agency = x.agency and e.ref < x.ref))))
    and e.recorded_s <= x.recorded_s and e.superseded_s > x.recorded_s
    and e.at_s <= x.latest_s + 43200 and x.at_s <= e.latest_s + 43200
)
select x.person, x.source, x.record_id, x.agency, x.ref, x.at_s, x.recorded_s, x.superseded_s,
  least(greatest(x.to_s, x.at_s + 3600), x.at_s + 604800) as to_s,
  coalesce(h.home, x.person) as setting
from missing x
left join home_span h on h.person = x.person and h.from_s <= x.recorded_s and h.until_s > x.recorded_s
left join echo e on e.person = x.person and e.record_id = x.record_id
where e.person is null
"""

COMPANY = """
select a.person as x, b.person as y, a.record_id, a.at_s, a.recorded_s
from child_in_record a
join child_in_record b on b.record_id = a.record_id and a.person < b.person
"""

DERIVED: tuple[tuple[str, str], ...] = (
    ("child_in_record", CHILD_IN_RECORD),
    ("home_span", HOME_SPAN),
    ("first_home", FIRST_HOME),
    ("whole", WHOLE),
    ("touch", TOUCH),
    ("episode", EPISODE),
    ("company", COMPANY),
)
"""In the order they are made: each may read the ones before it."""
