"""Hostile messages of the census of children in need."""

from pathlib import Path

from tests.faults.hostile import sample_of


def _sample() -> str:
    return sample_of("cin").read_text(encoding="utf-8")


def _file(folder: Path, text: str | bytes) -> Path:
    file = folder / "cin.xml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def _with_type(folder: Path, declared: str, used: str) -> Path:
    head, _, rest = _sample().partition("<Message>")
    return _file(folder, f"{head}<!DOCTYPE Message [{declared}]><Message>{rest.replace('10001', used)}")


def a_bomb_of_entities(folder: Path) -> Path:
    """Ten entities, each ten of the one before."""
    words = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    return _with_type(folder, f'<!ENTITY a "aaaaaaaaaa">{words}', "&j;")


def a_bomb_of_one_entity(folder: Path) -> Path:
    """One long entity, ten thousand times."""
    return _with_type(folder, f'<!ENTITY a "{"a" * 50_000}">', "&a;" * 10_000)


def an_entity_from_outside(folder: Path) -> Path:
    """An entity that asks for a file of the machine."""
    return _with_type(folder, '<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;")


def a_type_from_outside(folder: Path) -> Path:
    """A document type somewhere else, and a parameter entity."""
    return _with_type(folder, '<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;', "1")


def an_empty_type(folder: Path) -> Path:
    """A document type that declares nothing."""
    return _file(folder, _sample().replace("<Message>", "<!DOCTYPE Message><Message>"))


def an_unclosed_tag(folder: Path) -> Path:
    """An element that never ends, a third of the way down."""
    return _file(folder, _sample().replace("</ChildIdentifiers>", "", 1))


def a_hundred_thousand_deep(folder: Path) -> Path:
    """Elements in elements in elements."""
    return _file(folder, "<Message>" + "<a>" * 100_000 + "</a>" * 100_000 + "</Message>")


def a_hundred_thousand_attributes(folder: Path) -> Path:
    """One element with more attributes than anybody means."""
    return _file(folder, f"<Message {' '.join(f'a{n}="1"' for n in range(100_000))}><Children/></Message>")


def a_text_of_30_mb(folder: Path) -> Path:
    """One element with 30 MB of text."""
    return _file(folder, _sample().replace("10001", "x" * (30 * 2**20), 1))


def another_message(folder: Path) -> Path:
    """XML about something else."""
    return _file(folder, "<html><body><p>Children</p></body></html>")


def no_children(folder: Path) -> Path:
    """A census with nobody in it."""
    return _file(
        folder,
        "<Message><Header><CollectionDetails><Year>2025</Year></CollectionDetails></Header><Children/></Message>",
    )


def four_thousand_children(folder: Path) -> Path:
    """The same child 4,000 times."""
    text = _sample()
    start, end = text.index("<Child>"), text.index("</Child>") + len("</Child>")
    return _file(folder, text[:start] + text[start:end] * 4_000 + text[end:])


def dates_of_every_kind(folder: Path) -> Path:
    """Two-digit years, swapped days, serials, five-digit years, zones: a message each."""
    days = ("03/06/24", "2024-31-06", "45446", "20240-06-03", "2024-06-03Z", "", "0000-00-00", "soon")
    for number, day in enumerate(days):
        (folder / f"{number}.xml").write_text(_sample().replace("2024-06-03", day).replace("2010-02-11", day))
    return folder


def text_between_elements(folder: Path) -> Path:
    """Words, comments, instructions and CDATA where none belong."""
    odd = "stray <!-- note --> <?do it?> <![CDATA[<Child>]]>"
    return _file(folder, _sample().replace("<Child>", f"<Child>{odd}").replace("</Child>", f"{odd}</Child>"))


def prefixes_and_spaces(folder: Path) -> Path:
    """The same message under a prefix that another census might use."""
    text = _sample().replace("</", "</c:").replace("<", "<c:").replace("<c:/c:", "</c:").replace("<c:?", "<?")
    return _file(folder, text.replace("<c:Message>", '<c:Message xmlns:c="urn:x">'))


def wide_letters(folder: Path) -> Path:
    """UTF-16 that says it is UTF-8, and an encoding nobody knows."""
    _file(folder, _sample().encode("utf-16"))
    (folder / "other.xml").write_text(_sample().replace("UTF-8", "x-nothing"))
    return folder


def control_characters(folder: Path) -> Path:
    """Characters XML forbids, plain and as references."""
    return _file(folder, _sample().replace("10001", "1\x01&#0;&#xD800;&#x1F;", 1))
