"""A story that has begun: cases, a hit and messages for a newcomer to go on with.

All of it comes from the same use cases that people use, by real searches of the invented prints.
"""

from __future__ import annotations

import hashlib
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from api.demo.bureau import fixtures_folder
from engine.asker import Asker
from engine.candidates import Candidate, ImageFile, SearchRequest
from engine.centre_desk.rooms import choose_room
from engine.command_centre.room import room_on_duty
from engine.errors import NotFound
from engine.examination import Conclusion, MarkedMinutia, MarkedPair, Verdict
from engine.examination.file import FoundCandidate
from engine.examining.deciding import VerdictOrder, give_verdict
from engine.examining.opening import CaseOrder, open_case
from engine.extractor import make_extractor
from engine.gallery.catalogue import Catalogue
from engine.gallery.gallery import open_gallery
from engine.gallery.user_store import find_user
from engine.identity.organisations import CENTRE
from engine.identity.users import asker_of_user
from engine.messages import Draft, Priority
from engine.messaging.sending import NewThread, open_thread, reply
from engine.policy import Purpose
from engine.search import Searcher
from engine.settings import Settings

EXAMINER, SECOND, OFFICER = "examiner@fr", "second@fr", "officer@fr"

FIRST_LOOKS = (
    "Invented: the course of the ridges and the marked minutiae agree, none is against it."
)

PROBES = {
    "2026-DEMO-1": "probes/second_impression.png",
    "2026-DEMO-2": "probes/partial_rotated_noisy.png",
    "2026-DEMO-3": "prints/FX-0001_left_index.png",
}
"""Of each case. The third is a print on record itself: its hit stands when the story begins."""


@dataclass(frozen=True, slots=True)
class Story:
    """What a story is told with."""

    catalogue: Catalogue
    searcher: Searcher


def begin_story(settings: Settings) -> None:
    """Let invented people have worked with the bureaus, whose accounts there are already.

    Raises:
        WhorlError: the gallery or the extractor cannot be opened, or a mate is not found.
    """
    gallery = open_gallery(settings)
    with closing(gallery.catalogue) as catalogue:
        story = Story(catalogue, Searcher(gallery, make_extractor(settings), settings.threads))
        waits, found = _search(story, "2026-DEMO-1")
        _decide(story, "2026-DEMO-1", waits, found, SECOND)  # the newcomer is the second to look
        _search(story, "2026-DEMO-2")
        case, found = _search(story, "2026-DEMO-3")
        _decide(story, "2026-DEMO-3", case, found, SECOND)
        hit = _decide(story, "2026-DEMO-3", case, found, OFFICER)
        _talk(catalogue, hit)
        choose_room(catalogue, room_on_duty(datetime.now(UTC)), _asker(catalogue, "operator@ccc"))


def _search(story: Story, case_ref: str) -> tuple[str, Candidate]:
    """Search the probe of a case and put its first candidate before the examiners."""
    by = _asker(story.catalogue, EXAMINER, case_ref)
    file: Path = fixtures_folder() / PROBES[case_ref]
    data = file.read_bytes()
    answer = story.searcher.search(SearchRequest(ImageFile(data, file.name)), by)
    if not answer.candidates:
        raise NotFound(f"{file.name}: no candidate")
    first = answer.candidates[0]
    about = FoundCandidate(
        f"transaction:{case_ref}",
        first.person.id,
        first.fingers[0].print_id,
        first.score,
        hashlib.sha256(data).hexdigest(),
    )
    return open_case(story.catalogue, CaseOrder(case_ref, about), by).file.id, first


def _decide(story: Story, case_ref: str, case_id: str, found: Candidate, who: str) -> str | None:
    """Identify, by the minutiae that the search has paired; the id of the hit if that makes one."""
    pairs = tuple(
        MarkedPair(MarkedMinutia(*one.probe), MarkedMinutia(*one.candidate)) for one in found.pairs
    )
    verdict = Verdict(Conclusion.IDENTIFICATION, FIRST_LOOKS, pairs)
    order = VerdictOrder(f"{case_ref}-{who.replace('@', '.')}", case_id, verdict)
    return give_verdict(story.catalogue, order, _asker(story.catalogue, who, case_ref)).hit_id


def _talk(catalogue: Catalogue, hit: str | None) -> None:
    """Messages between the bureaus, and to the command centre."""
    france, moldova = _asker(catalogue, OFFICER), _asker(catalogue, "officer@md")
    _write(
        catalogue, moldova, CENTRE, "Somebody is held at a border",
        "Invented: a traveller without papers. A print follows within the hour.", Priority.FLASH,
    )  # fmt: skip
    _write(
        catalogue, moldova, "FR", "2026-DEMO-1: a second print",
        "Invented: we can send another print of the same finger. Shall we?", Priority.URGENT,
    )  # fmt: skip
    _write(
        catalogue, france, CENTRE, "Who is on duty at the week-end?",
        "Invented: please confirm the telephone number of the room.", Priority.ROUTINE,
    )  # fmt: skip
    if hit is not None:
        text = "Invented: identified by two of our examiners. Do you confirm?"
        reply(catalogue, hit, Draft(text, Priority.URGENT), "demo-hit", france)


def _write(
    catalogue: Catalogue, by: Asker, to: str, subject: str, text: str, priority: Priority
) -> None:
    """Open a thread."""
    new = NewThread(subject, frozenset({to}))
    open_thread(catalogue, new, Draft(text, priority), f"demo-{to}-{priority}", by)


def _asker(catalogue: Catalogue, user_id: str, case_ref: str = "") -> Asker:
    """One of the invented people at work.

    Raises:
        NotFound: there is no such account.
    """
    with catalogue.reading() as connection:
        user = find_user(connection, user_id)
    if user is None:
        raise NotFound(f"no user {user_id!r}")
    asker = asker_of_user(user, user.scopes, Purpose.IDENTIFICATION.value)
    return replace(asker, case_ref=case_ref)
