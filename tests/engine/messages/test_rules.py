"""What a message may be, who gets it, and by when it is acknowledged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.errors import BadRequest
from engine.messages import (
    Attachment,
    AttachmentFacts,
    Draft,
    Priority,
    Thread,
    check_draft,
    due_at,
    parse_organisation,
    parties_of,
    receivers,
)
from engine.messages.attachment import LARGEST, MOST, file_name
from engine.messages.draft import check_subject
from engine.notices.signature import Signature

AT = datetime(2026, 1, 2, tzinfo=UTC)
PNG = Attachment("mark.png", "image/png", b"\x89PNG\r\n\x1a\n and more")


def thread(hit_id: str | None, *parties: str) -> Thread:
    """A thread between organisations."""
    return Thread("0" * 32, "About", hit_id, frozenset(parties), Signature("x", "FR", AT))


def test_the_more_urgent_the_sooner() -> None:
    """Each priority leaves less time than the one below."""
    times = [due_at(one, AT) - AT for one in (Priority.FLASH, Priority.URGENT, Priority.ROUTINE)]
    assert times == sorted(times)
    assert times[0] == timedelta(hours=1)
    assert len(set(times)) == 3


def test_all_but_the_sender_get_a_message() -> None:
    """Each owes an acknowledgement; the CCC owes none where it reads along."""
    due = due_at(Priority.URGENT, AT)
    free = thread(None, "FR", "DE", "CCC")
    assert receivers(free, "FR", Priority.URGENT, AT) == {"CCC": due, "DE": due}
    of_hit = thread("h", "FR", "DE", "CCC")
    assert receivers(of_hit, "DE", Priority.URGENT, AT) == {"CCC": None, "FR": due}


def test_a_thread_is_between_some_organisations() -> None:
    """At least one other, and not everybody."""
    assert parties_of("FR", ["DE", "CCC"]) == {"FR", "DE", "CCC"}
    for to in ([], ["FR"], ["FR", "DE"]):
        with pytest.raises(BadRequest, match="without your own"):
            parties_of("FR", to)
    with pytest.raises(BadRequest, match="at most 19"):
        parties_of("FR", [f"X{n}" for n in range(20)])


def test_receivers_are_known_organisations() -> None:
    """In letters of any case; a sub-bureau is reached through its NCB."""
    assert [parse_organisation(code) for code in ("de", " ccc", "IPSG")] == ["DE", "CCC", "IPSG"]
    for code in ("XX", "CN-HK", ""):
        with pytest.raises(BadRequest, match="unknown NCB"):
            parse_organisation(code)


@pytest.mark.parametrize(
    ("draft", "fault"),
    [
        (Draft(" "), "text: is no text"),
        (Draft("x" * 10_001), "text: is longer"),
        (Draft("a\x00b"), "text: holds control characters"),
        (Draft("x", attachments=(PNG,) * (MOST + 1)), "attachments: at most 5"),
        (Draft("x", attachments=(Attachment("../x", "image/png", b""),)), "0: name"),
        (Draft("x", attachments=(Attachment("a\r\nb", "image/png", b""),)), "0: name"),
        (Draft("x", attachments=(PNG, Attachment("x", "text/html", b"x"))), "1: media_type"),
        (Draft("x", attachments=(Attachment("x", "image/png", b""),)), "give 1 to"),
        (
            Draft("x", attachments=(Attachment("x", "text/plain", b"x" * (LARGEST + 1)),)),
            "give 1 to 1048576 bytes",
        ),
        (Draft("x", attachments=(Attachment("x", "image/png", b"<svg>"),)), "is no image/png"),
        (Draft("x", attachments=(Attachment("x", "image/jpeg", b"GIF"),)), "is no image/jpeg"),
        (Draft("x", attachments=(Attachment("x", "application/pdf", b"MZ"),)), "is no app"),
        (Draft("x", attachments=(Attachment("x", "text/plain", b"\xff"),)), "is no text/plain"),
        (Draft("x", attachments=(Attachment("x", "text/plain", b"a\0b"),)), "is no text/plain"),
    ],
)
def test_what_cannot_be_sent_is_named(draft: Draft, fault: str) -> None:
    """Text, number of files, and each file's name, type, size and content."""
    with pytest.raises(BadRequest, match=fault):
        check_draft(draft)


def test_what_can_be_sent_passes() -> None:
    """Lines of text, and a file of each type up to the limit."""
    files = (
        PNG,
        Attachment("Ä b.jpg", "image/jpeg", b"\xff\xd8\xff\xe0"),
        Attachment("r.pdf", "application/pdf", b"%PDF-1.7"),
        Attachment("t.txt", "text/plain", "ä\n".encode() + b"x" * (LARGEST - 3)),
    )
    check_draft(Draft("Two\nlines.", attachments=files))


def test_a_file_is_handed_out_under_a_name_of_ours() -> None:
    """Nothing of the sender's name gets into a header."""
    facts = AttachmentFacts(2, 'a"; x=.exe', "application/pdf", 8, "0" * 64)
    assert file_name(facts) == "attachment-2.pdf"


@pytest.mark.parametrize("subject", ["", " ", "x" * 201, "a\nb", "a\tb"])
def test_a_subject_is_one_line(subject: str) -> None:
    """Of 200 characters at most."""
    with pytest.raises(BadRequest, match="subject"):
        check_subject(subject)
    assert check_subject(" Case 1 ") == "Case 1"
