"""Latents that tests record over HTTP."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

from latent_support import marks_of, part_of

CASE = {"case_ref": "case-1"}


def marks(seed: int) -> list[dict[str, Any]]:
    """A part of the finger of a grey level as an examiner marks it."""
    return [
        {"x": m.x, "y": m.y, "direction": m.direction, "type": m.type.name.lower()}
        for m in marks_of(part_of(seed))
    ]


def add(client: TestClient, **more: Any) -> dict[str, Any]:
    """A latent that a client records."""
    made = client.post("/v1/latents", json={**CASE, **more})
    assert made.status_code == 201, made.text
    assert made.headers["location"] == made.json()["_links"]["self"]["href"]
    found: dict[str, Any] = made.json()
    return found
