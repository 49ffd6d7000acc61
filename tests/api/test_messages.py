"""Messages over HTTP."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.service import Service
from engine.identity.roles import Role
from engine.messaging.escalating import escalate
from engine.terminal import operator
from http_support import LIMIT, bearing, is_problem, picture

As = Callable[..., TestClient]

NOTE = {
    "name": "note.txt",
    "media_type": "text/plain",
    "content": base64.b64encode(b"<script>alert(1)</script>").decode(),
}


@pytest.fixture(scope="module")
def as_one(client: TestClient) -> As:
    """Clients of officers, or of people with another role."""

    def make(ncb: str, role: Role = Role.NCB_OFFICER) -> TestClient:
        return bearing(TestClient(client.app), f"m-{role.value[:3]}", ncb, frozenset({role}))

    return make


@pytest.fixture
def order(numbers: Iterator[int]) -> dict[str, Any]:
    """A first message to Germany."""
    number = next(numbers)
    said = {"transaction_id": f"M-{number}", "text": "A text.", "priority": "urgent"}
    return {**said, "to": ["DE"], "subject": f"Case {number}"}


def sent(client: TestClient, order: dict[str, Any], **more: Any) -> str:
    """The path of a new thread."""
    response = client.post("/v1/messages", json={**order, **more})
    assert response.status_code == 201, response.text
    return response.headers["location"]


def only_message(client: TestClient, path: str) -> dict[str, Any]:
    """The one message of a thread."""
    (message,) = client.get(path).json()["_embedded"]["messages"]
    return message


def test_a_message_is_read_and_acknowledged(as_one: As, order: dict[str, Any]) -> None:
    """The sender sees when, and not by whom."""
    french, german = as_one("FR"), as_one("DE")
    path = sent(french, order)
    unread = german.get("/v1/messages?unread=true").json()
    (row,) = unread["_embedded"]["threads"]
    assert (row["_links"]["self"]["href"], row["unread"], row["owed"]) == (path, 1, 1)
    message = only_message(german, path)
    assert (message["text"], message["sent_by"]) == ("A text.", None)
    assert german.post(row["_links"]["read"]["href"]).json() == {"messages": 1}
    done = german.post(message["_links"]["acknowledge"]["href"]).json()["receipts"][0]
    assert done["acknowledged_by"] == done["read_by"] == "m-ncb@de"
    seen = only_message(french, path)
    assert seen["receipts"][0]["acknowledged_at"] == done["acknowledged_at"]
    assert seen["receipts"][0]["acknowledged_by"] is seen["_links"]["acknowledge"] is None
    assert seen["sent_by"] == "m-ncb@fr"


def test_what_is_sent_again_is_sent_once(as_one: As, order: dict[str, Any]) -> None:
    """First messages and answers; another content under the same id is a conflict."""
    french, german = as_one("FR"), as_one("DE")
    path = sent(french, order)
    assert sent(french, order) == path
    changed = french.post("/v1/messages", json={**order, "text": "Another."})
    assert is_problem(changed, 409, "conflict")
    answer = {"transaction_id": f"R{order['transaction_id']}", "text": "Yes."}
    first = german.post(f"{path}/replies", json=answer)
    assert first.status_code == 201
    assert german.post(f"{path}/replies", json=answer).json() == first.json()
    assert french.get(path).json()["total"] == 2


def test_others_find_no_thread(as_one: As, order: dict[str, Any]) -> None:
    """By any path, in the words for what never was; neither secretariat nor CCC."""
    path = sent(as_one("FR"), order, attachments=[NOTE])
    texts = set()
    strangers = [as_one("JP"), as_one("IPSG"), as_one("CCC", Role.CCC_OPERATOR)]
    for stranger in strangers:
        for place in (path, f"/v1/messages/{'0' * 32}"):
            answers = [
                stranger.get(place),
                stranger.get(f"{place}/1/attachments/1"),
                stranger.post(f"{place}/read"),
                stranger.post(f"{place}/1/acknowledge"),
                stranger.post(f"{place}/replies", json={"transaction_id": "x", "text": "x"}),
            ]
            assert all(is_problem(answer, 404, "not-found") for answer in answers)
            texts |= {answer.text.replace(place[-32:], "ID") for answer in answers}
        assert stranger.get("/v1/messages").json()["total"] == 0
    assert len(texts) == 1


def test_a_file_is_to_be_saved_and_not_shown(as_one: As, order: dict[str, Any]) -> None:
    """Of the type that it is, under a name of ours, and never opened by a browser."""
    german = as_one("DE")
    png = {
        "name": "märk.png",
        "media_type": "image/png",
        "content": base64.b64encode(picture(9)).decode(),
    }
    path = sent(as_one("FR"), order, attachments=[NOTE, png])
    files = only_message(german, path)["attachments"]
    assert [one["name"] for one in files] == ["note.txt", "märk.png"]
    note, image = (german.get(one["_links"]["content"]["href"]) for one in files)
    assert (note.content, image.content) == (b"<script>alert(1)</script>", picture(9))
    assert note.headers["content-type"].startswith("text/plain")
    assert image.headers["content-type"] == "image/png"
    assert note.headers["content-disposition"] == 'attachment; filename="attachment-1.txt"'
    assert image.headers["content-disposition"] == 'attachment; filename="attachment-2.png"'
    for answer in (note, image):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
    for wrong in ("1/attachments/3", "2/attachments/1", f"1/attachments/{2**70}"):
        assert is_problem(german.get(f"{path}/{wrong}"), 404, "not-found")


@pytest.mark.parametrize(
    ("change", "status", "slug"),
    [
        ({"attachments": [{**NOTE, "media_type": "text/html"}]}, 400, "bad-request"),
        ({"attachments": [{**NOTE, "media_type": "image/png"}]}, 400, "bad-request"),
        ({"attachments": [{**NOTE, "name": "../../x"}]}, 400, "bad-request"),
        ({"attachments": [{**NOTE, "content": "***"}]}, 422, "invalid"),
        ({"attachments": [{**NOTE, "content": ""}]}, 422, "invalid"),
        ({"attachments": [NOTE] * 6}, 422, "invalid"),
        ({"attachments": [{**NOTE, "path": "/etc"}]}, 422, "invalid"),
        ({"text": " "}, 400, "bad-request"),
        ({"text": "x" * 10_001}, 422, "invalid"),
        ({"text": "a\u0000b"}, 422, "invalid"),
        ({"subject": "a\nb"}, 400, "bad-request"),
        ({"to": []}, 422, "invalid"),
        ({"to": ["FR"]}, 400, "bad-request"),
        ({"to": ["XX"]}, 400, "bad-request"),
        ({"priority": "loud"}, 422, "invalid"),
        ({"ncb": "DE"}, 422, "invalid"),
        ({"parties": ["JP"]}, 422, "invalid"),
        ({"due_at": "2030-01-01"}, 422, "invalid"),
        ({"hit_id": "0" * 32}, 422, "invalid"),
    ],
)
def test_what_cannot_be_sent_is_told(
    as_one: As, order: dict[str, Any], change: dict[str, Any], status: int, slug: str
) -> None:
    """Files, texts and receivers; and nobody states what is not theirs to state."""
    assert is_problem(as_one("FR").post("/v1/messages", json={**order, **change}), status, slug)


def test_a_body_has_its_limit(as_one: As, order: dict[str, Any]) -> None:
    """Before anything of it is decoded."""
    large = {**NOTE, "content": "A" * (LIMIT + 4)}
    answer = as_one("FR").post("/v1/messages", json={**order, "attachments": [large]})
    assert is_problem(answer, 413, "body-too-large")


def test_late_acknowledgements_are_the_cccs(
    as_one: As, order: dict[str, Any], service: Service
) -> None:
    """It learns who owes whom, not what was said; others are refused."""
    path = sent(as_one("FR"), order, text="A secret.", subject="Secret")
    later = datetime.now(UTC) + timedelta(days=2)
    assert escalate(service.catalogue, later, operator())
    centre = as_one("CCC", Role.CCC_OPERATOR)
    page = centre.get("/v1/messages/escalations?resultPerPage=160")
    (late,) = [
        one for one in page.json()["_embedded"]["escalations"] if one["thread"] == path[-32:]
    ]
    assert (late["ncb"], late["sender"], late["priority"]) == ("DE", "FR", "urgent")
    assert "ecret" not in page.text
    for ncb in ("FR", "DE", "IPSG"):
        assert is_problem(as_one(ncb).get("/v1/messages/escalations"), 403, "forbidden")
    assert only_message(as_one("FR"), path)["receipts"][0]["escalated_at"] is not None


def test_a_list_has_pages_with_links(as_one: As, order: dict[str, Any]) -> None:
    """Of threads, and of the messages of one."""
    namibian = as_one("NA")
    paths = [
        sent(namibian, order, transaction_id=f"{order['transaction_id']}-{n}") for n in range(3)
    ]
    page = namibian.get("/v1/messages?resultPerPage=2").json()
    assert (page["total"], len(page["_embedded"]["threads"])) == (3, 2)
    rest = namibian.get(page["_links"]["next"]["href"]).json()["_embedded"]["threads"]
    assert [one["_links"]["self"]["href"] for one in rest] == [paths[0]]
    thread = namibian.get(f"{paths[0]}?page=2").json()
    assert (thread["total"], thread["_embedded"]["messages"]) == (1, [])
    assert thread["_links"]["first"]["href"].startswith(f"{paths[0]}?")
