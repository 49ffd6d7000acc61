"""Pages of cases and hits: what they show to whom, without a browser's script."""

from __future__ import annotations

import json
import re
import time

import pytest
from starlette.testclient import TestClient

from engine.examination import Conclusion
from engine.identity.roles import Role
from portal_cases import decide, open_a_case, open_a_hit
from portal_support import at_screen
from portal_world import PortalWorld, probe_file

PROBE = {"probe": ("probe.png", probe_file().read_bytes(), "image/png")}
SAID = {
    "transaction_id": "V-page",
    "conclusion": "identification",
    "reason": "Invented: the cores agree.",
    "pairs": "[[120, 140, 0.5, 118, 150, 0.6]]",
}


@pytest.fixture
def screen(world: PortalWorld) -> TestClient:
    """An examiner of France at a screen."""
    return at_screen(TestClient(world.app), "FR", Role.EXAMINER, name="reader")


def test_a_case_waits_in_the_queue(world: PortalWorld, screen: TestClient) -> None:
    """A new case is in the list of those that wait for an examiner."""
    case_id = open_a_case(world)
    assert case_id in screen.get("/portal/examinations?waiting=true&resultPerPage=160").text


def test_another_print_is_no_probe(world: PortalWorld, screen: TestClient) -> None:
    """Only the file that was searched opens the workbench."""
    other = {"probe": ("other.png", probe_file("nobody.png").read_bytes(), "image/png")}
    case_id = open_a_case(world)
    refused = screen.post(f"/portal/examinations/{case_id}/probe", files=other)
    assert refused.status_code == 422
    assert screen.get(f"/portal/examinations/{case_id}/probe").status_code == 404


def test_the_probe_is_at_hand_until_the_case_ends(world: PortalWorld, screen: TestClient) -> None:
    """Once it is brought, its picture is shown to the bureau; the end of the case drops it."""
    path = f"/portal/examinations/{open_a_case(world)}"
    assert screen.post(f"{path}/probe", files=PROBE).status_code == 303
    assert screen.get(f"{path}/probe?view=enhanced").headers["content-type"] == "image/png"
    ended = SAID | {"conclusion": "exclusion", "transaction_id": "V-end"}
    assert screen.post(f"{path}/verdicts", data=ended).status_code == 303
    assert screen.get(f"{path}/probe").status_code == 404


def test_the_second_examiner_reads_nothing_of_the_first(
    world: PortalWorld, screen: TestClient
) -> None:
    """Neither verdict, nor reason, nor name, nor marks are in the page."""
    case_id = open_a_case(world, "somebody")
    decide(world, case_id, "somebody", Conclusion.IDENTIFICATION, "A telling reason.")
    screen.post(f"/portal/examinations/{case_id}/probe", files=PROBE)
    page = screen.get(f"/portal/examinations/{case_id}").text
    assert "telling" not in page
    assert "somebody@fr" not in page
    assert re.search(r'"marked": \[\]', page)


def test_a_verdict_without_pairs_is_shown_again(world: PortalWorld, screen: TestClient) -> None:
    """What was written is not lost, and nothing is recorded."""
    path = f"/portal/examinations/{open_a_case(world)}"
    screen.post(f"{path}/probe", files=PROBE)
    refused = screen.post(f"{path}/verdicts", data=SAID | {"pairs": ""})
    assert refused.status_code == 422
    assert "Invented: the cores agree." in refused.text


def test_pairs_are_ticked_without_script(world: PortalWorld, screen: TestClient) -> None:
    """The boxes of the form say the same as the workbench."""
    path = f"/portal/examinations/{open_a_case(world)}"
    ticked = SAID | {"pairs": "", "pair": "120,140,0.5,118,150,0.6", "transaction_id": "V-boxes"}
    assert screen.post(f"{path}/verdicts", data=ticked).status_code == 303
    assert "1 marked pair" in screen.get(path).text


@pytest.mark.parametrize(
    "pairs", ["{", "7", "[7]", "[[1, 2]]", '[["a", 1, 1, 1, 1, 1]]', "[" * 9999]
)
def test_malformed_pairs_are_refused(world: PortalWorld, screen: TestClient, pairs: str) -> None:
    """They are a form to mend, not an error of the server."""
    path = f"/portal/examinations/{open_a_case(world)}/verdicts"
    assert screen.post(path, data=SAID | {"pairs": pairs}).status_code == 422


def test_a_supervisor_reads_both_sides_of_a_conflict(world: PortalWorld) -> None:
    """To settle it is to weigh them."""
    case_id = open_a_case(world)
    decide(world, case_id, "one", Conclusion.IDENTIFICATION, "They agree.")
    decide(world, case_id, "two", Conclusion.EXCLUSION, "They differ.")
    officer = at_screen(TestClient(world.app), "FR", Role.NCB_OFFICER, name="officer-page")
    page = officer.get(f"/portal/examinations/{case_id}").text
    assert "They agree." in page
    assert "They differ." in page


def test_news_of_a_hit_is_read_once_for_the_bureau(world: PortalWorld) -> None:
    """Reading it leads to the hit, and it is no news any more."""
    hit_id = open_a_hit(world)
    owner = at_screen(TestClient(world.app), "NL", Role.NCB_OFFICER, name="owner-page")
    entry = re.search(r"/portal/hits/inbox/(\d+)/read", owner.get("/portal/hits").text)
    assert entry is not None
    read = owner.post(f"/portal/hits/inbox/{entry[1]}/read")
    assert read.headers["location"] == f"/portal/hits/{hit_id}"
    assert f"/inbox/{entry[1]}/read" not in owner.get("/portal/hits").text


def test_the_owner_answers_and_confirms(world: PortalWorld) -> None:
    """Its word and its message stand on the page of the hit."""
    path = f"/portal/hits/{open_a_hit(world)}"
    owner = at_screen(TestClient(world.app), "NL", Role.NCB_OFFICER, name="owner-page")
    said = {"text": "We agree.", "priority": "urgent", "transaction_id": "M-page"}
    assert owner.post(f"{path}/messages", data=said).status_code == 303
    assert owner.post(f"{path}/steps/confirm", data={"reason": ""}).status_code == 303
    page = owner.get(path).text
    assert "We agree." in page
    assert "Confirmed by the owner" in page


def test_the_asking_bureau_has_no_word_of_the_owner(world: PortalWorld) -> None:
    """It is offered no step that is the owner's."""
    path = f"/portal/hits/{open_a_hit(world)}"
    asking = at_screen(TestClient(world.app), "FR", Role.NCB_OFFICER, name="officer-page")
    assert "/steps/confirm" not in asking.get(path).text
    assert asking.post(f"{path}/steps/confirm", data={}).status_code == 403


def test_the_probe_of_a_search_goes_along_with_its_case(
    world: PortalWorld, screen: TestClient
) -> None:
    """Both examiners see it without bringing the file again."""
    image = {"image": ("probe.png", probe_file().read_bytes(), "image/png")}
    asked = {"act": "search", "case_ref": "case-1", "purpose": "identification"}
    asked |= {"region": "Europe", "top": "5"}
    job = screen.post("/portal/searches", files=image, data=asked).headers["location"]
    _wait_for(screen, job)
    page = screen.get(f"{job}/candidates/1").text
    names = ("csrf", "job", "person", "print_id")
    form = page.partition('action="/portal/examinations"')[2]
    about = {name: re.search(f'name="{name}" value="([^"]*)"', form)[1] for name in names}
    about["case_ref"] = "case-1"
    opened = screen.post("/portal/examinations", data=about)
    path = opened.headers["location"].partition("?")[0]
    second = at_screen(TestClient(world.app), "FR", Role.EXAMINER, name="second-reader")
    assert second.get(f"{path}/probe").status_code == 200
    assert "data-workbench" in second.get(path).text


def test_a_probe_is_searched_again_by_marked_minutiae(screen: TestClient) -> None:
    """As a latent; what lies outside of the probe is refused."""
    image = {"image": ("probe.png", probe_file().read_bytes(), "image/png")}
    asked = {"act": "search", "case_ref": "case-1", "purpose": "identification"}
    asked |= {"region": "Europe", "top": "5"}
    job = screen.post("/portal/searches", files=image, data=asked).headers["location"]
    _wait_for(screen, job)
    assert f'action="{job}/marked"' in screen.get(f"{job}/candidates/1").text
    minutiae = screen.get(f"{job}/candidates/1.json").json()["probe"]["minutiae"][:12]
    marked = {"probe": "0", "minutiae": json.dumps(minutiae)}
    again = screen.post(f"{job}/marked", data=marked).headers["location"]
    _wait_for(screen, again)
    found = screen.get(f"{again}/candidates/1.json").json()
    assert len(found["probe"]["minutiae"]) == 12
    outside = json.dumps([[9000, 0, 0, 1, 50], *minutiae])
    assert screen.post(f"{job}/marked", data={**marked, "minutiae": outside}).status_code == 400
    assert screen.post(f"{job}/marked", data={**marked, "minutiae": "x"}).status_code == 400


def _wait_for(screen: TestClient, job: str) -> None:
    """Until a search is done."""
    while screen.get(f"{job}/progress.json").json()["state"] not in ("done", "failed"):
        time.sleep(0.05)
