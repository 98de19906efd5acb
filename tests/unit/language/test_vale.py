"""The word list as a style of Vale: the documented keys, and expressions that find what Heed itself finds."""

import re

import yaml
from click.testing import CliRunner

from heed.casework.policy.wording import read_wording
from heed.config.cli import group
from heed.core.language.phrases import spellings
from heed.core.language.vale import expression, rules, settings
from tests.spec.language.test_wording import SENTENCES

WORDS = read_wording().words


def test_every_pair_is_a_rule_with_the_documented_keys():
    found = rules(WORDS)
    assert {name.removesuffix("-look") for name in found} == set(WORDS.pairs)
    for rule in found.values():
        assert set(rule) - {"swap", "tokens"} == {"extends", "message", "level", "ignorecase"}
        assert rule["level"] == "suggestion"
        if rule["extends"] == "substitution":
            assert all(rule["swap"].values())
            assert rule["message"].count("%s") == 2
        else:
            assert rule["extends"] == "existence"
            assert rule["message"].count("%s") == 1
        assert rule["message"].replace("%s", "").count("%") == 0


def test_the_expressions_find_every_spelling_and_each_sentence():
    for pair in WORDS.pairs.values():
        for phrase in pair.phrases:
            pattern = re.compile(rf"\b(?:{expression(phrase.pattern)})\b", re.IGNORECASE)
            assert pattern.groups == 0
            for words in spellings(phrase.pattern):
                assert pattern.fullmatch(" ".join(words)), (phrase, words)
    for pair, sentence, words in SENTENCES:
        tried = (expression(each.pattern) for each in WORDS.pairs[pair].phrases)
        found = {match[0] for each in tried for match in re.finditer(rf"\b(?:{each})\b", sentence, re.I)}
        assert words in found


def test_the_command_writes_a_folder_that_reads_back(tmp_path, db):
    done = CliRunner().invoke(group, ["words", "vale", "--out", str(tmp_path)])
    assert done.exit_code == 0, done.output
    files = sorted((tmp_path / "styles" / "Heed").glob("*.yml"))
    assert {file.stem: yaml.safe_load(file.read_text()) for file in files} == rules(WORDS)
    assert (tmp_path / ".vale.ini").read_text() == settings()
