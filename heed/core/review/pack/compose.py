"""Writing a pack: who knew what by a day, as sections, with every word gone through the redactor.

Columns of the chronology: multi-agency chronologies as reviews ask for them (event, recorded, agency, source, who was
told, decision with rationale, the child's words). What it cannot say stands in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from heed.core.records.kinds import Part
from heed.core.records.record import Author, Record
from heed.core.review.answer import certainty, state_of
from heed.core.review.asof import Kept
from heed.core.review.integrated import Event, Telling, integrated
from heed.core.review.knowing import Knowledge, Person, Who, named
from heed.core.review.pack.cast import Cast, Persons, cast_of
from heed.core.review.pack.content import Entry, Pack, Section, Table, strings
from heed.core.review.pack.known import TOKEN, fold, words_of
from heed.core.review.pack.redacting import Doubt, Redactor, surviving
from heed.core.review.spread import knowers, paths, ranks

LIMITS = (
    "Whoever reads this knows how it ended; nobody did then.",
    "What nobody wrote down is not here, and neither is what was said and not recorded. That nothing is here does not "
    "mean that nothing happened: no finding never means safe.",
    "Which files are one child's is as the links stand now.",
    "Names, numbers and addresses were taken out of the words themselves: nothing is covered. A name in small letters "
    "that no record lists can only be found by whoever reads it first.",
)


SAID = ("Purpose", "Conditions of handling")
"""What stands on the first page in somebody's own words."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What a pack is to be. `about` stands on its first page; `own` is the person whose own copy it is."""

    title: str
    about: tuple[tuple[str, str], ...]
    first: tuple[str, ...] = ()
    own: str = ""
    keep: frozenset[str] = frozenset()
    also: tuple[str, ...] = ()
    agencies: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Composed:
    """A pack, what the checker is asked about, and the key: each pseudonym with the reference it stands for."""

    pack: Pack
    doubts: tuple[Doubt, ...]
    key: tuple[tuple[str, str], ...]
    left: tuple[str, ...]
    """Names that are still in it; nothing leaves while there is one."""


def composed(found: Knowledge, everything: Sequence[Kept], persons: Persons, brief: Brief) -> Composed:
    """The pack of an answer. `everything` is where names are learnt from."""
    cast = cast_of(found, everything, persons, brief.first, brief.own)
    for words in brief.also:
        cast.known.name([words], "[left out]")
    spoken = frozenset(_vocabulary(found))
    writer = _Writer(found, cast, persons, Redactor(cast.known, brief.keep, spoken), dict(brief.agencies))
    about = tuple(
        (name, writer.red.text(value) if name == "Purpose" else value) for name, value in brief.about
    )
    pack = Pack(brief.title, about, tuple(writer.own() if brief.own else writer.review()))
    headings = [
        text
        for section in pack.sections
        for table in section.tables
        for text in (table.caption, *table.heads)
    ]
    spare = {
        fold(m[0])
        for text in (*dict(brief.agencies), *dict(brief.agencies).values(), *headings)
        for m in TOKEN.finditer(text)
    }
    inner = Pack("", (), pack.sections)
    fixed = _FIXED | spare
    return Composed(
        pack,
        tuple(writer.red.doubts.values()),
        tuple(_key(cast)),
        tuple(sorted(set(surviving(list(strings(inner)), cast.known, fixed)))),
    )


def _vocabulary(found: Knowledge) -> Iterator[str]:
    for kept in found.records:
        if kept.told is not None:
            for text in (
                kept.told.text,
                kept.told.childs_words,
                kept.told.answer.reason if kept.told.answer else "",
            ):
                yield from (fold(m[0]) for m in TOKEN.finditer(text or "") if m[0].islower())


def _key(cast: Cast) -> Iterator[tuple[str, str]]:
    for held in (cast.children, cast.adults, cast.things):
        yield from ((label, id) for id, label in held.items())
    yield from ((label, f"{agency}: {name}") for (agency, name), label in cast.professionals.items())
    yield from ((label, f"{agency} {ref}") for (agency, ref), label in cast.records.items())


@dataclass(slots=True)
class _Writer:
    found: Knowledge
    cast: Cast
    persons: Persons
    red: Redactor
    agencies: dict[str, str]

    def review(self) -> Iterator[Section]:
        yield Section("How to read this", LIMITS)
        yield Section("Who is in it", tables=(self._children(), self._professionals()))
        line = integrated(self.found.records, self.found.end)
        gaps = tuple((f"{g.first} to {g.last}", f"{g.days} days") for g in line.gaps)
        yield Section(
            "What happened, and who wrote of it",
            entries=tuple(self._event(e) for e in line.events),
            tables=(Table("Silences: nobody wrote of anything", ("From and to", "How long"), gaps),),
        )
        yield Section("Who knew", tables=(self._knew(), self._ranks()))
        yield Section("The way of each warning", entries=tuple(self._ways()))
        yield Section("What was owed", tables=(self._owed(),))
        yield Section("Sources", tables=(self._sources(),))

    def own(self) -> Iterator[Section]:
        """Her own file: oldest first, in plain words."""
        yield Section(
            "What this is",
            (
                "This is what professionals wrote about you. It is in the order in which it happened.",
                "Other people’s names, addresses and numbers were taken out, because they are about them. You will see "
                "Child B, Adult 1 or [left out] in their place. Professionals keep their names.",
                "The words are those that were used then. Some of them may blame you. What was done to you is not your "
                "fault.",
                "If something is wrong, or you want what was left out to be looked at again, you can ask whoever gave "
                "you this. You can ask somebody to read it with you.",
                "Not everything that happened was written down.",
            ),
        )
        line = integrated(self.found.records, self.found.end)
        yield Section("What was written about you", entries=tuple(self._event(e) for e in line.events))
        words = (
            ("Referral", "one service asks another to help"),
            ("Strategy discussion", "a meeting to decide how to keep a child safe"),
            ("No further action", "somebody decided to do nothing more"),
            ("Risk", "how worried somebody was, in their own word"),
        )
        yield Section("Some words explained", tables=(Table("Words", ("Word", "What it means"), words),))

    def _agency(self, code: str) -> str:
        return self.agencies.get(code, code)

    def _who(self, author: Author | None, kept: Kept) -> str:
        return self._label(named(author, kept.agency)) if author else "not given"

    def _label(self, who: Who) -> str:
        role = self.red.text(who.role)
        return ", ".join(filter(None, (self.cast.professional(who), role, self._agency(who.agency))))

    def _event(self, event: Event) -> Entry:
        first = event.tellings[0].record
        when = (
            first.happened_from.text
            if first.happened_from
            else f"not said; written on {first.recorded_at.date()}"
        )
        facts: list[tuple[str, str]] = []
        for conflict in event.conflicts:
            said = "; ".join(f"{self._agency(a)}: {self.red.text(w)}" for a, w in conflict.said)
            facts.append((f"Agencies differ on the {conflict.what}", said))
        for telling in event.tellings:
            facts += self._telling(telling)
        return Entry(
            f"{when[:10]}: {str(first.kind).replace('_', ' ')}", tuple(fact for fact in facts if fact[1])
        )

    def _telling(self, each: Telling) -> Iterator[tuple[str, str]]:
        told, kept = each.record, each.kept
        end = self.found.end
        yield "Source", f"{self.cast.record(kept.name)}, {self._agency(kept.agency)}"
        yield "Happened", self._span(told)
        yield "Recorded", f"{_at(told.recorded_at)}, by {self._who(told.author, kept)}"
        yield "About", ", ".join(dict.fromkeys(self._people(told, kept)))
        yield "Named with", ", ".join(self.cast.thing(thing) for thing in told.things)
        yield "What was written", self.red.text(told.text)
        yield "In the child’s words", self.red.text(told.childs_words)
        missing = told.missing
        if missing:
            graded = (
                missing.category,
                missing.risk and f"risk as graded then: {missing.risk}",
                missing.risk_reason,
            )
            yield "Missing", self.red.text("; ".join(filter(None, graded)))
        heard = [
            f"{self._who(one.person, kept)} ({_at(one.at) if one.at else 'no time given'})"
            for one in told.told
            if one.at is None or one.at <= end
        ]
        yield "Told", "; ".join(heard)
        answer = told.answer
        if answer and (answer.at is None or answer.at <= end):
            at = _at(answer.at) if answer.at else "no time given"
            yield "Decision", f"{answer.decision.replace('_', ' ')}, by {self._who(answer.by, kept)}, {at}"
            yield "Reason given", self.red.text(answer.reason)
        elif each.unanswered is not None:
            yield "Decision", f"none recorded after {each.unanswered.days} days"

    def _span(self, told: Record) -> str:
        parts = [each.text for each in (told.happened_from, told.happened_to) if each]
        return " to ".join(parts)

    def _people(self, told: Record, kept: Kept) -> Iterator[str]:
        for each in told.people:
            if each.part == Part.PROFESSIONAL:
                yield self.cast.professional(
                    Who(kept.agency, 0, f"{each.given_names or ''} {each.family_name or ''}".strip())
                )
                continue
            source = f"{kept.agency} {each.ref}" if each.ref else ""
            if self.cast.own and self.persons.get(source, source) == self.cast.own:
                yield "you"
            else:
                yield f"{self.cast.person(each, kept, self.persons)} ({str(each.part).replace('_', ' ')})"

    def _children(self) -> Table:
        files: dict[str, set[str]] = {}
        for kept in self.found.records:
            for source in kept.sources:
                label = self.cast.children.get(self.persons.get(source, source))
                if label:
                    files.setdefault(label, set()).add(self._agency(kept.agency))
        rows = tuple(
            (label, ", ".join(sorted(files.get(label, ()))) or "named by others only")
            for label in self.cast.children.values()
        )
        return Table("Children", ("Child", "Agencies that wrote of her or him"), rows)

    def _professionals(self) -> Table:
        rows = dict.fromkeys(
            (
                self.cast.professional(p.who),
                self._agency(p.who.agency),
                self.red.text(p.who.role),
                p.who.grade or "not given",
            )
            for p in self.found.people
        )
        return Table(
            "Professionals",
            ("Professional", "Agency", "Role", "Rank"),
            tuple(sorted(rows, key=lambda r: int(r[0].split()[-1]))),
        )

    def _knew(self) -> Table:
        since = {each.who: each.since for each in knowers(self.found)}
        rows = tuple(self._person(each, since.get(each.who)) for each in self.found.people)
        heads = ("Who", "Knew since", "Wrote", "Was told of", "Opened", "Answered", "Owed")
        return Table("What each person knew, in numbers of records", heads, rows)

    def _person(self, each: Person, since: datetime | None) -> tuple[str, ...]:
        counts = (each.wrote, each.told, each.opened, each.answered, each.owed)
        return (self._label(each.who), _at(since) if since else "", *(str(len(one)) for one in counts))

    def _ranks(self) -> Table:
        rows = tuple(
            (self._agency(r.agency), r.grade or "not given", str(r.knew), str(r.people))
            for r in ranks(self.found, knowers(self.found))
        )
        return Table("How many in each agency and rank", ("Agency", "Rank", "Knew", "People"), rows)

    def _ways(self) -> Iterator[Entry]:
        for path in paths(self.found):
            facts = tuple((_at(stage.at), f"{self._label(stage.who)}: {stage.how}") for stage in path.stages)
            end = (
                f"Answered: {path.decision.replace('_', ' ')}."
                if path.answered
                else "Nobody had answered by the day of this pack."
            )
            yield Entry(self.cast.record(path.record), facts, end)

    def _owed(self) -> Table:
        rows = tuple(
            (
                f"Duty {n}",
                self.cast.record(duty.record),
                str(state_of(duty.steps)),
                str(duty.steps[-1].rung),
                self._label(duty.steps[-1].owner),
            )
            for n, duty in enumerate(self.found.duties, 1)
        )
        return Table("Duties as they stood", ("Duty", "About", "State", "Rung", "Owed by"), rows)

    def _sources(self) -> Table:
        rows = tuple(
            (
                self.cast.record(k.name),
                self._agency(k.agency),
                str(k.told.kind) if k.told else "",
                str(k.revision),
                _at(k.recorded_at),
                _at(k.received_at),
                certainty(k, self.found.end).replace("_", " "),
            )
            for k in self.found.records
        )
        return Table(
            "Every record this rests on",
            ("Record", "Agency", "Kind", "Revision", "Recorded", "Received by Heed", "By the day"),
            rows,
        )


_FIXED = frozenset(
    word
    for text in (
        *LIMITS,
        "how to read this who is in it what happened and wrote of knew way each warning was owed sources",
    )
    for word in words_of(text)
) | {"child", "adult", "record", "place", "duty", "professional", "vehicle", "telephone", "account", "thing"}


def _at(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
