"""Changed and exchanged values give an error and an entry in the check, never a wrong answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from engine.candidates import SearchRequest
from engine.errors import BrokenSeal, CorruptFile
from engine.gallery.gallery import Gallery, open_gallery
from engine.gallery.print_store import read_image, read_template
from engine.gallery.tables import print_, print_image
from engine.search import Searcher
from engine.settings import Settings
from engine.templates.binary import encode
from engine.terminal import operator
from indexer.builder import build, rebuild
from indexer.checking import check
from support import make_template


def template_of(connection: Connection, number: int) -> bytes:
    """A print's template as it is stored."""
    query = select(print_.c.template).where(print_.c.id == number)
    return bytes(connection.execute(query).scalar_one())


def put(connection: Connection, number: int, **values: Any) -> None:
    """Change a print behind the program's back."""
    connection.execute(update(print_).where(print_.c.id == number).values(**values))


def flip(connection: Connection, held: dict[str, Any]) -> None:
    """Change one bit of F1's template."""
    stored = bytearray(template_of(connection, held["F1"].number))
    stored[-20] ^= 4
    put(connection, held["F1"].number, template=bytes(stored))


def exchange(other: str) -> Callable[[Connection, dict[str, Any]], None]:
    """Put another person's template in place of F1's."""

    def do(connection: Connection, held: dict[str, Any]) -> None:
        stored = template_of(connection, held[other].number)
        put(connection, held["F1"].number, template=stored)

    return do


def give_away(connection: Connection, held: dict[str, Any]) -> None:
    """Say that F1's print is another person's."""
    put(connection, held["F1"].number, person_id="F2")


def change_bureau(connection: Connection, held: dict[str, Any]) -> None:
    """Say that F1's print is another bureau's."""
    put(connection, held["F1"].number, ncb="JP")


def lay_plain(connection: Connection, held: dict[str, Any]) -> None:
    """Put a plain template in place, as an older program would have."""
    put(connection, held["F1"].number, template=encode(make_template(9)))


@pytest.mark.parametrize(
    "tamper", [flip, exchange("F2"), exchange("J1"), give_away, change_bureau, lay_plain]
)
def test_a_tampered_template_is_never_used(gallery: Gallery, held, tamper) -> None:
    """It is not read, not searched, not indexed, and the check names it."""
    number = held["F1"].number
    with gallery.catalogue.recording() as connection:
        tamper(connection, held)
    with gallery.catalogue.reading() as connection, pytest.raises(BrokenSeal, match=str(number)):
        read_template(connection, number)
    with pytest.raises(BrokenSeal):
        rebuild(gallery.catalogue, gallery.folder)
    report = check(gallery.catalogue, gallery.folder)
    assert not report.sound
    assert any("print.template of" in fault for fault in report.seal_faults)
    assert report.plain == (tamper is lay_plain)


def test_an_exchanged_image_is_never_shown(gallery: Gallery, held) -> None:
    """Nor is one of another column."""
    number = held["F1"].number
    with gallery.catalogue.recording() as connection:
        for stored in (template_of(connection, number),):
            mine = print_image.c.print_id == number
            connection.execute(update(print_image).where(mine).values(content=stored))
    with gallery.catalogue.reading() as connection, pytest.raises(BrokenSeal, match="print_image"):
        read_image(connection, number)
    (fault,) = check(gallery.catalogue, gallery.folder).seal_faults
    assert fault.startswith(f"print_image.content of FR, {number} F1: was changed, or moved here")


def test_a_new_print_that_was_tampered_with_fails_the_search(
    gallery: Gallery, held, enrol_template
) -> None:
    """One that is searched from memory: an error, and not an answer without it."""
    done = enrol_template(gallery, "F9", make_template(9))
    with gallery.catalogue.recording() as connection:
        stored = bytearray(template_of(connection, done.prints[0]))
        stored[-1] ^= 1
        put(connection, done.prints[0], template=bytes(stored))
    searcher = Searcher(gallery, None, 1)  # type: ignore[arg-type]
    with pytest.raises(BrokenSeal, match="F9"):
        searcher.search(SearchRequest(held["F1"].template), operator("FR"))


def manifest(gallery: Gallery) -> dict[str, Any]:
    """The manifest as it is written."""
    return json.loads((gallery.folder / "manifest.json").read_text())


@pytest.mark.parametrize("change", ["unsigned", "signature", "content"])
def test_a_manifest_that_is_not_ours_is_refused(gallery: Gallery, held, change: str) -> None:
    """Named by search and check; a rebuild makes one of ours."""
    stored = manifest(gallery)
    if change == "unsigned":
        del stored["signature"]
    elif change == "signature":
        stored["signature"] = "00" * 32
    else:
        stored["manifest"]["covers"] = 0
    (gallery.folder / "manifest.json").write_text(json.dumps(stored))
    fresh = Gallery(gallery.catalogue, gallery.folder)
    with pytest.raises(CorruptFile, match=r"manifest.json: .*sign"):
        fresh.snapshot()
    report = check(gallery.catalogue, gallery.folder)
    assert not report.signed
    assert "sign" in report.index_faults[0]
    rebuild(gallery.catalogue, gallery.folder)
    assert check(gallery.catalogue, gallery.folder).sound


def test_another_catalogues_index_is_refused(tmp_path, embedded: Gallery, enrol_template) -> None:
    """Each signs with a key of its own."""
    enrol_template(embedded, "F1", make_template(1))
    build(embedded.catalogue, embedded.folder)
    other = open_gallery(Settings(data_dir=tmp_path / "other", database_url=None))
    for path in embedded.folder.iterdir():
        (other.folder / path.name).write_bytes(path.read_bytes())
    with pytest.raises(CorruptFile, match="not signed by this catalogue's key"):
        other.snapshot()
    other.catalogue.close()


def test_a_sound_gallery_says_so(gallery: Gallery, held) -> None:
    """Three templates and three images are sealed, none is plain, the manifest is signed."""
    report = check(gallery.catalogue, gallery.folder)
    assert (report.sealed, report.plain, report.signed, report.seal_faults) == (6, 0, True, ())
