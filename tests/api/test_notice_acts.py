"""Writing notices over HTTP, and taking them through their life."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from engine.identity.roles import Role
from engine.notices import Colour
from http_support import await_end, bearing, is_problem, picture, upload
from notice_support import FIELDS

APPROVE = {"verdict": "approve", "article_2": True, "article_3": True}

As = Callable[..., TestClient]


@pytest.fixture(scope="module")
def as_officer(client: TestClient) -> As:
    """Clients of officers of organisations, or of people with another role."""

    def make(ncb: str, role: Role = Role.NCB_OFFICER) -> TestClient:
        login = f"{role.value.replace('_', '-')}-{ncb.lower()}"
        return bearing(TestClient(client.app), login, ncb, frozenset({role}))

    return make


def etag(client: TestClient, path: str) -> dict[str, str]:
    """The header of who has read the notice as it stands."""
    return {"If-Match": client.get(path).headers["etag"]}


def act(client: TestClient, path: str, what: str, **body: Any) -> Any:
    """The answer to an act on the notice as it stands."""
    return client.post(f"{path}/{what}", json=body, headers=etag(client, path))


def draft(client: TestClient, colour: Colour = Colour.BLUE, **body: Any) -> str:
    """The path of a new draft."""
    order = {"colour": colour.value, "fields": FIELDS[colour], **body}
    response = client.post("/v1/notices", json=order)
    assert response.status_code == 201, response.text
    return response.headers["location"]


@pytest.fixture
def published(as_officer: As) -> Iterator[str]:
    """The path of a notice of France that went the whole way."""
    french, secretary = as_officer("FR"), as_officer("IPSG")
    path = draft(french)
    assert act(french, path, "steps/submit").status_code == 200
    assert act(secretary, path, "steps/take-up", reasons=["Routine."]).status_code == 200
    assert act(secretary, path, "reviews", **APPROVE).status_code == 200
    assert act(secretary, path, "steps/publish").json()["status"] == "PUBLISHED"
    return path


def test_a_reader_reads_what_was_published(as_officer: As, published: str) -> None:
    """The notice, without what only its owner and the secretariat may know."""
    response = as_officer("JP", Role.INVESTIGATOR).get(published)
    notice = response.json()
    assert (notice["name"], notice["status"]) == ("TAMESHI", "PUBLISHED")
    assert "etag" not in response.headers
    assert notice["revision"] is notice["restriction"] is notice["proposed"] is None
    assert as_officer("FR").get(published).json()["revision"] == 5


def test_a_draft_can_be_changed_by_who_has_read_it(as_officer: As) -> None:
    """Without the revision it is 422, with an old one 412, with a malformed one 400."""
    french = as_officer("FR")
    path = draft(french)
    body = {"fields": {**FIELDS[Colour.BLUE], "title": "New"}}
    match = etag(french, path)
    assert french.put(path, json=body, headers=match).json()["title"] == "New"
    assert is_problem(french.put(path, json=body, headers=match), 412, "stale")
    assert is_problem(french.put(path, json=body), 422, "invalid")
    assert is_problem(french.put(path, json=body, headers={"If-Match": "*"}), 400, "bad-request")


def test_nobody_else_finds_a_draft(as_officer: As) -> None:
    """404 as for a notice that never was, for reading and for every act."""
    path = draft(as_officer("FR"))
    stranger = as_officer("JP")
    texts = set()
    for place in (path, "/v1/notices/blue/2026-1"):
        number = place.rsplit("/", 1)[1].replace("-", "/")
        answers = [
            stranger.get(place),
            stranger.get(f"{place}/history"),
            stranger.get(f"{place}/receipts"),
            stranger.get(f"{place}/images"),
            stranger.post(f"{place}/steps/submit", json={}, headers={"If-Match": "1"}),
            stranger.put(place, json={"fields": {}}, headers={"If-Match": "1"}),
        ]
        assert all(is_problem(answer, 404, "not-found") for answer in answers)
        texts |= {answer.text.replace(number, "N") for answer in answers}
    assert len(texts) == 1


def test_steps_of_others_are_forbidden(as_officer: As, published: str) -> None:
    """A reader is told by whom the step may be taken, but not how often the notice changed."""
    body, place = {"reasons": ["Why."]}, f"{published}/steps/withdraw"
    for revision in ("4", "5"):
        answer = as_officer("JP").post(place, json=body, headers={"If-Match": revision})
        assert is_problem(answer, 403, "forbidden")
        assert "withdraw is for its bureau" in answer.json()["detail"]
    assert is_problem(as_officer("JP").get(f"{published}/history"), 403, "forbidden")


def test_an_incomplete_request_names_what_it_lacks(as_officer: As) -> None:
    """Field by field; the draft stays."""
    french = as_officer("FR")
    path = draft(french, Colour.RED, fields={"name": "TESTOVA"})
    answer = act(french, path, "steps/submit")
    assert is_problem(answer, 400, "bad-request")
    for field in ("arrest_warrants", "extradition_sought", "facts", "date_of_birth"):
        assert field in answer.json()["detail"]
    assert french.get(path).json()["status"] == "DRAFT"


@pytest.mark.parametrize(
    ("change", "status", "slug"),
    [
        ({"ncb": "JP"}, 422, "invalid"),
        ({"status": "PUBLISHED"}, 422, "invalid"),
        ({"entity_id": "2026/1"}, 422, "invalid"),
        ({"colour": "pink"}, 422, "invalid"),
        ({"fields": {"shoe_size": 43}}, 400, "bad-request"),
        ({"fields": {"title": "a\u0000b"}}, 422, "invalid"),
        ({"language": "de"}, 400, "bad-request"),
        ({"restriction": {"mode": "ALLOW"}}, 400, "bad-request"),
        ({"restriction": {"mode": "DENY", "ncbs": ["XX"]}}, 400, "bad-request"),
        ({"person": "nobody"}, 404, "not-found"),
    ],
)
def test_what_cannot_be_drafted(as_officer: As, change: dict, status: int, slug: str) -> None:
    """Nobody names the owner, the status or the number; unknown words are refused."""
    order = {"colour": "blue", "fields": FIELDS[Colour.BLUE], **change}
    assert is_problem(as_officer("FR").post("/v1/notices", json=order), status, slug)


def test_a_correction_shows_when_it_is_approved(as_officer: As, published: str) -> None:
    """Until then readers read the old version; the life keeps both."""
    french, secretary, reader = as_officer("FR"), as_officer("IPSG"), as_officer("JP")
    new = {"fields": {**FIELDS[Colour.BLUE], "title": "Right"}, "reason": "It was wrong."}
    assert act(french, published, "corrections", **new).json()["proposed"] == 2
    assert "title" not in reader.get(published).json()
    assert act(secretary, published, "reviews", **APPROVE).json()["version"] == 2
    assert reader.get(published).json()["title"] == "Right"
    history = french.get(f"{published}/history").json()
    assert [one["version"] for one in history["versions"]] == [1, 2]
    assert [one["verdict"] for one in history["reviews"]] == ["approve", "approve"]


def test_texts_say_which_language_they_are_in(as_officer: As, published: str) -> None:
    """A translation names its translator; a missing one falls back and says so."""
    secretary, reader = as_officer("IPSG"), as_officer("JP")
    answer = secretary.put(
        f"{published}/translations/fr",
        json={"texts": {"description": "Recherche (inventé)."}},
        headers=etag(secretary, published),
    )
    assert answer.json()["description"] == "Recherche (inventé)."
    french = reader.get(published, params={"language": "fr"}).json()
    origin = french["texts"]["fields"]["description"]
    assert (origin["fall_back"], origin["translated_by"]) == (False, "ncb-officer-ipsg@ipsg")
    arabic = reader.get(published, params={"language": "ar"}).json()
    assert arabic["texts"]["falls_back"]
    assert arabic["texts"]["fields"]["description"]["language"] == "en"


def test_a_restriction_hides_at_once(as_officer: As, published: str) -> None:
    """From reading, from lists and their totals, and from the inbox."""
    french, reader = as_officer("FR"), as_officer("JP")
    before = reader.get("/v1/notices").json()["total"]
    news = reader.get("/v1/notices/inbox").json()["total"]
    hide = {"mode": "DENY", "ncbs": ["JP"]}
    answer = french.put(f"{published}/restriction", json=hide, headers=etag(french, published))
    assert answer.json()["restriction"] == hide
    assert is_problem(reader.get(published), 404, "not-found")
    assert reader.get("/v1/notices").json()["total"] == before - 1
    assert reader.get("/v1/notices/inbox").json()["total"] == news - 1


def test_a_diffusion_is_for_its_recipients(as_officer: As) -> None:
    """They read it and find it in their inbox; the secretariat and others do not."""
    french = as_officer("FR")
    recipients = {"mode": "ALLOW", "ncbs": ["NA"]}
    path = draft(french, kind="diffusion", restriction=recipients)
    assert act(french, path, "steps/circulate").json()["status"] == "CIRCULATED"
    assert as_officer("NA").get(path).json()["kind"] == "diffusion"
    for ncb in ("JP", "IPSG"):
        assert is_problem(as_officer(ncb).get(path), 404, "not-found")
    (entry, *_) = as_officer("NA").get("/v1/notices/inbox").json()["_embedded"]["entries"]
    assert (entry["event"], entry["_links"]["notice"]["href"]) == ("circulated", path)


def test_an_entry_is_marked_as_read(as_officer: As, published: str) -> None:
    """By an investigator too; the owner sees by whom."""
    reader = as_officer("JP", Role.INVESTIGATOR)
    (entry, *_) = reader.get("/v1/notices/inbox?unread=true").json()["_embedded"]["entries"]
    read = reader.post(entry["_links"]["read"]["href"]).json()
    assert read["read_by"] == "investigator-jp@jp"
    receipts = as_officer("FR").get(f"{published}/receipts").json()["receipts"]
    assert [one["read_by"] for one in receipts if one["ncb"] == "JP"] == ["investigator-jp@jp"]
    other = as_officer("DE").post(entry["_links"]["read"]["href"])
    assert is_problem(other, 404, "not-found")


def test_a_suspended_notice_is_told_of_but_not_shown(as_officer: As, published: str) -> None:
    """The news stays; its link to the notice is gone."""
    secretary, reader = as_officer("IPSG"), as_officer("JP")
    answer = act(secretary, published, "steps/suspend", reasons=["Doubts."])
    assert answer.json()["status"] == "SUSPENDED"
    assert is_problem(reader.get(published), 404, "not-found")
    (entry, *_) = reader.get("/v1/notices/inbox").json()["_embedded"]["entries"]
    assert (entry["event"], entry["_links"]["notice"]) == ("suspended", None)
    again = act(secretary, published, "steps/suspend", reasons=["Again."])
    assert is_problem(again, 409, "conflict")


def test_images_are_the_prints_of_the_person(
    client: TestClient, as_officer: As, person: str, enrol: Callable[[str, int], int]
) -> None:
    """Links to their images; a notice about nobody on record has none."""
    number, french = enrol(person, 37), as_officer("FR")
    images = french.get(f"{draft(french, person=person)}/images").json()
    assert images["_links"]["thumbnail"]["href"] == f"/v1/prints/{number}/image"
    assert images["_embedded"]["images"][0]["picture_id"] == number
    assert client.get(images["_links"]["thumbnail"]["href"]).status_code == 200
    assert french.get(f"{draft(french)}/images").json()["_embedded"]["images"] == []


def search(client: TestClient, level: int, headers: dict[str, str] | None = None) -> Any:
    """The answer to a search for a picture of a grey level."""
    return client.post(
        "/v1/searches",
        files=[upload(picture(level))],
        data={"purpose": "identification"},
        headers=headers or {},
    )


def links(answer: dict[str, Any]) -> list[str]:
    """The notices that the first candidate is linked to."""
    return [one["href"] for one in answer["candidates"][0]["_links"]["notices"]]


def test_candidates_link_what_the_asker_may_see(
    as_officer: As, person: str, enrol: Callable[[str, int], int]
) -> None:
    """A diffusion is linked for its recipients, and for nobody else."""
    enrol(person, 61)
    french = as_officer("FR")
    recipients = {"mode": "ALLOW", "ncbs": ["NA"]}
    path = draft(french, kind="diffusion", restriction=recipients, person=person)
    act(french, path, "steps/circulate")
    found = {ncb: links(search(as_officer(ncb), 61).json()) for ncb in ("NA", "JP", "FR", "IPSG")}
    assert found == {"NA": [path], "JP": [], "FR": [path], "IPSG": []}


def test_a_stored_answer_follows_restrictions(
    as_officer: As, person: str, enrol: Callable[[str, int], int]
) -> None:
    """What was hidden after the search is gone when its answer is read."""
    enrol(person, 62)
    french, reader = as_officer("FR"), as_officer("NA")
    recipients = {"mode": "ALLOW", "ncbs": ["NA"]}
    path = draft(french, kind="diffusion", restriction=recipients, person=person)
    act(french, path, "steps/circulate")
    job = search(reader, 62, {"Prefer": "respond-async"}).headers["location"]
    assert links(await_end(reader, job)["answer"]) == [path]
    act(french, path, "steps/withdraw", reasons=["Found."])
    assert links(reader.get(job).json()["answer"]) == []
