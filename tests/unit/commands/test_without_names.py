"""Two agencies, a third party, and a key: encode, compare, resolve."""

import json
import resource
import stat
import subprocess
import sys
from contextlib import contextmanager

import pytest

from heed.casework.actions.receive import receive_many
from heed.casework.commands.identity import compare, encode, resolve
from heed.casework.linking import link_all
from heed.casework.models import Entry, Outbox, Source
from heed.casework.policy.page import SHIPPED
from heed.casework.without_names import private
from heed.core.records.explained import Explained
from tests.case_story import NOW
from tests.made_records import record_of
from tests.personas import standing
from tests.two_files import two_files
from tests.unit.commands.running import run

pytestmark = pytest.mark.django_db
PEOPLE, SHARED = 60, 0.5


@pytest.fixture
def house(tmp_path, settings):
    """Both agencies' files happen to stand in one house here; each command reads those of its own agency only."""
    standing()
    left, right, truth = two_files(PEOPLE, 9, SHARED)
    rename = {"left": "police", "right": "health"}

    def own(source):
        agency, _, ref = source.partition(" ")
        return f"{rename[agency]} {ref}"

    records = []
    for number, each in enumerate([*left, *right]):
        object.__setattr__(each, "source", own(each.source))
        records.append(record_of(each, number))
    receive_many(records=records, by=None, now=NOW)
    link_all(NOW)
    Outbox.objects.update(done_at=NOW)
    (tmp_path / "policy").mkdir()
    words = (SHIPPED / "without_names.yaml").read_text()
    assert "switched_on: false" in words
    words = words.replace("switched_on: false", "switched_on: true")
    (tmp_path / "policy" / "without_names.yaml").write_text(words)
    settings.POLICY = tmp_path / "policy"
    return {own(one).split(" ")[1]: own(other).split(" ")[1] for one, other in truth.items()}


def encoded(tmp_path, agency, key="key", project="north-2026", ask="the duty desk"):
    out = tmp_path / f"{agency}-{key}-{project}.codes"
    ran = run(
        encode.command, out, "--agency", agency, "--key", tmp_path / key, "--project", project, "--ask", ask
    )
    assert ran.code == 0, ran.explained
    return out


def test_two_agencies_learn_how_many_and_whom_to_ask_and_nobody_else_learns_a_name(house, tmp_path):
    assert run(encode.command, "--new-key", tmp_path / "key").code == 0
    files = [encoded(tmp_path, agency) for agency in ("police", "health")]
    for file in (tmp_path / "key", *files):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        refs = [*Source.objects.values_list("ref", flat=True), "AYLA"]
        assert not any(f'"{ref}"' in file.read_text() for ref in refs)
    ran = run(compare.command, *files, "--ask", tmp_path / "answers")
    assert ran.code == 0, ran.explained
    count = int(ran.out.split(" ")[0])
    assert abs(count - len(house)) <= 3
    mine, its = (
        {line["conversation"]: line["ref"] for line in resolved(tmp_path, agency)}
        for agency in ("police", "health")
    )
    assert mine.keys() == its.keys()
    assert len(mine) == count
    assert sum(house.get(mine[number]) == its[number] for number in mine) / count >= 0.9
    assert list(Entry.objects.order_by("seq").values_list("kind", "subject", "purpose"))[-4:] == [
        ("export", "agency:police", "encodings without names"),
        ("export", "agency:health", "encodings without names"),
        ("consultation", "agency:police", "resolving encodings"),
        ("consultation", "agency:health", "resolving encodings"),
    ]


def resolved(tmp_path, agency):
    ran = run(resolve.command, tmp_path / "answers" / f"ask-{agency}.json", "--agency", agency, "--json")
    assert ran.code == 0, ran.explained
    return [json.loads(line) for line in ran.out.splitlines()]


def test_an_answer_says_nothing_of_the_other_side_but_whom_to_ask(house, tmp_path):
    run(encode.command, "--new-key", tmp_path / "key")
    files = [encoded(tmp_path, agency, ask=f"the desk of {agency}") for agency in ("police", "health")]
    run(compare.command, *files, "--ask", tmp_path / "answers")
    told = json.loads((tmp_path / "answers" / "ask-police.json").read_text())
    assert (told["shared_with"], told["ask"]) == ("health", "the desk of health")
    theirs = {json.loads(line)["handle"] for line in files[1].read_text().splitlines()[1:]}
    assert not theirs & {each["handle"] for each in told["people"]}
    ran = run(resolve.command, tmp_path / "answers" / "ask-police.json", "--agency", "health")
    assert "This answer is for police" in ran.explained


def test_few_in_common_are_not_told_and_few_people_are_not_compared(house, tmp_path):
    run(encode.command, "--new-key", tmp_path / "key")
    police, health = (encoded(tmp_path, agency) for agency in ("police", "health"))
    lines = health.read_text().splitlines()
    head = json.loads(lines[0])
    few = tmp_path / "few"
    few.write_text("\n".join([json.dumps(head | {"people": 1}), lines[1]]))
    assert "fewer than 50 people" in run(compare.command, police, few).explained
    strict = tmp_path / "strict"
    strict.write_text("\n".join([json.dumps(head | {"least_shared": 1000}), *lines[1:]]))
    ran = run(compare.command, police, strict, "--ask", tmp_path / "answers")
    assert ran.out.startswith("Fewer than 1000 children in common, or none.")
    assert not (tmp_path / "answers").exists()


def test_other_keys_and_other_projects_are_refused(house, tmp_path):
    for key in ("key", "other"):
        run(encode.command, "--new-key", tmp_path / key)
    police = encoded(tmp_path, "police")
    for other in (encoded(tmp_path, "health", key="other"), encoded(tmp_path, "health", project="south")):
        assert "same project under the same key" in run(compare.command, police, other).explained


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda lines: lines[:-1], "cut short"),
        (lambda lines: [*lines, lines[-1]], "cut short"),
        (lambda lines: ["{}", *lines[1:]], "line 1"),
        (lambda lines: [lines[0].replace('"police"', '"../../police"'), *lines[1:]], "line 1"),
        (lambda lines: [*lines[:1], "not json", *lines[2:]], "line 2"),
        (lambda lines: [*lines[:1], lines[1].replace('"bits": "', '"bits": "AA'), *lines[2:]], "line 2"),
        (lambda lines: [], "line 1"),
        (lambda lines: [lines[0].replace('"people": 60', '"people": Infinity'), *lines[1:]], "line 1"),
        (lambda lines: [lines[0], "[" * 100_000, *lines[2:]], "line 2"),
    ],
)
def test_a_file_that_was_changed_is_refused_by_name(house, tmp_path, change, words):
    run(encode.command, "--new-key", tmp_path / "key")
    police, health = (encoded(tmp_path, agency) for agency in ("police", "health"))
    police.write_text("\n".join(change(police.read_text().splitlines())))
    assert words in run(compare.command, police, health).explained


def test_the_third_party_needs_no_house_and_no_key(house, tmp_path):
    run(encode.command, "--new-key", tmp_path / "key")
    files = [str(encoded(tmp_path, agency)) for agency in ("police", "health")]
    (tmp_path / "key").unlink()
    program = (
        "import sys; from heed.config.cli import main\n"
        "try: main(['identity', 'compare', *sys.argv[1:]])\n"
        "finally: print('django' in sys.modules)"
    )
    command = [sys.executable, "-c", program, *files]
    ran = subprocess.run(command, cwd=tmp_path, env={"PATH": ""}, capture_output=True, text=True, check=True)
    assert "children in common" in ran.stdout
    assert ran.stdout.strip().endswith("False")
    assert not (tmp_path / "heed-data").exists()


def test_it_is_off_unless_policy_says_otherwise(house, tmp_path, settings):
    settings.POLICY = SHIPPED
    for command in (
        lambda: run(encode.command, "--new-key", tmp_path / "key"),
        lambda: run(
            encode.command, tmp_path / "out", "--agency", "police", "--key", "k", "--project", "north"
        ),
        lambda: run(resolve.command, SHIPPED / "without_names.yaml", "--agency", "police"),
    ):
        assert "switched off in this house" in command().explained
    assert list(tmp_path.glob("*key*")) == []


def test_a_key_that_others_may_read_is_refused(house, tmp_path):
    run(encode.command, "--new-key", tmp_path / "key")
    (tmp_path / "key").chmod(0o640)
    arguments = ("--agency", "police", "--key", tmp_path / "key", "--project", "north-2026")
    assert "chmod 600" in run(encode.command, tmp_path / "out", *arguments).explained
    assert not (tmp_path / "out").exists()


def test_nothing_leaves_when_the_ledger_refuses(house, tmp_path, monkeypatch):
    def full(**_):
        raise RuntimeError("no room in the ledger")

    run(encode.command, "--new-key", tmp_path / "key")
    monkeypatch.setattr("heed.casework.actions.encoding.ledger.append", full)
    arguments = ("--agency", "police", "--key", tmp_path / "key", "--project", "north-2026")
    with pytest.raises(RuntimeError):
        run(encode.command, tmp_path / "out", *arguments)
    assert not (tmp_path / "out").exists()


@contextmanager
def room_for(size: int):
    """Files of this process end after so many bytes, as they do on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_fills_up_leaves_no_part_of_a_file(tmp_path):
    refused = pytest.raises(Explained, match=r"codes cannot be written: .*none have")
    with room_for(4096), refused, private(tmp_path / "codes") as out:
        out.write(b"one line of codes\n" * 4096)
    assert list(tmp_path.iterdir()) == []
    with private(tmp_path / "codes") as out:
        out.write(b"one line of codes\n")
    assert [each.name for each in tmp_path.iterdir()] == ["codes"]
    assert (tmp_path / "codes").stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_never_written_over_also_when_it_comes_meanwhile(tmp_path):
    (tmp_path / "there").write_text("another agency's")
    with pytest.raises(Explained, match="File exists"), private(tmp_path / "there"):
        pytest.fail("nothing is begun")
    with pytest.raises(Explained, match="File exists"), private(tmp_path / "late") as out:
        out.write(b"codes")
        (tmp_path / "late").write_text("another agency's")
    assert {each.name: each.read_text() for each in tmp_path.iterdir()} == dict.fromkeys(
        ("there", "late"), "another agency's"
    )
