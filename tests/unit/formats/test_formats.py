"""Formats are found by their folder, and every one of them reads its own sample without a refusal."""

from pathlib import Path

import pytest

import heed.formats
from heed.core.records.explained import Explained
from heed.formats import load, names
from heed.formats.contract import Refused, Usable

HERE = Path(heed.formats.__file__).parent


@pytest.mark.parametrize("name", names())
def test_a_format_reads_its_own_sample(name):
    folder = HERE / name.replace("-", "_")
    (sample,) = folder.glob("sample*")
    rows = list(load(name).read([sample], agency="school" if load(name).needs_agency else None, options={}))
    assert [row for row in rows if isinstance(row, Usable)]
    assert not [row for row in rows if isinstance(row, Refused)]


def test_a_format_that_does_not_exist_is_explained_with_those_that_do():
    with pytest.raises(Explained, match="records"):
        load("../records")
