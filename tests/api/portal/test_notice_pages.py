"""Pages of notices: from the draft to the readers, and what is hidden from whom."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from api.portal.notice_form import typed
from api.portal.notice_inputs import INPUTS
from engine.identity.roles import Role
from engine.notices import Colour
from notice_support import FIELDS
from portal_support import at_screen

BLUE = {name: typed(value, INPUTS[name]) for name, value in FIELDS[Colour.BLUE].items()}
APPROVED = {"verdict": "approve", "article_2": "yes", "article_3": "yes"}


@pytest.fixture
def author(client: TestClient) -> TestClient:
    """An officer of France at a screen."""
    return at_screen(client, "FR", Role.NCB_OFFICER)


@pytest.fixture
def desk(client: TestClient) -> TestClient:
    """An officer of the General Secretariat."""
    return at_screen(client, "IPSG", Role.NCB_OFFICER)


@pytest.fixture
def reader(client: TestClient) -> TestClient:
    """An investigator of Japan."""
    return at_screen(client, "JP", Role.INVESTIGATOR)


def drafted(author: TestClient, **more: str) -> str:
    """The page of a new draft."""
    form = {**BLUE, "colour": "blue", "language": "en", "mode": "ALL", **more}
    sent = author.post("/portal/notices", data=form)
    assert sent.status_code == 303, sent.text
    return sent.headers["location"].partition("?")[0]


def act(who: TestClient, here: str, what: str, **form: str) -> int:
    """Do something with a notice by the form of its page; returns the status of the answer."""
    revision = re.search(r'name="revision" value="(\d+)"', who.get(here).text)
    data = {**form, "revision": revision[1] if revision else "1"}
    return who.post(f"{here}{what}", data=data).status_code


def published(author: TestClient, desk: TestClient, **more: str) -> str:
    """The page of a notice that went the whole way."""
    here = drafted(author, **more)
    assert act(author, here, "/steps/submit") == 303
    assert act(desk, here, "/steps/take-up", reason="Taken up.") == 303
    assert act(desk, here, "/reviews", **APPROVED) == 303
    assert act(desk, here, "/steps/publish") == 303
    return here


def test_a_notice_reaches_its_readers(
    author: TestClient, desk: TestClient, reader: TestClient
) -> None:
    """A draft is seen by nobody else; what is published is in the inbox, until it is read."""
    here = drafted(author)
    assert reader.get(here).status_code == desk.get(here).status_code == 404
    here = published(author, desk)
    number = here.rpartition("/")[2].replace("-", "/")
    inbox = reader.get("/portal/notices/inbox?unread=true").text
    assert number in inbox
    entry = re.findall(r"/portal/notices/inbox/\d+/read", inbox)[0]
    assert reader.post(entry).headers["location"] == here
    assert number not in reader.get("/portal/notices/inbox?unread=true").text
    assert "Read by" in author.get(f"{here}/history").text


def test_a_denied_bureau_finds_nothing(
    author: TestClient, desk: TestClient, reader: TestClient
) -> None:
    """Neither the page, nor its paper, nor news, nor in the search."""
    here = published(author, desk, mode="DENY", ncbs="JP", name="HIDDENOVA")
    assert [reader.get(f"{here}{end}").status_code for end in ("", "/print", "/history")] == [
        404
    ] * 3
    assert "HIDDENOVA" not in reader.get("/portal/notices?freeText=Whereabouts").text
    assert here.rpartition("-")[2] not in reader.get("/portal/notices/inbox").text


def test_a_draft_with_faults_is_shown_again(author: TestClient) -> None:
    """With what was typed, and what is wrong beside it."""
    form = {**BLUE, "colour": "blue", "date_of_birth": "yesterday"}
    page = author.post("/portal/notices", data=form)
    assert page.status_code == 422
    assert 'value="yesterday"' in page.text
    assert "f-date_of_birth-error" in page.text


def test_an_incomplete_draft_says_what_it_lacks(author: TestClient) -> None:
    """When it is submitted, by the names that people read."""
    here = drafted(author, description="")
    revision = re.search(r'name="revision" value="(\d+)"', author.get(here).text)
    assert revision is not None
    page = author.post(f"{here}/steps/submit", data={"revision": revision[1]})
    assert page.status_code == 422
    assert "<strong>Description</strong>: Is needed before" in page.text


def test_a_correction_waits_for_its_review(
    author: TestClient, desk: TestClient, reader: TestClient
) -> None:
    """Readers see the old text until it is approved; the reviewer sees both."""
    here = published(author, desk)
    new = {**BLUE, "description": "Seen near an invented harbour.", "reason": "News."}
    assert act(author, f"{here}", "/corrections", language="en", **new) == 303
    assert "invented harbour" not in reader.get(here).text
    assert here in desk.get("/portal/notices/review").text
    assert "<ins>" in desk.get(here).text
    assert act(desk, here, "/reviews", **APPROVED) == 303
    assert "invented harbour" in reader.get(here).text


def test_missing_translations_fall_back_visibly(
    author: TestClient, desk: TestClient, reader: TestClient
) -> None:
    """And what is translated says by whom."""
    here = published(author, desk)
    assert "Not translated: shown in English" in reader.get(f"{here}?language=fr").text
    assert act(desk, here, "/translations/fr", description="Recherché (inventé).") == 303
    page = reader.get(f"{here}?language=fr").text
    assert "Recherché (inventé)." in page
    assert "Not translated" not in page


def test_who_wrote_it_is_not_asked_for_a_review(desk: TestClient) -> None:
    """Nobody reviews what they wrote, so the form is not there."""
    here = drafted(desk)
    assert act(desk, here, "/steps/submit") == 303
    assert act(desk, here, "/steps/take-up", reason="Own initiative.") == 303
    assert "Your review of version" not in desk.get(here).text


def test_the_search_takes_the_filters_of_programs(
    author: TestClient, desk: TestClient, reader: TestClient
) -> None:
    """Fields left empty are not asked; what cannot be asked is told."""
    published(author, desk, name="SOUGHTOVA", nationalities="MD")
    asked = {"name": "soughtowa", "colour": "blue", "nationality": "MD", "ageMin": "", "kind": ""}
    assert "SOUGHTOVA" in reader.get("/portal/notices", params=asked).text
    assert "SOUGHTOVA" not in reader.get("/portal/notices?colour=red").text
    assert reader.get("/portal/notices?ageMin=old").status_code == 422
