"""D1 to D3: what is sealed is nowhere plain; what is erased is nowhere at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from engine import audit
from engine.candidates import SearchRequest
from engine.cli import make_app
from engine.errors import Forbidden, NotFound
from engine.gallery.gallery import Gallery
from engine.gallery.key_store import KeyState, list_keys
from engine.gallery.tables import print_, print_image
from engine.identity.roles import Role
from engine.lookup import look_up_image, look_up_person, look_up_print
from engine.protection.erasing import destroy_keys, erase_own_person, purge_copies
from engine.search import Searcher
from engine.terminal import operator
from indexer.builder import build
from indexer.checking import check
from protection_disk import plain_forms, searchable_forms, where
from support import make_template


def found(gallery: Gallery, template, ncb: str = "FR") -> list[str]:
    """Persons that a search finds."""
    searcher = Searcher(gallery, None, 1)  # type: ignore[arg-type]
    answer = searcher.search(SearchRequest(template), operator(ncb))
    return [one.person.id for one in answer.candidates]


def sealed_of(gallery: Gallery, number: int) -> list[bytes]:
    """A print's template and image as the catalogue holds them."""
    with gallery.catalogue.reading() as connection:
        template = connection.execute(select(print_.c.template).where(print_.c.id == number))
        image = select(print_image.c.content).where(print_image.c.print_id == number)
        return [bytes(template.scalar_one()), bytes(connection.execute(image).scalar_one())]


def test_nothing_lies_plain_in_the_catalogue(gallery: Gallery, held) -> None:
    """D1: no template and no image in any file, log and database server included."""
    assert found(gallery, held["F1"].template)[0] == "F1"
    for one in held.values():
        for form in plain_forms(one.template, one.image):
            assert where(gallery, form) == []


def test_an_erased_person_is_on_no_disk(gallery: Gallery, held) -> None:
    """D3: not as it was sealed, not in segments, not in their index; others stay."""
    gone, forms = held["F1"], searchable_forms(held["F1"].template)
    assert all(where(gallery, form) for form in forms.values())  # the scan does find them
    sealed = sealed_of(gallery, gone.number)
    assert erase_own_person(gallery.catalogue, "F1", operator("FR")) == [gone.number]
    assert purge_copies(gallery.catalogue, gallery.folder).prints == 1
    for form in (*forms.values(), *plain_forms(gone.template, gone.image)):
        assert where(gallery, form) == []
    if gallery.catalogue.database.dialect.name == "sqlite":
        assert all(where(gallery, one) == [] for one in (*sealed, b"NameF1"))
    assert "F1" not in found(gallery, gone.template)
    assert found(gallery, held["F2"].template)[0] == "F2"
    assert check(gallery.catalogue, gallery.folder).sound


def test_an_erased_person_is_not_read(gallery: Gallery, held) -> None:
    """Neither print nor image; the record is empty, and erasing is in the chain."""
    erase_own_person(gallery.catalogue, "F1", operator("FR"))
    assert look_up_person(gallery.catalogue, "F1", operator("FR")).person.family_name == ""
    for look_up in (look_up_print, look_up_image):
        with pytest.raises(NotFound):
            look_up(gallery.catalogue, held["F1"].number, operator("FR"))
    with gallery.catalogue.reading() as connection:
        assert audit.verify_chain(connection).broken is None


def test_a_segment_of_others_is_not_touched(gallery: Gallery, held) -> None:
    """The segments of other shards keep their files; the last print takes its segment along."""
    before = {path.name for path in gallery.folder.glob("asia*")}
    erase_own_person(gallery.catalogue, "F1", operator("FR"))
    erase_own_person(gallery.catalogue, "F2", operator("FR"))
    purge_copies(gallery.catalogue, gallery.folder)
    assert {path.name for path in gallery.folder.glob("asia*")} == before != set()
    assert list(gallery.folder.glob("europe*")) == []


def test_the_indexer_takes_erased_prints_out_by_itself(gallery: Gallery, held) -> None:
    """With its next portion, even where nothing was added."""
    forms = searchable_forms(held["F1"].template)
    erase_own_person(gallery.catalogue, "F1", operator("FR"))
    assert build(gallery.catalogue, gallery.folder).purged == 1
    assert all(where(gallery, form) == [] for form in forms.values())
    assert build(gallery.catalogue, gallery.folder).purged == 0


def test_a_running_search_lets_go_of_the_old_files(gallery: Gallery, held) -> None:
    """The next snapshot maps the new segment alone."""
    before = {one.name for one in gallery.snapshot().segments}
    erase_own_person(gallery.catalogue, "F1", operator("FR"))
    purge_copies(gallery.catalogue, gallery.folder)
    mapped = Path("/proc/self/maps").read_text()
    gone = before - {one.name for one in gallery.snapshot().segments}
    assert len(gone) == 1
    assert gone.pop() in mapped
    assert not any("(deleted)" in line for line in _maps(gallery))


def _maps(gallery: Gallery) -> list[str]:
    """What this process maps of the gallery's folder."""
    lines = Path("/proc/self/maps").read_text().splitlines()
    return [line for line in lines if str(gallery.folder) in line]


def test_a_destroyed_key_takes_the_bureau_along(gallery: Gallery, held) -> None:
    """D2: no hit, no read, no byte; the other bureau's records stay, and searches run."""
    forms = [searchable_forms(held[one].template) for one in ("F1", "F2")]
    sealed = sealed_of(gallery, held["F1"].number)
    done = destroy_keys(gallery.catalogue, "FR", operator("FR"))
    assert (done.keys, done.prints) == (1, 2)
    assert purge_copies(gallery.catalogue, gallery.folder).prints == 2
    assert [where(gallery, form) for one in forms for form in one.values()] == [[]] * 6
    if gallery.catalogue.database.dialect.name == "sqlite":
        assert all(where(gallery, one) == [] for one in sealed)
    assert (
        found(gallery, held["F1"].template) == found(gallery, held["J1"].template, "JP") == ["J1"]
    )
    with pytest.raises(NotFound):
        look_up_image(gallery.catalogue, held["F1"].number, operator("FR"))
    assert check(gallery.catalogue, gallery.folder).sound


def test_a_destroyed_key_is_nowhere(gallery: Gallery, held) -> None:
    """Its row stays without it, and the bureau's next record gets another."""
    destroy_keys(gallery.catalogue, "FR", operator("FR"))
    with gallery.catalogue.reading() as connection:
        (key,) = list_keys(connection, "FR")
    assert (key.state, key.wrapped) == (KeyState.DESTROYED, b"")


def test_a_bureau_may_begin_anew(gallery: Gallery, held, enrol_template) -> None:
    """After the destruction of its keys."""
    destroy_keys(gallery.catalogue, "FR", operator("FR"))
    enrol_template(gallery, "F9", held["F1"].template)
    assert found(gallery, held["F1"].template)[0] == "F9"


def test_keys_are_destroyed_by_those_who_may(gallery: Gallery, held) -> None:
    """An administrator in the name of the bureau; officers erase persons of their own alone."""
    officer = operator("FR")
    for asker in (operator("JP"), _without(officer, Role.ADMIN)):
        with pytest.raises(Forbidden):
            destroy_keys(gallery.catalogue, "FR", asker)
    for asker in (operator("JP"), _without(officer, Role.NCB_OFFICER)):
        with pytest.raises(Forbidden):
            erase_own_person(gallery.catalogue, "F1", asker)
    assert found(gallery, held["F1"].template)[0] == "F1"


def _without(asker, role: Role):
    """An asker without a role."""
    return replace(asker, roles=asker.roles - {role})


def test_the_command_asks_before_it_destroys(embedded: Gallery, enrol_template) -> None:
    """Another answer than the bureau's code changes nothing."""
    template = make_template(1)
    enrol_template(embedded, "F1", template)
    build(embedded.catalogue, embedded.folder)
    command = ["key", "destroy", "--ncb", "fr", "--data-dir", str(embedded.folder.parent)]
    refused = CliRunner().invoke(make_app(), command, input="yes\n")
    assert refused.exit_code == 1
    assert found(embedded, template) == ["F1"]
    done = CliRunner().invoke(make_app(), command, input="FR\n")
    assert done.exit_code == 0
    assert "1 keys destroyed, 1 prints erased" in done.output
    assert "1 prints taken out of 1 index segments: none left" in done.output
    assert found(embedded, template) == []
