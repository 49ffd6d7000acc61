"""Pages of persons and prints: what they show to whom, and what their forms do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from engine.identity.roles import Role
from http_support import picture
from portal_support import at_screen

PRINTS = {"impression_type": "live_rolled", "purpose": "administration", "case_ref": ""}


@pytest.fixture
def officer(client: TestClient) -> TestClient:
    """An officer of the owner at a screen."""
    return at_screen(client, "FR", Role.NCB_OFFICER)


@pytest.fixture
def other(client: TestClient) -> TestClient:
    """An officer of another bureau."""
    return at_screen(client, "JP", Role.NCB_OFFICER)


def files(level: int, finger: str = "right_index") -> list[tuple[str, Any]]:
    """A print of a finger, as the form sends it."""
    return [(f"image-{finger}", ("print.png", picture(level)))]


def test_a_record_is_opened_by_its_id(officer: TestClient, person: str) -> None:
    """What cannot be an id is told beside the field."""
    found = officer.get("/portal/persons", params={"id": f" {person} "})
    assert found.headers["location"] == f"/portal/persons/{person}"
    assert officer.get("/portal/persons", params={"id": "no id"}).status_code == 422


def test_a_person_is_recorded_and_then_prints(officer: TestClient) -> None:
    """The form of a person leads to the form of prints, and that to the card."""
    facts = {"family_name": "Essai", "sex": "F", "nationalities": "fr, md", "status": "suspect"}
    there = officer.post("/portal/persons", data=facts).headers["location"].partition("?")[0]
    assert officer.get(there).status_code == 200
    sent = officer.post(there.removesuffix("/new"), data=PRINTS, files=files(31, "left_ring"))
    page = officer.get(sent.headers["location"]).text
    assert "1 of 10 fingers" in page
    assert "Open the print: Left ring finger" in page


def test_an_image_is_enrolled_once(officer: TestClient, person: str) -> None:
    """Sent again it is refused on the page, and nothing is stored."""
    path = f"/portal/persons/{person}/encounters"
    assert officer.post(path, data=PRINTS, files=files(32)).status_code == 303
    again = officer.post(path, data=PRINTS, files=files(32))
    assert again.status_code == 409
    assert "Nothing was stored" in again.text


def test_a_blank_image_is_refused_on_the_page(officer: TestClient, person: str) -> None:
    """With the name of the file."""
    path = f"/portal/persons/{person}/encounters"
    refused = officer.post(path, data=PRINTS, files=files(252))
    assert (refused.status_code, "print.png" in refused.text) == (422, True)


def test_others_see_the_record_without_its_handling(
    officer: TestClient, other: TestClient, person: str
) -> None:
    """How it is handled and who has looked is the owner's business."""
    here = f"/portal/persons/{person}"
    assert "How it is handled" in officer.get(here).text
    assert "How it is handled" not in other.get(here).text
    assert other.get(f"{here}/accesses").status_code == 403
    assert other.get(f"{here}/encounters/new").status_code == 403


def test_handling_holds_from_the_next_answer_on(
    officer: TestClient, other: TestClient, person: str
) -> None:
    """A bureau that is denied the record finds nothing there; an old form is refused."""
    here = f"/portal/persons/{person}"
    form = {"mode": "DENY", "ncbs": "jp", "classification": "official", "revision": "1"}
    assert officer.post(f"{here}/handling", data=form).status_code == 303
    assert other.get(here).status_code == 404
    assert officer.post(f"{here}/handling", data=form).status_code == 412


def test_a_wrong_handling_changes_nothing(officer: TestClient, person: str) -> None:
    """An unknown bureau is told on the page."""
    form = {"mode": "DENY", "ncbs": "XX", "classification": "official", "revision": "1"}
    refused = officer.post(f"/portal/persons/{person}/handling", data=form)
    assert (refused.status_code, "Nothing was changed" in refused.text) == (422, True)


def test_the_owner_sees_who_has_looked(officer: TestClient, other: TestClient, person: str) -> None:
    """By name, bureau and act."""
    other.get(f"/portal/persons/{person}")
    page = officer.get(f"/portal/persons/{person}/accesses").text
    assert "ncb-officer@jp" in page
    assert "Opened the record" in page


def test_a_print_has_its_page(
    officer: TestClient, other: TestClient, person: str, enrol: Callable[[str, int], int]
) -> None:
    """Large, with what is known of it; its handling is the owner's."""
    number = enrol(person, 33)
    assert f"/portal/prints/{number}/image" in other.get(f"/portal/prints/{number}").text
    form = {"mode": "ALLOW", "ncbs": "DE", "classification": "official", "revision": "1"}
    assert officer.post(f"/portal/prints/{number}/handling", data=form).status_code == 303
    assert other.get(f"/portal/prints/{number}").status_code == 404
