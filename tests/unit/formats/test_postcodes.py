"""Where postcodes lie: from the open data where it is installed, and nowhere otherwise."""

import time
import tracemalloc

import pytest

from heed.core.records.grid import metres_between
from heed.formats import postcodes

needs_data = pytest.mark.skipif(not postcodes.is_available(), reason="the extra `postcodes` is not installed")
# Public buildings everybody can look up: the palace, the town hall of Oxford, the castle of Edinburgh.
KNOWN = {"SW1A 1AA": (51.501, -0.142), "OX1 1BX": (51.7515, -1.2570), "EH1 2NG": (55.9486, -3.1999)}


@needs_data
@pytest.mark.parametrize(("postcode", "near"), KNOWN.items())
def test_public_buildings_are_where_they_are(postcode, near):
    found = postcodes.locate(postcode)
    assert found is not None
    assert metres_between(found, near) < 400


@needs_data
def test_a_postcode_is_found_however_it_is_written():
    assert postcodes.locate("ox11bx") == postcodes.locate(" OX1  1BX ") is not None


@pytest.mark.parametrize(
    "postcode",
    ["ZZ99 3VZ", "zz993vz", "ZZ1 2CD", "BT1 5GS", "JE2 3XP", "", None, "OX", "OX1 1B\u2160", "X" * 50],
)
def test_what_is_no_place_of_the_grid_is_not_mapped(postcode):
    assert postcodes.locate(postcode) is None


def test_without_the_extra_nothing_is_mapped(monkeypatch):
    postcodes._letter.cache_clear()
    monkeypatch.setattr(postcodes, "_folder", lambda: None)
    assert postcodes.locate("OX1 1BX") is None
    assert not postcodes.is_available()
    postcodes._letter.cache_clear()


@needs_data
def test_loading_is_small():
    postcodes._letter.cache_clear()
    began = time.process_time()
    assert postcodes.locate("B1 1BB") is not None
    took = time.process_time() - began
    tracemalloc.start()
    assert postcodes.locate("S1 2HH") is not None
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(
        f"a letter of many postcodes: {took:.2f} s; held {held / 1e6:.0f} MB, at most {peak / 1e6:.0f} MB while read"
    )
    assert held < 10e6
    assert peak < 150e6
