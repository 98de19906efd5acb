"""Where Heed cannot keep its data it says so in one paragraph with exit code 2; and two that start at once both do."""

import os
import subprocess
import sys

import pytest

HEED = [sys.executable, "-c", "from heed.config.cli import main; main()"]


def environment(**given):
    ours = ("HEED_DATABASE_URL", "HEED_POLICY", "DJANGO_SETTINGS_MODULE", "HEED_SECRET_KEY")
    return {**{key: value for key, value in os.environ.items() if key not in ours}, **given}


def heed(*arguments, **given):
    return subprocess.run(
        [*HEED, *map(str, arguments)],
        env=environment(**given),
        check=False,
        capture_output=True,
        text=True,
    )


def a_file(folder):
    (folder / "file").write_text("")
    return {"HEED_DATA": str(folder / "file")}


def below_a_file(folder):
    (folder / "file").write_text("")
    return {"HEED_DATA": str(folder / "file" / "data")}


def not_a_database(folder):
    (folder / "heed.sqlite3").write_text("this is no database, only words " * 200)
    return {"HEED_DATA": str(folder)}


def no_such_server(folder):
    return {"HEED_DATA": str(folder), "HEED_DATABASE_URL": "postgresql://heed@127.0.0.1:1/heed"}


def no_postgresql(folder):
    return {"HEED_DATA": str(folder), "HEED_DATABASE_URL": "mysql://heed:secret@127.0.0.1/heed"}


@pytest.mark.parametrize(("given", "words"), [
    (a_file, "--data or HEED_DATA"),
    (below_a_file, "--data or HEED_DATA"),
    (not_a_database, "The database cannot be opened"),
    (no_such_server, "The database cannot be opened"),
    (no_postgresql, "does not name a PostgreSQL"),
])  # fmt: skip
def test_what_cannot_be_used_is_one_paragraph(tmp_path, given, words):
    ran = heed("duties", **given(tmp_path))
    assert ran.returncode == 2
    assert ran.stderr.startswith("heed: ")
    assert ran.stderr.count("\n") == 1
    assert words in ran.stderr
    assert "secret" not in ran.stderr


def test_three_that_start_in_a_fresh_folder_at_once_make_its_tables_once(tmp_path):
    started = [
        subprocess.Popen(
            [*HEED, "--data", str(tmp_path / "new"), "duties"],
            env=environment(),
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    told = [each.communicate()[1] for each in started]
    assert [each.returncode for each in started] == [0, 0, 0], told
