"""Mail: its sender is its author, its date is when it was written, its words stay words, and nobody is guessed."""

import base64

import pytest

from heed.core.records.explained import Explained
from heed.formats.contract import Blank, Refused, SetAside, Usable
from heed.formats.mail.read import count, read
from tests.unit.formats.letters import DATE, box, holding, letter, row

UTF8 = b"Content-Type: text/plain; charset=utf-8\r\n"


class TestOneLetter:
    """What becomes of a plain one."""

    def test_it_is_a_concern_by_its_sender_written_at_its_date(self):
        found = row(letter()).record
        assert (found.kind, found.agency, found.ref) == ("concern", "partnership", "17@homes.example.org")
        assert found.document["recorded_at"] == "2026-03-15T09:00:00+01:00"
        assert found.document["author"] == {"name": "R. Bell", "grade": "frontline", "agency": "home"}
        assert found.text == "Subject: Third time\n\nShe came back at six."

    def test_that_nothing_proves_the_sender_is_said(self):
        assert any(note.startswith("sender: nothing proves") for note in row(letter()).notes)

    def test_when_it_happened_is_not_when_it_was_written(self):
        assert row(letter()).record.happened_from is None

    def test_an_unknown_child_is_a_mention_of_which_nothing_is_known(self):
        found = row(letter("Ayla Marsh was in the car. Child of about 14.")).record
        assert found.document["people"] == [{"part": "child"}]

    def test_a_sender_of_no_known_agency_is_a_member_of_the_public(self):
        found = row(letter(From="neighbour@elsewhere.example")).record
        assert found.document["author"] == {"name": "neighbour@elsewhere.example", "grade": "public"}

    def test_a_sender_written_as_no_address_is_written_is_still_found(self):
        claims = row(letter(From="<b>x</b> <r.bell@homes.example.org>")).record.document["extra"]["mail"]
        assert claims["from"] == "r.bell@homes.example.org"

    def test_a_domain_that_only_ends_alike_is_not_known(self):
        assert row(letter(From="x@nothomes.example.org")).record.author.agency is None

    def test_the_same_letter_is_the_same_record_whichever_way_it_came(self):
        one = row(letter(Received="from a by b; Sun, 15 Mar 2026 09:00:10 +0100", Status="RO"))
        assert one.record.document == row(letter()).record.document

    def test_it_is_kept_as_it_came(self):
        raw = letter()
        assert row(raw).attached[0].content == raw

    def test_whom_it_was_sent_to_was_told_except_the_mailbox_itself(self):
        found = row(letter(Cc="T. Lowe <t.lowe@police.example.org>, friend@elsewhere.example")).record
        assert found.document["told"] == [
            {"agency": "police", "name": "T. Lowe", "grade": "supervisor", "at": "2026-03-15T09:00:00+01:00"}
        ]


class TestALetterThatSaysItLineByLine:
    """Lines such as `Child: …` are facts, each with its place in the text."""

    TEXT = (
        "Child: Ayla Marsh, born 11 February 2012\nReference: c-104\nNHS number: 999 000 0123\n"
        "Child: Nell Orme\nDOB: 3/4/2011\nAdult: Taz\nVehicle: ZZ51 ABC\nPhone: 07700 900123\n"
        "Place: 12 Mill Street\nWhen: 14 March 2026\nChild's words: He said he would drive me home.\n\nMore words."
    )

    def test_people_things_and_the_day(self):
        found = row(letter(self.TEXT)).record
        bare = [
            {key: value for key, value in each.items() if key != "extra"} for each in found.document["people"]
        ]
        assert bare == [
            {"part": "child", "given_names": "Ayla", "family_name": "Marsh", "born": "2012-02-11", "ref": "c-104",
             "ids": {"nhs": "9990000123"}},
            {"part": "child", "given_names": "Nell", "family_name": "Orme", "born": "2011-04-03"},
            {"part": "person_of_concern", "also_known_as": ["Taz"]},
        ]  # fmt: skip
        assert [(each.kind, each.vrm or each.number or each.address) for each in found.things] == [
            ("vehicle", "ZZ51 ABC"), ("phone", "07700 900123"), ("place", "12 Mill Street"),
        ]  # fmt: skip
        assert found.document["happened_from"] == "2026-03-14"
        assert found.childs_words == "He said he would drive me home."

    @pytest.mark.parametrize(
        ("when", "day"),
        [
            ("14 March 2026 22:10", "2026-03-14"),
            ("Saturday 14 March 2026, about 10.10 pm", "2026-03-14"),
            ("14/03/2026 at 2210hrs", "2026-03-14"),
            ("2026-03-14T22:10", "2026-03-14"),
            ("March 2026", "2026-03"),
            ("14/03/26 22:10", None),
            ("31 February 2026 22:10", None),
            ("14 March", None),
            ("the second Saturday", None),
        ],
    )
    def test_the_day_is_read_though_an_hour_stands_beside_it(self, when, day):
        found = row(letter(f"Child: Ayla Marsh\nWhen: {when}")).record.document
        assert found.get("happened_from") == day

    def test_every_offset_shows_the_words_it_was_read_from(self):
        found = row(letter(self.TEXT)).record.document
        ayla, nell, taz = (each["extra"]["said_at"] for each in found["people"])
        shown = {key: found["text"][start:end] for key, (start, end) in ayla.items()}
        assert shown == {
            "person": "Ayla Marsh, born 11 February 2012", "ref": "c-104", "ids": "999 000 0123",
        }  # fmt: skip
        assert found["text"][slice(*nell["born"])] == "3/4/2011"
        assert found["text"][slice(*taz["person"])] == "Taz"
        assert [found["text"][slice(*each["extra"]["said_at"])] for each in found["things"]] == [
            "ZZ51 ABC", "07700 900123", "12 Mill Street",
        ]  # fmt: skip

    def test_without_a_line_that_names_a_child_nothing_is_read(self):
        found = row(letter("Vehicle: ZZ51 ABC\nAdult: Taz\nWhen: 14 March 2026")).record.document
        assert (found["people"], found.get("things"), found.get("happened_from")) == (
            [{"part": "child"}],
            None,
            None,
        )

    def test_an_unknown_child_in_such_a_line_stays_unknown(self):
        (child,) = row(letter("Child: not known")).record.people
        assert (child.given_names, child.family_name, child.ref) == (None, None, None)


class TestWords:
    """However they were packed, they come out as words, and as nothing else."""

    @pytest.mark.parametrize(
        ("how", "packed"),
        [
            ("quoted-printable", b"Si=C3=A2n sagte: =E2=80=9Enein=E2=80=9C"),
            ("base64", base64.encodebytes("Siân sagte: „nein“".encode())),
            ("8bit", "Siân sagte: „nein“".encode()),
        ],
    )
    def test_packed_letters(self, how, packed):
        found = row(letter(packed, Content_Type="text/plain; charset=utf-8", Content_Transfer_Encoding=how))
        assert "Siân sagte: „nein“" in found.record.text

    def test_eight_bits_of_no_stated_encoding_are_read_and_said(self):
        found = row(letter("caf\xe9 \x93quoted\x94".encode("latin-1")))
        assert "café “quoted”" in found.record.text
        assert "encoding: not in the encoding it names; read as cp1252" in found.notes

    def test_an_encoded_header_cannot_begin_another(self):
        found = row(letter(Subject="=?utf-8?q?hello=0D=0ABcc:_x@elsewhere.example?=")).record
        assert found.document["extra"]["mail"]["subject"] == "hello Bcc: x@elsewhere.example"

    def test_markup_is_words_and_what_nobody_would_see_is_left_out(self):
        markup = (
            "<html><head><title>t</title><style>p{}</style></head><body><p>She was <b>seen</b></p><!-- no -->"
            "<img src='http://tracker.example/1.gif'><script>alert(1)</script><p>caf&eacute; &lt;b&gt;</p></body></html>"
        )
        found = row(letter(markup, Content_Type="text/html")).record
        assert found.text == "Subject: Third time\n\nShe was seen\n\ncafé <b>"

    def test_of_two_forms_of_a_letter_the_plain_one_is_read(self):
        found = row(
            holding(UTF8 + b"\r\nplain", b"Content-Type: text/html\r\n\r\n<p>markup</p>", kind="alternative")
        )
        assert found.record.text.endswith("plain")
        assert len(found.attached) == 1

    def test_a_calendar_entry_is_read_in_words_and_kept(self):
        entry = b"BEGIN:VEVENT\r\nSUMMARY:Strategy meeting\r\nDTSTART:20260316T100000Z\r\nLOCATION:Room 2\r\nEND:VEVENT"
        found = row(holding(UTF8 + b"\r\nCome", b"Content-Type: text/calendar\r\n\r\n" + entry))
        assert "Summary: Strategy meeting\nDtstart: 20260316T100000Z\nLocation: Room 2" in found.record.text
        assert found.attached[1].media_type == "text/calendar"

    def test_outlook_packing_is_kept_not_opened_and_said(self):
        part = b"Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA"
        found = row(holding(UTF8 + b"\r\nsee file", part))
        assert found.attached[1].name == "winmail.dat"
        assert any(note.startswith("winmail.dat:") for note in found.notes)

    def test_a_letter_without_a_readable_word_is_still_kept(self):
        part = b"Content-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA"
        found = row(holding(part, Subject=None))
        assert found.record.text.startswith("(There are no words")
        assert found.attached[1].content == b"\0\0\0"

    def test_characters_no_database_holds_are_replaced(self):
        assert "a\ufffdb" in row(letter("a\0b")).record.text


class TestForwarding:
    """A warning passed on keeps who wrote it first, and when."""

    INNER = letter(
        "The saloon was there again.",
        From="N. Park <n.park@homes.example.org>", To="T. Lowe <t.lowe@police.example.org>",
        Date="Fri, 13 Mar 2026 22:10:00 +0000", Message_ID="<9@homes.example.org>", Subject="The car",
    )  # fmt: skip

    def test_the_original_sender_time_and_words_are_kept(self):
        found = row(
            holding(UTF8 + b"\r\nPlease see below", b"Content-Type: message/rfc822\r\n\r\n" + self.INNER)
        )
        told = found.record.document
        assert told["extra"]["mail"]["forwarded"] == [
            {"from": "n.park@homes.example.org", "name": "N. Park", "at": "2026-03-13T22:10:00+00:00",
             "message_id": "9@homes.example.org", "subject": "The car"}
        ]  # fmt: skip
        assert "--- Forwarded message ---\nFrom: N. Park <n.park@homes.example.org>" in told["text"]
        assert "The saloon was there again." in told["text"]
        assert told["author"]["name"] == "R. Bell"

    NAMED = letter("Child: Nell Orme, born 3 April 2011\nWhen: 13 March 2026", Subject="Nell")

    def test_a_child_that_only_the_forwarded_letter_names_is_named(self):
        told = row(
            holding(UTF8 + b"\r\nsee below", b"Content-Type: message/rfc822\r\n\r\n" + self.NAMED)
        ).record.document
        (child,) = told["people"]
        assert (child["given_names"], child["family_name"], child["born"]) == ("Nell", "Orme", "2011-04-03")
        assert told["text"][slice(*child["extra"]["said_at"]["person"])] == "Nell Orme, born 3 April 2011"
        assert told["happened_from"] == "2026-03-13"
        assert told["author"]["name"] == "R. Bell"

    def test_lines_of_two_letters_are_never_mixed(self):
        told = row(
            holding(UTF8 + b"\r\nChild: Ayla Marsh", b"Content-Type: message/rfc822\r\n\r\n" + self.NAMED)
        ).record.document
        assert [each["given_names"] for each in told["people"]] == ["Ayla"]
        assert "happened_from" not in told

    def test_whoever_was_written_to_first_was_told_then(self):
        found = row(holding(UTF8 + b"\r\nsee", b"Content-Type: message/rfc822\r\n\r\n" + self.INNER)).record
        assert [(each.person.name, each.at.isoformat()) for each in found.told] == [
            ("T. Lowe", "2026-03-13T22:10:00+00:00")
        ]

    def test_answers_in_a_conversation_share_its_thread(self):
        first = row(letter()).record.document["extra"]["mail"]["thread"]
        second = row(
            letter(Message_ID="<18@x.example>", In_Reply_To="<17@homes.example.org>")
        ).record.document
        third = row(
            letter(Message_ID="<19@x.example>", References="<17@homes.example.org> <18@x.example>")
        ).record
        assert first == second["extra"]["mail"]["thread"] == third.document["extra"]["mail"]["thread"]


class TestDates:
    """The letter's own date, else the mail server's, else nothing: none is invented."""

    @pytest.mark.parametrize(
        "odd", ["Sun, 45 Foo 2026 99:99", "", "Sun, 15 Mar 2026 09:00:00", "Sun, 15 Mar 1026 09:00:00 +0000"]
    )
    def test_an_odd_date_gives_way_to_the_mail_servers(self, odd):
        found = row(letter(Date=odd, Received="from a by b; Sun, 15 Mar 2026 10:00:00 +0000"))
        assert found.record.document["recorded_at"] == "2026-03-15T10:00:00+00:00"
        assert any(note.startswith("date: none that can be used") for note in found.notes)

    def test_without_any_it_is_refused_in_words(self):
        found = row(letter(Date=None))
        assert isinstance(found, Refused)
        assert (found.key, found.found) == ("Date", "no Date, and no Received")

    def test_minus_nought_is_a_time_in_utc(self):
        found = row(letter(Date="Sun, 15 Mar 2026 09:00:00 -0000")).record
        assert found.document["recorded_at"] == "2026-03-15T09:00:00+00:00"

    def test_a_date_far_from_the_servers_is_kept_and_said(self):
        found = row(letter(Received="from a by b; Wed, 18 Mar 2026 10:00:00 +0000"))
        assert found.record.document["extra"]["mail"]["date"] == DATE
        assert any(note.startswith("date: more than a day") for note in found.notes)


class TestWhatIsNoLetter:
    """Said, never passed over."""

    @pytest.mark.parametrize("raw", [bytes(range(1, 256)) * 10, b"just words\n"])
    def test_junk_is_refused(self, raw):
        assert row(raw).expected.startswith("lines such as From:")

    def test_an_outlook_file_is_refused_with_the_way_out(self):
        assert "save it as .eml" in row(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 100).expected

    @pytest.mark.parametrize(
        "how", [{"Auto_Submitted": "auto-replied"}, {"Content_Type": "multipart/report; boundary=x"}]
    )
    def test_what_a_mail_program_wrote_by_itself_is_set_aside(self, how):
        assert isinstance(row(letter(**how)), SetAside)

    def test_what_another_system_wrote_by_itself_may_be_a_warning(self):
        assert isinstance(row(letter(Auto_Submitted="auto-generated")), Usable)

    def test_nothing_is_blank(self):
        assert isinstance(row(b" \r\n"), Blank)


class TestFiles:
    """Every message of every file is accounted for, and counted on its own."""

    def test_a_mailbox_gives_each_of_its_messages(self, tmp_path):
        raws = [
            letter(f"Number {n}\r\n\r\nFrom here on it got worse.", Message_ID=f"<{n}@x.example>")
            for n in range(5)
        ]
        file = box(tmp_path, *raws)
        rows = list(read([file], agency="partnership", options={}))
        assert [each.at.number for each in rows] == [1, 2, 3, 4, 5]
        assert all("From here on it got worse." in each.record.text for each in rows)
        assert count(file) == 5

    def test_a_letter_from_a_mailbox_is_the_letter_from_a_file(self, tmp_path):
        (of_box,) = read([box(tmp_path, letter())], agency="partnership", options={})
        (tmp_path / "one.eml").write_bytes(letter())
        (of_file,) = read([tmp_path / "one.eml"], agency="partnership", options={})
        assert of_box.record.document == of_file.record.document

    def test_other_files_of_a_folder_are_named_and_not_opened(self, tmp_path):
        (tmp_path / "a.eml").write_bytes(letter())
        (tmp_path / "notes.docx").write_bytes(b"PK")
        assert [type(each) for each in read([tmp_path], agency="police", options={})] == [Usable, SetAside]

    def test_an_empty_file_has_no_message(self, tmp_path):
        (tmp_path / "a.eml").write_bytes(b"")
        assert count(tmp_path / "a.eml") == 0
        assert list(read([tmp_path], agency="police", options={})) == []

    def test_options_that_make_no_sense_are_explained(self, tmp_path):
        with pytest.raises(Explained, match="kind"):
            list(read([tmp_path], agency="police", options={"kind": "order"}))
        bad = tmp_path / "senders.yaml"
        bad.write_text("senders: {x.example: {agency: police, grade: emperor}}")
        with pytest.raises(Explained, match="emperor"):
            list(read([tmp_path], agency="police", options={"senders": str(bad)}))
