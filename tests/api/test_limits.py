"""Limits of searches and enrolments: a user's in a minute, a bureau's in a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from engine.errors import QuotaSpent
from engine.gallery.gallery import Gallery
from engine.gallery.quota_store import used_on
from engine.identity.roles import Role
from engine.quota import Use, use_quota
from examination_support import ASKING_OFFICER, STRANGER
from http_support import bearing, is_problem, make_app, make_settings, picture, upload
from portal_support import at_screen
from world_support import as_one


def served(folder: Path, **limits: int) -> Iterator[TestClient]:
    """A server with other limits."""
    settings = make_settings(folder).model_copy(update=limits)
    with TestClient(make_app(settings)) as client:
        yield bearing(client)


def search(client: TestClient) -> Any:
    """The answer to a search."""
    return client.post("/v1/searches", files=[upload(picture(90))])


def test_a_user_who_asks_too_often_waits(tmp_path: Path) -> None:
    """Others do not, and the refusals are counted."""
    for client in served(tmp_path, searches_per_minute=3):
        anne = as_one(client, "FR", Role.INVESTIGATOR, name="anne")
        assert [search(anne).status_code for _ in range(3)] == [200] * 3
        refused = search(anne)
        assert is_problem(refused, 429, "too-many-tries")
        assert 0 < int(refused.headers["retry-after"]) <= 20
        assert search(as_one(client, "FR", Role.INVESTIGATOR, name="ben")).status_code == 200
        assert 'whorl_refused_total{limit="rate"} 1.0' in client.get("/metrics").text


def test_a_bureau_has_so_many_searches_a_day(tmp_path: Path) -> None:
    """All its people together, at once or later; other bureaus have their own."""
    for client in served(tmp_path, searches_per_day=2):
        people = [as_one(client, "FR", Role.INVESTIGATOR, name=one) for one in ("anne", "ben")]
        assert [search(one).status_code for one in people] == [200, 200]
        refused = search(people[0])
        assert is_problem(refused, 429, "quota-spent")
        assert 0 < int(refused.headers["retry-after"]) <= 86_401
        later = {"Prefer": "respond-async"}
        sent = people[0].post("/v1/searches", files=[upload(picture(90))], headers=later)
        assert sent.status_code == 429
        assert search(as_one(client, "DE", Role.INVESTIGATOR)).status_code == 200
        assert 'whorl_refused_total{limit="quota"} 2.0' in client.get("/metrics").text


def test_a_search_at_the_portal_counts_as_well(tmp_path: Path) -> None:
    """Pages and programs draw on the same limit."""
    for client in served(tmp_path, searches_per_day=1):
        screen = at_screen(client, "FR", Role.INVESTIGATOR, name="anne")
        asked = {"act": "search", "case_ref": "case-1", "purpose": "identification"}
        asked |= {"region": "Europe", "top": "5"}
        image = {"image": upload(picture(90))[1]}
        sent = [screen.post("/portal/searches", files=image, data=asked) for _ in range(2)]
        assert [one.status_code for one in sent] == [303, 429]


def test_enrolments_have_limits_of_their_own(tmp_path: Path) -> None:
    """Searches go on."""
    for client in served(tmp_path, enrolments_per_day=1):
        assert client.post("/v1/persons", json={"id": "FR-1", "ncb": "FR"}).status_code == 201
        path = "/v1/persons/FR-1/encounters"
        statuses = [client.post(path, files=[upload(picture(n))]).status_code for n in (91, 92)]
        assert statuses == [201, 429]
        assert search(client).status_code == 200


def test_what_a_bureau_uses_is_all_or_nothing(gallery: Gallery) -> None:
    """As of a batch, which asks for many at once; on both databases."""
    use_quota(gallery.catalogue, Use.SEARCH, 10, ASKING_OFFICER, 8)
    with pytest.raises(QuotaSpent, match="has made 8"):
        use_quota(gallery.catalogue, Use.SEARCH, 10, ASKING_OFFICER, 3)
    use_quota(gallery.catalogue, Use.SEARCH, 10, ASKING_OFFICER, 2)
    use_quota(gallery.catalogue, Use.SEARCH, 10, STRANGER, 10)
    with gallery.catalogue.reading() as connection:
        assert used_on(connection, "FR", datetime.now(UTC).date(), Use.SEARCH) == 10
