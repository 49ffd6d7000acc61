"""Messages from sending to acknowledgement, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.asker import Asker
from engine.errors import BadRequest, Conflict, Forbidden, NotFound
from engine.gallery.gallery import Gallery
from engine.gallery.message_store import ThreadPart
from engine.handling import HandlingChange, change_person_handling
from engine.messages import Attachment, Draft, Priority
from engine.messaging.escalating import escalate, list_late
from engine.messaging.reading import (
    acknowledge,
    list_opened_threads,
    mark_read,
    open_attachment,
    read_opened_thread,
)
from engine.messaging.sending import NewThread, Sent, open_thread, reply
from engine.policy import parse_recipients
from engine.terminal import operator
from examination_support import (
    ASKING_OFFICER,
    CENTRAL,
    OWNING_OFFICER,
    SECRETARY,
    STRANGER,
    confirmed,
)

EVERY = ThreadPart(0, 50)
TEXT = Attachment("note.txt", "text/plain", b"An invented note.")
LATE = timedelta(days=30)


def sent(gallery: Gallery, *to: str, draft: Draft | None = None, transaction: str = "M-1") -> Sent:
    """A message of France in a new thread."""
    new = NewThread("An invented subject", frozenset(to or ("DE",)))
    return open_thread(
        gallery.catalogue, new, draft or Draft("A text."), transaction, ASKING_OFFICER
    )


def threads(gallery: Gallery, asker: Asker, part: ThreadPart = EVERY) -> list[tuple[int, int, int]]:
    """Messages, unread and owed ones of each thread that somebody lists."""
    found, _ = list_opened_threads(gallery.catalogue, part, asker)
    return [(one.messages, one.unread, one.owed) for one in found]


def test_a_message_reaches_those_it_is_for(gallery: Gallery) -> None:
    """They read it, it is unread and owed; its sender has nothing to read."""
    thread = sent(gallery, "DE", "CCC").thread
    for asker in (OWNING_OFFICER, CENTRAL):
        assert threads(gallery, asker) == [(1, 1, 1)]
        opened = read_opened_thread(gallery.catalogue, thread.id, EVERY, asker)
        assert [one.text for one in opened.messages] == ["A text."]
    assert threads(gallery, ASKING_OFFICER) == [(1, 0, 0)]
    assert threads(gallery, STRANGER) == threads(gallery, SECRETARY) == []


def test_others_find_no_thread(gallery: Gallery) -> None:
    """By no act, in the words for what never was."""
    first = sent(gallery, draft=Draft("A text.", attachments=(TEXT,)))
    told = set()
    for thread_id in (first.thread.id, "0" * 32):
        for asker in (STRANGER, SECRETARY, CENTRAL, operator()):
            for act in (
                lambda i=thread_id, a=asker: read_opened_thread(gallery.catalogue, i, EVERY, a),
                lambda i=thread_id, a=asker: mark_read(gallery.catalogue, i, a),
                lambda i=thread_id, a=asker: acknowledge(gallery.catalogue, i, 1, a),
                lambda i=thread_id, a=asker: open_attachment(gallery.catalogue, i, 1, 1, a),
            ):
                with pytest.raises(NotFound) as refusal:
                    act()
                told.add(str(refusal.value).replace(thread_id, "ID"))
        with pytest.raises(NotFound):
            reply(gallery.catalogue, thread_id, Draft("x"), "R", STRANGER)
    assert len(told) == 1


def test_a_thread_goes_back_and_forth(gallery: Gallery) -> None:
    """Numbered in order, read part by part, the latest thread first in the list."""
    one = sent(gallery)
    other = sent(gallery, "JP", transaction="M-2")
    reply(gallery.catalogue, one.thread.id, Draft("An answer."), "R-1", OWNING_OFFICER)
    listed, total = list_opened_threads(gallery.catalogue, EVERY, ASKING_OFFICER)
    assert [each.thread.id for each in listed] == [one.thread.id, other.thread.id]
    assert total == 2
    part = read_opened_thread(gallery.catalogue, one.thread.id, ThreadPart(1, 1), ASKING_OFFICER)
    assert ([each.number for each in part.messages], part.total) == ([2], 2)
    assert threads(gallery, ASKING_OFFICER) == [(2, 1, 1), (1, 0, 0)]
    assert threads(gallery, ASKING_OFFICER, ThreadPart(0, 9, unread=True)) == [(2, 1, 1)]


def test_reading_is_marked_once(gallery: Gallery) -> None:
    """Who did it first stays; it is no acknowledgement."""
    thread = sent(gallery).thread
    assert mark_read(gallery.catalogue, thread.id, OWNING_OFFICER) == 1
    second = replace(OWNING_OFFICER, actor="second@de")
    assert mark_read(gallery.catalogue, thread.id, second) == 0
    (message,) = read_opened_thread(gallery.catalogue, thread.id, EVERY, second).messages
    (receipt,) = message.receipts
    assert (receipt.read_by, receipt.acknowledged_at) == (OWNING_OFFICER.actor, None)
    assert threads(gallery, OWNING_OFFICER) == [(1, 0, 1)]


def test_an_acknowledgement_is_kept_once(gallery: Gallery) -> None:
    """It marks as read; who owes none gives none."""
    thread = sent(gallery).thread
    first = acknowledge(gallery.catalogue, thread.id, 1, OWNING_OFFICER)
    second = replace(OWNING_OFFICER, actor="second@de")
    assert acknowledge(gallery.catalogue, thread.id, 1, second) == first
    assert first.receipts[0].read_by == OWNING_OFFICER.actor
    assert threads(gallery, OWNING_OFFICER) == [(1, 0, 0)]
    with pytest.raises(BadRequest, match="owes no acknowledgement"):
        acknowledge(gallery.catalogue, thread.id, 1, ASKING_OFFICER)
    for number in (2, 0, -1, 2**40):
        with pytest.raises(NotFound, match=f"no message {number}"):
            acknowledge(gallery.catalogue, thread.id, number, OWNING_OFFICER)


def test_what_is_sent_again_is_sent_once(gallery: Gallery) -> None:
    """Under one transaction id, first messages and answers; other content is refused."""
    one = sent(gallery, draft=Draft("A text.", attachments=(TEXT,)))
    assert sent(gallery, draft=Draft("A text.", attachments=(TEXT,))) == one
    for other in (Draft("A text."), Draft("A text.", attachments=(replace(TEXT, name="x"),))):
        with pytest.raises(Conflict, match="another content"):
            sent(gallery, draft=other)
    answer = reply(gallery.catalogue, one.thread.id, Draft("x"), "R", OWNING_OFFICER)
    again = reply(gallery.catalogue, one.thread.id, Draft("x"), "R", OWNING_OFFICER)
    assert answer == again
    assert threads(gallery, ASKING_OFFICER) == [(2, 1, 1)]


def test_files_go_along(gallery: Gallery) -> None:
    """Byte by byte, to those that take part."""
    thread = sent(gallery, draft=Draft("A text.", attachments=(TEXT, TEXT))).thread
    opened = open_attachment(gallery.catalogue, thread.id, 1, 2, OWNING_OFFICER)
    assert (opened.content, opened.facts.name) == (TEXT.content, "note.txt")
    assert opened.facts.sha256 == TEXT.sha256
    for place in (0, 3, -1, 2**40):
        with pytest.raises(NotFound, match=f"no attachment {place}"):
            open_attachment(gallery.catalogue, thread.id, 1, place, OWNING_OFFICER)


def test_a_refused_message_leaves_nothing(gallery: Gallery) -> None:
    """No thread without its first message; no sender without an organisation."""
    bad = Draft("x", attachments=(replace(TEXT, media_type="text/html"),))
    with pytest.raises(BadRequest):
        sent(gallery, draft=bad)
    with pytest.raises(Forbidden):
        open_thread(
            gallery.catalogue, NewThread("x", frozenset({"DE"})), Draft("x"), "M", operator()
        )
    assert threads(gallery, ASKING_OFFICER) == []


def test_the_ccc_is_told_once_of_what_is_late(gallery: Gallery) -> None:
    """Not before the time has passed, not of what was acknowledged; and not what was said."""
    flash = Draft("A secret.", Priority.FLASH)
    thread = sent(gallery, "DE", "JP", draft=flash).thread
    acknowledge(gallery.catalogue, thread.id, 1, STRANGER)
    now = datetime.now(UTC)
    assert escalate(gallery.catalogue, now, operator()) == []
    told = escalate(gallery.catalogue, now + timedelta(hours=2), operator())
    assert [(one.thread_id, one.number, one.ncb) for one in told] == [(thread.id, 1, "DE")]
    assert escalate(gallery.catalogue, now + LATE, operator()) == []
    found, total = list_late(gallery.catalogue, 0, 9, CENTRAL)
    assert (total, found[0].sender, found[0].receipt.ncb) == (1, "FR", "DE")
    assert "secret" not in repr(found)
    with pytest.raises(NotFound):
        read_opened_thread(gallery.catalogue, thread.id, EVERY, CENTRAL)
    acknowledge(gallery.catalogue, thread.id, 1, OWNING_OFFICER)
    assert list_late(gallery.catalogue, 0, 9, CENTRAL) == ([], 0)


def test_only_the_ccc_reads_what_is_late(gallery: Gallery) -> None:
    """Bureaus and the secretariat are refused."""
    for asker in (ASKING_OFFICER, SECRETARY, operator()):
        with pytest.raises(Forbidden, match="told to the CCC"):
            list_late(gallery.catalogue, 0, 9, asker)


def test_a_hit_has_a_thread(gallery: Gallery) -> None:
    """Of its id, for asker, owner and CCC; listed from the first message on."""
    hit_id = confirmed(gallery).hit_id or ""
    assert threads(gallery, ASKING_OFFICER) == []
    reply(gallery.catalogue, hit_id, Draft("Whom have you got?"), "R", OWNING_OFFICER)
    assert threads(gallery, ASKING_OFFICER) == [(1, 1, 1)]
    assert threads(gallery, CENTRAL) == [(1, 1, 0)]
    for asker in (STRANGER, SECRETARY):
        with pytest.raises(NotFound):
            read_opened_thread(gallery.catalogue, hit_id, EVERY, asker)
    with pytest.raises(BadRequest, match="owes no"):
        acknowledge(gallery.catalogue, hit_id, 1, CENTRAL)


def test_a_hits_thread_goes_with_the_persons_visibility(gallery: Gallery) -> None:
    """A bureau that may not see the person any more loses thread, list and escalation."""
    hit_id = confirmed(gallery).hit_id or ""
    reply(gallery.catalogue, hit_id, Draft("A question."), "R", OWNING_OFFICER)
    escalate(gallery.catalogue, datetime.now(UTC) + LATE, operator())
    assert list_late(gallery.catalogue, 0, 9, CENTRAL)[1] == 1
    deny = HandlingChange(restriction=parse_recipients("DENY", ["FR", "CCC"]))
    change_person_handling(gallery.catalogue, "P", deny, 1, operator("DE"))
    for asker in (ASKING_OFFICER, CENTRAL):
        assert threads(gallery, asker) == []
        with pytest.raises(NotFound):
            read_opened_thread(gallery.catalogue, hit_id, EVERY, asker)
        with pytest.raises(NotFound):
            reply(gallery.catalogue, hit_id, Draft("x"), "X", asker)
    assert list_late(gallery.catalogue, 0, 9, CENTRAL) == ([], 0)
    assert threads(gallery, OWNING_OFFICER) == [(1, 0, 0)]
