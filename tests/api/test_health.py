"""Health, readiness and metrics."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from engine.gallery.gallery import open_gallery
from engine.gallery.manifest import NAME
from http_support import bearing, make_app, make_settings, picture, upload
from indexer.builder import build, rebuild

Enrol = Callable[[str, int], int]


def test_a_server_that_answers_is_alive(client: TestClient) -> None:
    """Nothing is looked at."""
    assert client.get("/healthz").json() == {"status": "alive"}


def test_ready_tells_what_is_loaded(client: TestClient, person: str, enrol: Enrol) -> None:
    """Extractor and shards with their prints."""
    enrol(person, 80)
    ready = client.get("/readyz").json()
    assert (ready["status"], ready["extractor"]) == ("ready", "fake-1")
    assert ready["shards"]["europe-tp"] >= 1


def spoiled_bureau(folder: Path) -> TestClient:
    """A client of a bureau with one print in two regions each; a bit of Europe's is flipped."""
    settings = make_settings(folder)
    with TestClient(make_app(settings)) as client:
        for person, ncb, level in (("FR-eu", "FR", 81), ("NA-af", "NA", 82)):
            bearing(client, "officer", ncb)
            client.post("/v1/persons", json={"id": person, "ncb": ncb})
            client.post(f"/v1/persons/{person}/encounters", files=[upload(picture(level))])
    gallery = open_gallery(settings)
    build(gallery.catalogue, gallery.folder)
    entries = gallery.snapshot().manifest.segments
    gallery.catalogue.close()
    (europe,) = [one for one in entries if one.region == "Europe"]
    path = gallery.folder / f"{europe.name}.h5"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    return TestClient(make_app(settings))


def test_a_damaged_shard_is_never_silent(tmp_path: Path) -> None:
    """It is not ready, searches name it, the other shards answer; nobody learns where it lies."""
    with spoiled_bureau(tmp_path / "data") as client:
        ready = bearing(client).get("/readyz")
        answer = client.post("/v1/searches", files=[upload(picture(82))]).json()
        metrics = client.get("/metrics").text
    assert ready.status_code == 503
    assert ready.json()["reasons"] == ["shard europe-tp cannot be searched"]
    assert answer["candidates"][0]["person"]["id"] == "NA-af"
    assert [one["shard"] for one in answer["shards_failed"]] == ["europe-tp"]
    assert "europe-tp" not in answer["shards_searched"]
    assert "whorl_shards_failed 1.0" in metrics
    for text in (ready.text, str(answer)):
        assert ".h5" in text
        assert str(tmp_path) not in text


def test_a_lost_catalogue_is_not_ready(tmp_path: Path) -> None:
    """The reason is told without the place."""
    settings = make_settings(tmp_path)
    with TestClient(make_app(settings)) as client:
        catalogue = client.app.state.service.catalogue
        catalogue.close()
        (tmp_path / "catalogue.sqlite").write_bytes(b"no database any more" * 100)
        for ending in ("-wal", "-shm"):
            (tmp_path / f"catalogue.sqlite{ending}").unlink(missing_ok=True)
        response = client.get("/readyz")
        (tmp_path / "catalogue.sqlite").unlink()
        catalogue.close()
    assert response.status_code == 503
    assert str(tmp_path) not in response.text


def test_metrics_count(client: TestClient, person: str, enrol: Enrol) -> None:
    """Requests by route, searches by their end, stages, prints enrolled and in the gallery."""
    enrol(person, 83)
    client.post("/v1/searches", files=[upload(picture(83))])
    client.post("/v1/searches", files=[upload(b"")])
    client.get("/v1/persons/nobody")
    text = client.get("/metrics").text
    for line in (
        'whorl_http_requests_total{method="GET",route="/v1/persons/{person_id}",status="404"}',
        'whorl_searches_total{end="answered"}',
        'whorl_searches_total{end="refused"}',
        'whorl_search_stage_seconds_count{stage="shortlist"}',
        "whorl_prints_enrolled_total",
        'whorl_gallery_prints{shard="europe-tp"}',
    ):
        assert line in text
    assert "nobody" not in text


def test_a_server_starts_beside_a_damaged_index(tmp_path: Path) -> None:
    """It tells that it is not ready, answers no search by half, and is mended by a rebuild."""
    settings = make_settings(tmp_path / "data")
    gallery = open_gallery(settings)
    build(gallery.catalogue, gallery.folder)
    (gallery.folder / NAME).write_text("{}")
    with TestClient(make_app(settings)) as client:
        assert bearing(client).get("/readyz").status_code == 503
        assert client.post("/v1/searches", files=[upload(picture(84))]).status_code == 503
        rebuild(gallery.catalogue, gallery.folder)
        assert client.get("/readyz").status_code == 200
        assert client.post("/v1/searches", files=[upload(picture(84))]).status_code == 200
    gallery.catalogue.close()
