"""What others made and Heed ships: named, unchanged since it was made, and without what is licensed to gov.uk only."""

import hashlib
import json

import pytest

from tests.house.reading import ROOT

VENDOR = ROOT / "heed" / "web" / "static" / "vendor"
FILES = sorted(path for path in VENDOR.rglob("*") if path.is_file())
SHIPPED = sorted(
    path for path in (ROOT / "heed" / "web").rglob("*") if path.is_file() and path.suffix != ".pyc"
)
FONTS = {".woff", ".woff2", ".ttf", ".otf", ".eot"}


def test_every_file_is_in_the_manifest_with_its_digest():
    told = {one["file"]: one["sha256"] for one in json.loads((VENDOR / "manifest.json").read_text())}
    found = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in FILES
        if path.name != "manifest.json"
    }
    assert found == told


def test_every_licence_is_one_we_may_ship_and_stands_in_the_notice():
    notice = (ROOT / "NOTICE").read_text()
    for one in json.loads((VENDOR / "manifest.json").read_text()):
        for origin in one["from"]:
            assert origin["licence"] == "MIT"
            assert origin["name"] in notice
            assert origin["version"] in notice


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_typeface_crest_or_crown_and_no_source_map(path):
    text = path.read_bytes().decode(errors="replace").lower()
    for forbidden in ("gds transport", "crest", "crown", "@font-face", "sourcemappingurl", "woff"):
        assert forbidden not in text


def test_no_font_and_no_logotype_is_shipped():
    assert [path for path in SHIPPED if path.suffix in FONTS] == []
    assert [path for path in SHIPPED if "logotype" in path.name or "crest" in path.name] == []


def test_the_lock_of_the_vendoring_tool_names_no_address():
    lock = json.loads((ROOT / "tools" / "vendor_frontend" / "package-lock.json").read_text())
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
