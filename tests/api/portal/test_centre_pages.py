"""Pages of the command centre, its messages, accounts and audit: what they show and do."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from engine.command_centre.room import shift_at
from engine.identity.roles import Role
from engine.messages import Priority
from portal_centre import busy_centre, operator, say
from portal_support import at_screen
from portal_world import PortalWorld

BOARD = "/portal/centre"


def screen(world: PortalWorld, ncb: str, role: Role, name: str = "") -> TestClient:
    """Somebody with one role at a screen."""
    return at_screen(TestClient(world.app), ncb, role, name=name)


@pytest.fixture
def officer(world: PortalWorld) -> TestClient:
    """An officer of France."""
    return screen(world, "FR", Role.NCB_OFFICER, "page-officer")


def test_the_board_is_for_operators_alone(world: PortalWorld, officer: TestClient) -> None:
    """Others are refused, and their menu does not lead there."""
    assert officer.get("/portal/centre").status_code == 403
    assert 'href="/portal/centre"' not in officer.get("/portal").text
    centre = screen(world, "CCC", Role.CCC_OPERATOR, "night")
    assert 'href="/portal/centre"' in centre.get("/portal").text


def test_an_item_is_taken_and_finished(world: PortalWorld) -> None:
    """It is in one operator's hands, then done with a note; a note that is empty is asked again."""
    busy_centre(world)
    operator(world, "taker")
    desk = screen(world, "CCC", Role.CCC_OPERATOR, "taker")
    found = re.search(r"/portal/centre/items/(\w+)/take", desk.get("/portal/centre").text)
    assert found is not None
    path = f"/portal/centre/items/{found[1]}"
    assert desk.post(f"{path}/take").status_code == 303
    assert desk.post(f"{path}/finish", data={"note": ""}).status_code == 422
    assert desk.post(f"{path}/finish", data={"note": "Answered."}).status_code == 303
    assert "Answered." in desk.get(path).text


def test_a_room_hands_over_to_the_next(world: PortalWorld) -> None:
    """The room whose duty has ended writes a note; the one on duty says that it has it."""
    now = datetime.now(UTC)
    operator(world, "leaving", shift_at(now).before().room)
    operator(world, "coming")
    leaving = screen(world, "CCC", Role.CCC_OPERATOR, "leaving")
    coming = screen(world, "CCC", Role.CCC_OPERATOR, "coming")
    said = {"note": "One flash is open."}
    assert leaving.post("/portal/centre/handovers", data=said).status_code == 303
    offered = re.search(r"/portal/centre/handovers/\d+/acknowledge", coming.get(BOARD).text)
    assert offered is not None
    assert coming.post(offered[0]).status_code == 303
    assert offered[0] not in coming.get(BOARD).text


def test_a_hand_over_without_a_note_is_asked_again(world: PortalWorld) -> None:
    """The form comes back with what is wrong."""
    operator(world, "writer-of-notes")
    desk = screen(world, "CCC", Role.CCC_OPERATOR, "writer-of-notes")
    assert desk.post("/portal/centre/handovers", data={"note": " "}).status_code == 422


def test_a_thread_is_answered_and_acknowledged(world: PortalWorld, officer: TestClient) -> None:
    """With a file, whose type is told from what it holds; the sender reads both."""
    path = f"/portal/messages/{say(world, 'FR', 'A case', Priority.URGENT)}"
    assert officer.post(f"{path}/1/acknowledge").status_code == 303
    said = {"text": "An answer.", "priority": "routine", "transaction_id": uuid.uuid4().hex}
    file = {"files": ("page.pdf", b"%PDF-1.4 invented", "text/html")}
    assert officer.post(f"{path}/replies", data=said, files=file).status_code == 303
    sender = screen(world, "MD", Role.EXAMINER, "writer")
    assert "An answer." in sender.get(path).text
    sent = sender.get(f"{path}/2/attachments/1")
    assert sent.headers["content-type"] == "application/pdf"


def test_a_file_of_no_known_type_is_refused(world: PortalWorld, officer: TestClient) -> None:
    """And what was written is not lost."""
    path = f"/portal/messages/{say(world, 'FR', 'A case')}"
    said = {"text": "Kept words.", "priority": "routine", "transaction_id": uuid.uuid4().hex}
    refused = officer.post(f"{path}/replies", data=said, files={"files": ("a.zip", b"PK\x03\x04")})
    assert refused.status_code == 422
    assert "Kept words." in refused.text


def test_a_new_person_gets_a_password_once(officer: TestClient) -> None:
    """It is on the page that answers the form, and on no other."""
    form = {"login": "newcomer", "bureau": "FR", "name": "New Comer", "roles": "examiner"}
    made = officer.post("/portal/administration", data=form | {"clearance": "official"})
    secret = re.search(r'class="secret"><bdi[^>]*>([^<]+)<', made.text)
    assert secret is not None
    later = officer.get("/portal/administration/people/newcomer@fr")
    assert secret[1] not in later.text
    again = officer.post("/portal/administration", data=form | {"clearance": "official"})
    assert again.status_code == 422


def test_an_account_is_disabled_and_its_session_ends(
    world: PortalWorld, officer: TestClient
) -> None:
    """The next page of a disabled person leads to the sign-in."""
    leaver = screen(world, "FR", Role.EXAMINER, "leaver")
    assert leaver.get("/portal").status_code == 200
    path = "/portal/administration/people/leaver@fr"
    assert officer.post(f"{path}/disable").status_code == 303
    assert leaver.get("/portal").status_code == 303
    assert officer.post(f"{path}/enable").status_code == 303


def test_the_audit_is_filtered(world: PortalWorld, officer: TestClient) -> None:
    """By act; fields that are left empty ask for nothing, and a wrong date is told."""
    officer.get("/portal/administration")
    auditor = screen(world, "FR", Role.AUDITOR, "page-auditor")
    page = auditor.get("/portal/audit?actor=&action=list.users&since=")
    assert page.status_code == 200
    acts = re.findall(r'class="tight"><bdi[^>]*>([a-z.-]+)</bdi></td>', page.text)
    assert acts
    assert set(acts) == {"list.users"}
    assert auditor.get("/portal/audit?since=yesterday").status_code == 422
