"""Prints on record."""

from __future__ import annotations

import numpy as np
import pytest
from starlette.testclient import TestClient

from engine.images import encode_png, read_image
from http_support import is_problem, picture, upload


def test_a_print_tells_its_minutiae(client: TestClient, person: str, enrol) -> None:
    """They are what the extractor found, with places on the image."""
    number = enrol(person, 70)
    shown = client.get(f"/v1/prints/{number}").json()
    assert shown["minutiae_count"] == len(shown["minutiae"]) == 40
    assert {one["type"] for one in shown["minutiae"]} == {"ending", "bifurcation"}
    assert (shown["finger"], shown["extractor"]) == ("right_index", "test-1")
    assert shown["_links"]["person"]["href"] == f"/v1/persons/{person}"


def test_the_image_is_a_png(client: TestClient, person: str, enrol) -> None:
    """It is what was enrolled, pixel for pixel if that was at 500 ppi."""
    number = enrol(person, 71)
    response = client.get(f"/v1/prints/{number}/image")
    assert response.headers["content-type"] == "image/png"
    shown = read_image(response.content, "shown")
    np.testing.assert_array_equal(shown.pixels, read_image(picture(71), "sent").pixels)


def test_the_image_is_at_the_resolution_it_was_enrolled_with(
    client: TestClient, person: str
) -> None:
    """A stated resolution counts again when the image is shown, or minutiae would lie beside it."""
    large = encode_png(np.full((240, 200), 72, np.uint8))
    response = client.post(
        f"/v1/persons/{person}/encounters", data={"ppi": "1000"}, files=[upload(large)]
    )
    number = response.json()["prints"][0]["id"]
    image = client.get(f"/v1/prints/{number}/image").content
    assert read_image(image, "shown").pixels.shape == (120, 100)


@pytest.mark.parametrize("path", ["/v1/prints/999999", "/v1/prints/999999/image"])
def test_an_unknown_print_is_not_found(client: TestClient, path: str) -> None:
    """The answer is a 404 problem."""
    assert is_problem(client.get(path), 404, "not-found")


@pytest.mark.parametrize("number", ["0", "-1", "one", str(2**63)])
def test_a_number_that_cannot_be_is_refused(client: TestClient, number: str) -> None:
    """The database is not asked for it."""
    assert is_problem(client.get(f"/v1/prints/{number}"), 422, "invalid")
