"""The comparison workbench in a real browser: what an examiner does there, and what follows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from engine.examining.reading import open_file
from engine.identity.roles import Role
from portal_cases import asker, bring, open_a_case
from portal_pages import Shown, at, page_of
from portal_world import PortalWorld

VIEWS = "(() => { const { views } = bench; return { ...views, motion: null, prints: null }; })()"


@pytest.fixture
def case_id(world: PortalWorld) -> str:
    """A new case."""
    return open_a_case(world)


@pytest.fixture
def page(browser: Any, world: PortalWorld, case_id: str) -> Iterator[Any]:
    """The workbench of the case, with its state as `bench` for the test to look into."""
    shown = Shown("", at("/portal"))
    with page_of(browser, world, shown, "en", "light") as opened:
        hear = "addEventListener('workbench:ready', (event) => { window.bench = event.detail; })"
        opened.add_init_script(hear)
        bring(opened, world, case_id)
        yield opened


def state(page: Any, expression: str) -> Any:
    """Something of the state of the workbench."""
    return page.evaluate(expression)


def on_screen(page: Any, side: str, row: int) -> tuple[float, float]:
    """Where a minutia is in the window."""
    box = page.locator(".wb-stage").bounding_box()
    x, y = state(page, f"bench.placeOf('{side}', bench.marks.now.{side}[{row}].id)")
    return box["x"] + x, box["y"] + y


def test_it_is_ready_soon_after_its_data(page: Any) -> None:
    """Pictures are shown, and nothing waits for the network any more."""
    assert state(page, "bench.picture('probe').ready && bench.picture('candidate').ready")


def test_pointing_at_a_minutia_lights_its_twin_and_its_row(page: Any) -> None:
    """All three say that they are one pair."""
    row = state(
        page, "bench.marks.now.probe.findIndex((one) => one.id === bench.marks.now.pairs[4].probe)"
    )
    page.mouse.move(*on_screen(page, "probe", row))
    assert state(page, "bench.isLit(bench.marks.now.pairs[4])")
    assert page.locator("tr.wb-lit th").inner_text() == "5"
    assert "Pair 5" in page.locator(".wb-tip").inner_text()


def test_pointing_at_a_row_lights_its_minutiae(page: Any) -> None:
    """The table and the canvas go in step."""
    page.locator(".wb-pairs tbody tr").nth(2).hover()
    assert state(page, "bench.isLit(bench.marks.now.pairs[2])")


def test_the_wheel_enlarges_both_prints_alike(page: Any) -> None:
    """They are at the same scale, and stay aligned."""
    before = state(page, VIEWS)
    page.locator(".wb-probe").hover()
    page.mouse.wheel(0, -400)
    after = state(page, VIEWS)
    assert after["probe"]["zoom"] > before["probe"]["zoom"]
    assert after["probe"]["zoom"] == after["candidate"]["zoom"]


def test_aligned_prints_show_the_same_place_in_the_middle(page: Any) -> None:
    """After moving, enlarging and turning, the found motion still leads from one to the other."""
    page.locator(".wb-probe").focus()
    for key in ("+", "ArrowLeft", "ArrowDown", "]", "+", "]"):
        page.keyboard.press(key)
    apart = state(
        page,
        "(() => { const { probe, candidate, motion } = bench.views;"
        " const [c, s] = [Math.cos(motion.rotation), Math.sin(motion.rotation)];"
        " return Math.hypot(c * probe.x - s * probe.y + motion.dx - candidate.x,"
        " s * probe.x + c * probe.y + motion.dy - candidate.y); })()",
    )
    assert apart < 1e-6


def test_free_views_move_alone(page: Any) -> None:
    """With K each print moves by itself."""
    page.locator(".wb-candidate").focus()
    page.keyboard.press("k")
    before = state(page, VIEWS)
    page.keyboard.press("ArrowRight")
    after = state(page, VIEWS)
    assert after["probe"] == before["probe"]
    assert after["candidate"] != before["candidate"]


def test_a_minutia_is_added_where_it_is_pressed(page: Any) -> None:
    """It takes the direction of the drag, and Undo takes it away again."""
    count = state(page, "bench.marks.now.probe.length")
    page.get_by_role("button", name="Add minutia").click()
    box = page.locator(".wb-probe").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 + 7
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y, steps=3)
    page.mouse.up()
    added = state(page, "bench.marks.now.probe.at(-1)")
    turned = state(page, "bench.views.probe.angle")
    assert added["own"]
    assert abs(added["direction"] - turned % 6.2832) < 0.05
    page.get_by_role("button", name="Undo").click()
    assert state(page, "bench.marks.now.probe.length") == count


def test_a_minutia_is_moved_by_the_keyboard_and_deleted(page: Any) -> None:
    """N goes to it, arrows move it, Delete takes it away with its pair."""
    page.locator(".wb-probe").focus()
    page.keyboard.press("e")
    page.keyboard.press("n")
    lit = state(page, "bench.lit.id")
    before = state(page, f"bench.marks.find('probe', {lit})")
    page.keyboard.press("Shift+ArrowRight")
    after = state(page, f"bench.marks.find('probe', {lit})")
    assert (
        abs(((after["x"] - before["x"]) ** 2 + (after["y"] - before["y"]) ** 2) ** 0.5 - 5) < 0.01
    )
    page.keyboard.press("Delete")
    assert state(page, f"bench.marks.find('probe', {lit}) === undefined")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert state(page, f"bench.marks.find('probe', {lit})") == before


def test_two_minutiae_are_marked_as_a_pair(page: Any) -> None:
    """One of the probe, then one of the candidate; the row of the pair is ticked."""
    page.get_by_role("button", name="Mark pairs").click()
    page.mouse.click(*on_screen(page, "probe", 3))
    page.mouse.click(*on_screen(page, "candidate", 7))
    marked = state(page, "bench.marks.marked.map((one) => [one.probe, one.candidate])")
    ids = state(page, "[bench.marks.now.probe[3].id, bench.marks.now.candidate[7].id]")
    assert marked == [ids]
    assert page.locator(".wb-pairs input:checked").count() == 1


def test_measuring_tells_millimetres_and_ridges(page: Any) -> None:
    """The keyboard measures from where the cross is to where it is then."""
    page.locator(".wb-candidate").focus()
    page.keyboard.press("m")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Enter")
    page.evaluate("bench.pictures.candidate.enhanced.load()")
    assert "ridges between" in page.locator(".wb-said").inner_text()
    shown = 160 / state(page, "bench.views.candidate.zoom") / (500 / 25.4)
    assert page.evaluate("bench.measured.text").startswith(f"{shown:.2f} mm")


def test_the_marked_pairs_reach_the_verdict(page: Any, world: PortalWorld, case_id: str) -> None:
    """What is ticked in the table is what the case keeps."""
    page.locator(".wb-pairs input").nth(0).check()
    page.locator(".wb-pairs input").nth(3).check()
    page.get_by_label("Of one finger: identification").check()
    page.get_by_label("Reason").fill("Both agree in a clear core region.")
    page.get_by_role("button", name="Record the verdict").click()
    page.locator(".alert-good").wait_for()
    reader = asker(world, "examiner-en", Role.EXAMINER)
    (given,) = open_file(world.service.catalogue, case_id, reader).file.case.decisions
    assert len(given.verdict.pairs) == 2
    assert given.verdict.reason == "Both agree in a clear core region."


def test_blinking_needs_to_be_asked_for(page: Any) -> None:
    """Nothing moves by itself until B is pressed, and Escape stops it."""
    assert state(page, "bench.blink") is None
    page.locator(".wb-probe").focus()
    page.keyboard.press("b")
    assert state(page, "bench.blink") is not None
    page.keyboard.press("Escape")
    assert state(page, "bench.blink") is None


def test_in_arabic_the_probe_is_on_the_right(browser: Any, world: PortalWorld) -> None:
    """The first print stands where reading begins, and the sides of the scene follow."""
    with page_of(browser, world, Shown("", at("/portal")), "ar", "dark") as opened:
        bring(opened, world, open_a_case(world))
        probe = opened.locator(".wb-probe").bounding_box()
        candidate = opened.locator(".wb-candidate").bounding_box()
        assert probe["x"] > candidate["x"]
