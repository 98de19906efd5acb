"""Hostile messages and mailboxes."""

from email.message import EmailMessage
from pathlib import Path

from tests.faults.hostile.archives import in_memory, packed_zeros

HEAD = (
    "From: R. Bell <r.bell@example.org>\r\nTo: duty@example.org\r\nSubject: Not home\r\n"
    "Date: Sat, 14 Mar 2009 23:20:00 +0000\r\nMessage-ID: <{name}@example.org>\r\n"
)
BODY = "\r\nShe did not come home.\r\n"


def _eml(folder: Path, text: str | bytes, name: str = "message.eml") -> Path:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder / name


def _head(name: str, **changes: str) -> str:
    lines = HEAD.format(name=name)
    for key, value in changes.items():
        lines = "\r\n".join(
            f"{key}: {value}" if line.startswith(f"{key}:") else line for line in lines.split("\r\n")
        )
    return lines


def three_hundred_nested_parts(folder: Path) -> Path:
    """Parts in parts in parts, 300 deep."""
    text = "Content-Type: text/plain\r\n\r\nShe did not come home.\r\n"
    for number in range(300):
        text = f'Content-Type: multipart/mixed; boundary="b{number}"\r\n\r\n--b{number}\r\n{text}\r\n--b{number}--\r\n'
    return _eml(folder, _head("nested") + text)


def three_hundred_messages_in_each_other(folder: Path) -> Path:
    """A message attached to a message, 300 deep."""
    text = _head("inner") + BODY
    for number in range(300):
        text = _head(f"outer{number}") + f"Content-Type: message/rfc822\r\n\r\n{text}"
    return _eml(folder, text)


def ten_thousand_parts(folder: Path) -> Path:
    """Ten thousand parts beside each other."""
    parts = "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 10_000
    return _eml(
        folder, _head("many") + f'Content-Type: multipart/mixed; boundary="b"\r\n\r\n{parts}--b--\r\n'
    )


def a_header_with_line_ends(folder: Path) -> Path:
    """CR and LF hidden in encoded words of subject, sender and reference."""
    hidden = "=?utf-8?q?Hello=0D=0ABcc:_x=40example.org?="
    return _eml(folder, _head("crlf", Subject=hidden, From=f"{hidden} <r.bell@example.org>") + BODY)


def a_header_of_a_megabyte(folder: Path) -> Path:
    """A subject, a list of addresses and a reference of a megabyte each."""
    return _eml(folder, _head("long", Subject="x" * 2**20, To="a@example.org, " * 60_000) + BODY)


def a_hundred_thousand_headers(folder: Path) -> Path:
    """More headers than words."""
    return _eml(folder, _head("headers") + "X-A: b\r\n" * 100_000 + BODY)


def letters_without_a_charset(folder: Path) -> Path:
    """Eight-bit letters in header and body, and no word on what they are."""
    return _eml(
        folder,
        _head("eight", Subject="Siân").encode("latin-1") + BODY.replace("She", "Siân").encode("cp1252"),
    )


def charsets_nobody_knows(folder: Path) -> Path:
    """Charsets that do not exist, that lie, that are not text."""
    text = "".join(
        f"--b\r\nContent-Type: text/plain; charset={name}\r\n\r\nSiân\r\n"
        for name in ("x-nothing", "utf-16", "hex", "rot13", "idna", "zlib", "'; drop", "utf-8\0")
    )
    return _eml(
        folder, _head("charsets") + f'Content-Type: multipart/mixed; boundary="b"\r\n\r\n{text}--b--\r\n'
    )


def encodings_that_break(folder: Path) -> Path:
    """Base64, quoted-printable and uuencode that are none."""
    text = "".join(
        f"--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: {name}\r\n\r\n{body}\r\n"
        for name, body in (
            ("base64", "====!"),
            ("quoted-printable", "=ZZ=\r\n="),
            ("x-uuencode", "begin 1"),
            ("7bit", "é"),
            ("x", "y"),
        )
    )
    return _eml(
        folder, _head("transfer") + f'Content-Type: multipart/mixed; boundary="b"\r\n\r\n{text}--b--\r\n'
    )


def dates_of_every_kind(folder: Path) -> Path:
    """Dates that are none, years of two digits, zones that do not exist."""
    days = ("soon", "", "Sat, 14 Mar 09 23:20:00 +0000", "Sat, 31 Feb 2009 25:61:00 +9999", "14 Mar 99999 00:00:00 +0000",
            "1 Jan 0001 00:00:00 +2359", "Sat, 14 Mar 2009 23:20:00", "Sat, 14 Mar 2009 23:20:00 -0000")  # fmt: skip
    for number, day in enumerate(days):
        _eml(folder, _head(f"date{number}", Date=day) + BODY, f"{number}.eml")
    return folder


def no_headers(folder: Path) -> Path:
    """Words alone."""
    return _eml(folder, "She did not come home.\n")


def no_sender_and_no_name(folder: Path) -> Path:
    """A message without From, Date or Message-ID."""
    return _eml(folder, "Subject: x\r\n\r\nShe did not come home.\r\n")


def addresses_that_are_none(folder: Path) -> Path:
    """Senders that break the rules, with control characters and quotation marks."""
    for number, sender in enumerate(
        ("", "<>", "a@b@c", '"<x" <a', "\u202ea@example.org", "a" * 5000, "undisclosed:;", "=?x?y?z?=")
    ):
        _eml(folder, _head(f"sender{number}", From=sender) + BODY, f"{number}.eml")
    return folder


def names_of_files_that_climb(folder: Path) -> Path:
    """Attachments named after paths, devices and nothing."""
    message = EmailMessage()
    message["From"], message["Date"], message["Message-ID"] = (
        "a@example.org",
        "Sat, 14 Mar 2009 23:20:00 +0000",
        "<climb@example.org>",
    )
    message.set_content("See attached.")
    for name in ("../../../etc/x", "C:\\x", "a\0b", "CON", "." * 300, "\u202egpj.exe", "a/b", ""):
        message.add_attachment(
            b"x", maintype="application", subtype="octet-stream", filename=name.replace("\0", "%00")
        )
    return _eml(folder, message.as_bytes())


def an_attached_bomb(folder: Path) -> Path:
    """A document that unpacks to 100 MB, and a gigabyte's directory."""
    message = EmailMessage()
    message["From"], message["Date"], message["Message-ID"] = (
        "a@example.org",
        "Sat, 14 Mar 2009 23:20:00 +0000",
        "<bomb@example.org>",
    )
    message.set_content("See attached.")
    bomb = in_memory({"word/document.xml": packed_zeros(100)})
    message.add_attachment(bomb, maintype="application", subtype="zip", filename="letter.docx")
    return _eml(folder, message.as_bytes())


def a_winmail_dat(folder: Path) -> Path:
    """The wrapper of an old mail program, broken."""
    message = EmailMessage()
    message["From"], message["Date"], message["Message-ID"] = (
        "a@example.org",
        "Sat, 14 Mar 2009 23:20:00 +0000",
        "<tnef@example.org>",
    )
    message.set_content("")
    tnef = b"\x78\x9f\x3e\x22" + bytes(range(256)) * 20
    message.add_attachment(tnef, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    return _eml(folder, message.as_bytes())


def only_a_page(folder: Path) -> Path:
    """Nothing but HTML: scripts, pictures from afar, a million nested tags."""
    page = (
        "<script>x</script><img src=http://example.org/x.png>" + "<div>" * 100_000 + "She did not come home."
    )
    return _eml(folder, _head("html") + f"Content-Type: text/html; charset=utf-8\r\n\r\n{page}")


def a_mailbox_with_broken_from_lines(folder: Path) -> Path:
    """From lines in bodies, without dates, doubled and quoted."""
    box = b"".join(
        start
        + _head(f"box{n}").replace("\r\n", "\n").encode()
        + b"\nShe did not come home.\nFrom here on she was seen.\n\n"
        for n, start in enumerate(
            (
                b"From a@example.org Sat Mar 14 23:20:00 2009\n",
                b"From \n",
                b">From x\n",
                b"From a b\n",
                b"\nFrom a@example.org Sat Mar 14 23:20:00 2009\n",
            )
        )
    )
    (folder / "box.mbox").write_bytes(box)
    return folder / "box.mbox"


def a_mailbox_of_ten_thousand(folder: Path) -> Path:
    """Ten thousand messages that are the same one."""
    one = (
        b"From a@example.org Sat Mar 14 23:20:00 2009\n"
        + _head("same").replace("\r\n", "\n").encode()
        + b"\nShe did not come home.\n\n"
    )
    (folder / "box.mbox").write_bytes(one * 10_000)
    return folder / "box.mbox"


def a_boundary_that_never_comes(folder: Path) -> Path:
    """Parts announced and not there, a boundary of nothing, one of 10,000 letters."""
    for number, boundary in enumerate(("never", "", "b" * 10_000, "--", '"')):
        text = f'Content-Type: multipart/mixed; boundary="{boundary}"\r\n\r\nShe did not come home.\r\n'
        _eml(folder, _head(f"boundary{number}") + text, f"{number}.eml")
    return folder


def a_body_of_30_mb(folder: Path) -> Path:
    """30 MB of words."""
    return _eml(folder, _head("large") + "\r\n" + "She did not come home. " * (30 * 2**20 // 23))
