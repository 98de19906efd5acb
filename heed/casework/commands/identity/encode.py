"""`heed identity encode`: an agency's children as keyed encodings, for a third party to compare. An experiment."""

from pathlib import Path

import click

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command
@click.argument("out", type=FILE, required=False)
@click.option("--agency", help="The agency whose children are encoded.")
@click.option("--key", "key_file", type=FILE, help="The project's key, the same at both agencies.")
@click.option("--project", default="", metavar="NAME", help="The project's name, the same at both agencies.")
@click.option(
    "--ask", default="", metavar="WORDS", help="Whom the other agency asks here: a post, not a child."
)
@click.option("--by", "username", metavar="NAME", help="Who takes them out, as they sign in.")
@click.option("--new-key", type=FILE, help="Make a new key for a project in this file, and stop.")
def command(
    out: Path | None,
    agency: str | None,
    key_file: Path | None,
    project: str,
    ask: str,
    username: str | None,
    new_key: Path | None,
) -> None:
    """Write the children of one agency to OUT as keyed codes without names, to be compared by a third party that has no
    key. Codes are personal data: send them as you send a file. The key never goes to the third party. Switched off
    unless policy/without_names.yaml says otherwise; its limits stand in docs/explanation/without-names.md."""
    from heed.casework.installation import ready
    from heed.core.records.explained import Explained

    ready()
    from heed.casework.policy.without_names import read_without_names

    rules = read_without_names()
    rules.check()
    if new_key:
        _make(new_key)
        return
    if not (out and agency and key_file and project):
        raise Explained("Say whose children, under which key, for which project, into which file: --agency, --key,"
                        " --project and OUT.")  # fmt: skip
    _encode(out, agency, key_file, project, ask, username)


def _make(file: Path) -> None:
    from heed.casework.progress import say
    from heed.casework.without_names import new_key

    new_key(file)
    say(
        f"A key for one project is in {file}. Carry it to the other agency by hand, never by the way the files go, never"
        " to the third party; destroy it at both when the project ends."
    )


def _encode(out: Path, agency: str, key_file: Path, project: str, ask: str, username: str | None) -> None:
    from heed.casework.actions.encoding import encodings_leave
    from heed.casework.clock import now
    from heed.casework.commands.erase import who
    from heed.casework.exports import check_agency
    from heed.casework.policy.without_names import read_without_names
    from heed.casework.progress import say
    from heed.casework.without_names import people_of, private, read_key
    from heed.core.identity.encoded import fingerprint
    from heed.core.identity.encoded_files import Head, check_project, check_words, written

    check_agency(agency)
    check_project(project)
    key, by = read_key(key_file), who(username) if username else None
    mark = fingerprint(key, project)
    head = Head(project, agency, mark, check_words(ask), read_without_names().agreed)
    people, left_out = people_of(agency, project, key)
    with private(out) as file:
        encodings_leave(
            agency=agency, project=project, key=mark, people=len(people), by=by, now=now()
        )  # fmt: skip
        for line in written(head, people):
            file.write(line.encode() + b"\n")
    say(
        f"{len(people):,} children of {agency} are encoded in {out}; of {left_out:,} too little is known. Key {mark[:8]}:"
        " compare these letters with the other agency's by telephone. Keep the file as personal data."
    )
