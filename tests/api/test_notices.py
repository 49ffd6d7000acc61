"""Reading notices over HTTP."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from api.service import Service
from engine.asker import Asker
from engine.noticeboard.importing import publish_notices
from engine.notices import Colour, Notice, NoticeStatus
from http_support import is_problem

PERSON = "FR-noticed"


@pytest.fixture(scope="module", autouse=True)
def published(client: TestClient, service: Service, asker: Asker) -> None:
    """Five red notices of a person, a blue one of nobody, and one that is not published."""
    client.post("/v1/persons", json={"id": PERSON, "ncb": "FR"})
    red = [
        Notice(Colour.RED, f"2024/1000{n}", "FR", person_id=PERSON, fields={"name": f"ESSAI{n}"})
        for n in range(5)
    ]
    said = {"name": "TAMESHI", "height": 1.7, "nationalities": ["JP"], "date_of_birth": "1980"}
    blue = Notice(Colour.BLUE, "2023/20000", "JP", fields=said)
    draft = Notice(Colour.RED, "2025/30000", "DE", NoticeStatus.DRAFT, PERSON)
    assert not publish_notices(service.catalogue, [*red, blue, draft], asker)


def ids(page: dict) -> list[str]:
    """The entity ids of a page."""
    return [one["entity_id"] for one in page["_embedded"]["notices"]]


def test_a_page_has_the_public_shape(client: TestClient) -> None:
    """Total, query, embedded notices and links, newest first."""
    page = client.get("/v1/notices", params={"colour": "red", "resultPerPage": 2}).json()
    assert set(page) == {"total", "query", "_embedded", "_links"}
    assert page["total"] == 5
    assert page["query"] == {"colour": "red", "page": 1, "resultPerPage": 2}
    assert ids(page) == ["2024/10004", "2024/10003"]
    assert page["_embedded"]["notices"][0]["_links"]["self"]["href"] == (
        "/v1/notices/red/2024-10004"
    )


def test_next_leads_through_all_pages(client: TestClient) -> None:
    """Following it shows each notice once; the last page has none."""
    seen, path = [], "/v1/notices?colour=red&resultPerPage=2"
    while path:
        page = client.get(path).json()
        seen += ids(page)
        last, path = path, (page["_links"]["next"] or {}).get("href")
    assert seen == [f"2024/1000{n}" for n in (4, 3, 2, 1, 0)]
    assert page["_links"]["last"]["href"] == last


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"ncb": "jp"}, ["2023/20000"]),
        ({"person": PERSON, "name": "essai3"}, ["2024/10003"]),
        ({"name": "TAM"}, ["2023/20000"]),
        ({"name": "%"}, []),
        ({"name": ".*"}, []),
        ({"colour": "green"}, []),
        ({"colour": "red", "page": 9}, []),
        ({"name": "タメシ"}, []),
        ({"name": "tamehsi"}, ["2023/20000"]),
        ({"name": "tamehsi", "spelling": "exact"}, []),
        ({"nationality": "jp", "ageMin": 40, "ageMax": 60}, ["2023/20000"]),
        ({"nationality": "jp", "ageMin": 60}, []),
        ({"colour": "blue", "sexId": ""}, ["2023/20000"]),
        ({"colour": "blue", "sexId": "F"}, []),
        ({"freeText": "tameshi"}, ["2023/20000"]),
        ({"arrestWarrantCountryId": "FR"}, []),
        ({"status": "DRAFT"}, []),
    ],
)
def test_filters(client: TestClient, query: dict, expected: list[str]) -> None:
    """Each narrows the list; a name is the start of a name and never a pattern."""
    assert ids(client.get("/v1/notices", params=query).json()) == expected


def test_a_notice_shows_its_fields(client: TestClient) -> None:
    """Those of the public interface, and a link to the person if there is one."""
    blue = client.get("/v1/notices/blue/2023-20000").json()
    assert (blue["name"], blue["height"], blue["ncb"]) == ("TAMESHI", 1.7, "JP")
    assert (blue["status"], blue["version"], blue["restriction"]) == ("PUBLISHED", 1, None)
    assert blue["_links"]["person"] is None
    red = client.get("/v1/notices/red/2024-10001").json()
    assert red["_links"]["person"]["href"] == f"/v1/persons/{PERSON}"


def test_a_person_links_the_notices(client: TestClient) -> None:
    """Published ones only."""
    links = client.get(f"/v1/persons/{PERSON}").json()["_links"]["notices"]
    assert {one["entity_id"] for one in links} == {f"2024/1000{n}" for n in range(5)}


def test_an_unpublished_notice_looks_like_none(client: TestClient) -> None:
    """A draft is answered like a notice that never was."""
    draft, none = (client.get(f"/v1/notices/red/2025-{n}") for n in ("30000", "30001"))
    assert is_problem(draft, 404, "not-found")
    assert draft.json()["detail"].replace("30000", "30001") == none.json()["detail"]


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("/v1/notices/pink/2024-10001", 400, "bad-request"),
        ("/v1/notices/red/first", 400, "bad-request"),
        ("/v1/notices?colour=pink", 400, "bad-request"),
        ("/v1/notices?ncb=XX", 400, "bad-request"),
        ("/v1/notices?page=0", 422, "invalid"),
        ("/v1/notices?nationalty=FR", 422, "invalid"),
        ("/v1/notices?sexId=X", 422, "invalid"),
        ("/v1/notices?ageMin=-1", 422, "invalid"),
        ("/v1/notices?person=%00", 422, "invalid"),
        ("/v1/notices?freeText=a+b+c+d+e+f+g+h+i+j+k", 400, "bad-request"),
        ("/v1/notices/blue/2023-20000?language=de", 400, "bad-request"),
        ("/v1/notices?resultPerPage=161", 422, "invalid"),
    ],
)
def test_what_cannot_be_asked(client: TestClient, path: str, status: int, slug: str) -> None:
    """Unknown values and pages out of range are refused."""
    assert is_problem(client.get(path), status, slug)
