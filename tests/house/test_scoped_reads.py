"""Records, and what hangs on them, are read by somebody or for a reason: nothing goes round the managers that refuse."""

import ast

import pytest

from tests.house.reading import ROOT, name, sources, tree

HEED = [path for path in sources() if path.relative_to(ROOT).parts[0] == "heed"]
GUARDED = {"Record", "Row", "Mention", "ThingSeen"}
ROUND = {"kept", "_base_manager", "_default_manager"}
"""The ways round `objects`; `kept` is Django's own base manager, and the tests'."""
THE_MANAGERS = "heed/casework/models/records.py"

JOBS = {
    "heed/casework/actions/attach.py": "an act, with its entry: a file is added to a record just saved",
    "heed/casework/actions/batch_decisions.py": "an act: what rests on a batch that was decided on",
    "heed/casework/actions/concerns.py": "an act: a page sent twice is saved once",
    "heed/casework/actions/drafts.py": "an act: no draft is kept of a page that is saved",
    "heed/casework/actions/duties/refusals.py": "an act, or the worker: who refused before",
    "heed/casework/actions/duties/withdrawing.py": "an act: what stands of a withdrawn record",
    "heed/casework/actions/holds.py": "an act: what a hold is on",
    "heed/casework/actions/kept.py": "an act: in what two records differ",
    "heed/casework/actions/missing/knowing.py": "an act, or the worker: how often a child was missing",
    "heed/casework/actions/missing/writing.py": "an act: a page sent twice is saved once",
    "heed/casework/actions/practice.py": "the worker: how many concerns stand about a child, or a place",
    "heed/casework/actions/register/patterns.py": "the worker: which cars and telephones stand beside a person",
    "heed/casework/actions/unmaking.py": "an act: erasing, agreed by two people",
    "heed/casework/agreed.py": "the worker and its commands: the warehouse",
    "heed/casework/ahead.py": "a command: counts",
    "heed/casework/attachments/looking.py": "the worker: pictures",
    "heed/casework/assurance.py": "a report: which agencies sent nothing in a month",
    "heed/casework/bodies.py": "a command: the ledger is written out for whoever verifies it",
    "heed/casework/exports.py": "a command, with its entry: an export",
    "heed/casework/knew.py": "a command, with its entry: who knew what",
    "heed/casework/packs.py": "a command, with its entry: a pack of a review",
    "heed/casework/ledger.py": "a command: the ledger is verified",
    "heed/casework/linking/anew.py": "the worker: linking",
    "heed/casework/linking/batch.py": "the worker and its commands: linking",
    "heed/casework/linking/gathering.py": "the worker and its commands: linking",
    "heed/casework/linking/lapsing.py": "the worker and its commands: linking",
    "heed/casework/linking/live.py": "the worker: linking",
    "heed/casework/linking/meeting.py": "the worker: introductions",
    "heed/casework/mail/replying.py": "the worker: a receipt goes to where the message came from",
    "heed/casework/quality/counting.py": "the worker: counts by month",
    "heed/casework/quality/groups.py": "a report: counts, suppressed when small",
    "heed/casework/rebuilding.py": "a command: rebuilding",
    "heed/casework/reconciling.py": "a command: counts",
    "heed/casework/sealing/rows.py": "an act: whose key a duty's words are sealed under",
    "heed/casework/selfcheck/places.py": "a command: whether what is sealed can be opened",
    "heed/casework/supply.py": "the worker and its commands: the warehouse",
}
"""Every file that reads records without a person who looks, and for what. A new one is a decision: write it here."""


def chained(node: ast.AST) -> tuple[str, str]:
    """The root name and the first attribute of an attribute chain: ("Record", "objects") of Record.objects.system."""
    while isinstance(node, ast.Attribute):
        if isinstance(node.value, ast.Name):
            return node.value.id, node.attr
        node = node.value
    return "", ""


def system_calls(path) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "system"
        and chained(node.func)[1] == "objects"
    ]


@pytest.mark.parametrize("path", [p for p in HEED if name(p) != THE_MANAGERS], ids=name)
def test_nothing_goes_round_the_managers_that_refuse(path):
    used = {chained(node) for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    assert {
        f"{root}.{attribute}" for root, attribute in used if root in GUARDED and attribute in ROUND
    } == set()


@pytest.mark.parametrize("path", [p for p in HEED if system_calls(p)], ids=name)
def test_a_job_of_the_system_is_named_and_says_why_in_words_that_stand_there(path):
    assert name(path) in JOBS
    for call in system_calls(path):
        (why,) = call.args
        assert isinstance(why, ast.Constant) or (isinstance(why, ast.Name) and why.id == "WHY"), ast.dump(why)


def test_every_named_job_is_still_there():
    assert {name(path) for path in HEED if system_calls(path)} == set(JOBS)
