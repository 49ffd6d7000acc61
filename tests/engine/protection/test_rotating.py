"""Rotation of data keys, and sealing of what an older program stored."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from engine.errors import Forbidden
from engine.gallery import sealed_rows
from engine.gallery.gallery import Gallery, open_gallery
from engine.gallery.key_store import KeyState, list_keys
from engine.gallery.print_store import read_image, read_template
from engine.gallery.sealed_columns import SEALED
from engine.gallery.tables import print_, print_image
from engine.protection.rotating import drop_unused, finish_rotation, rotate_data, rotate_master
from engine.protection.sealing_old import plain_values, seal_old_values
from engine.settings import Settings
from engine.templates.binary import encode
from engine.terminal import operator
from engine.vault.sealing import key_number
from indexer.checking import check

ADMIN = operator("FR")


def keys_in_use(gallery: Gallery, ncb: str) -> set[int]:
    """Numbers of the keys that a bureau's templates are sealed with."""
    with gallery.catalogue.reading() as connection:
        query = select(print_.c.template).where(print_.c.ncb == ncb)
        return {key_number(bytes(one)) for one in connection.execute(query).scalars()}


def states(gallery: Gallery, ncb: str) -> list[KeyState]:
    """States of a bureau's keys, the oldest first."""
    with gallery.catalogue.reading() as connection:
        return [one.state for one in list_keys(connection, ncb)]


def test_all_values_get_the_new_key(gallery: Gallery, held, enrol_template) -> None:
    """Templates and images, old and new, of that bureau alone; all are read as before."""
    before = keys_in_use(gallery, "JP")
    assert rotate_data(gallery.catalogue, "FR", ADMIN) == 4
    enrol_template(gallery, "F9", held["F1"].template)
    assert len(keys_in_use(gallery, "FR")) == 1
    assert states(gallery, "FR") == [KeyState.RETIRED, KeyState.ACTIVE]
    assert keys_in_use(gallery, "JP") == before
    with gallery.catalogue.reading() as connection:
        assert read_image(connection, held["F1"].number).content == held["F1"].image
    assert check(gallery.catalogue, gallery.folder).sound


def test_an_interrupted_rotation_is_gone_on_with(
    gallery: Gallery, held, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it has done stays done; both keys open until the end."""
    monkeypatch.setattr(sealed_rows, "PORTION", 1)

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate_data(gallery.catalogue, "FR", ADMIN, stop)
    assert len(keys_in_use(gallery, "FR")) == 2
    assert check(gallery.catalogue, gallery.folder).sound
    assert finish_rotation(gallery.catalogue, "FR", ADMIN) == 3
    assert len(keys_in_use(gallery, "FR")) == 1
    assert finish_rotation(gallery.catalogue, "FR", ADMIN) == 0


def test_an_old_key_goes_when_nothing_needs_it(gallery: Gallery, held) -> None:
    """Not while a reader from before may still hold its values, and never one in use."""
    rotate_data(gallery.catalogue, "FR", ADMIN)
    assert states(gallery, "FR")[0] is KeyState.RETIRED
    later = datetime.now(UTC) + timedelta(hours=2)
    assert drop_unused(gallery.catalogue, ADMIN, later) == 1
    assert states(gallery, "FR") == [KeyState.DESTROYED, KeyState.ACTIVE]
    assert check(gallery.catalogue, gallery.folder).sound


def test_rotation_is_for_administrators(gallery: Gallery, held, asker) -> None:
    """Nobody else changes a key."""
    with pytest.raises(Forbidden):
        rotate_data(gallery.catalogue, "FR", asker)
    with pytest.raises(Forbidden):
        finish_rotation(gallery.catalogue, "FR", asker)


def test_readers_notice_no_rotation(
    gallery: Gallery, held, monkeypatch: pytest.MonkeyPatch, database_url: str | None
) -> None:
    """Two readers, one of them another process's connections, read the same bytes throughout."""
    monkeypatch.setattr(sealed_rows, "PORTION", 1)
    settings = Settings(data_dir=gallery.folder.parent, database_url=database_url)
    other, stop, wrong = open_gallery(settings), threading.Event(), []

    def read(catalogue: Any) -> None:
        while not stop.is_set():
            try:
                with catalogue.reading() as connection:
                    for one in held.values():
                        assert read_image(connection, one.number).content == one.image
                        assert encode(read_template(connection, one.number)) == encode(one.template)
            except BaseException as error:
                wrong.append(error)
                return

    readers = [threading.Thread(target=read, args=(one.catalogue,)) for one in (gallery, other)]
    for reader in readers:
        reader.start()
    for _ in range(3):
        rotate_data(gallery.catalogue, "FR", ADMIN)
        rotate_master(gallery.catalogue, settings, ADMIN)
    stop.set()
    for reader in readers:
        reader.join()
    other.catalogue.close()
    assert wrong == []


def lay_all_plain(gallery: Gallery, held) -> None:
    """Store all templates and images as an older program did."""
    with gallery.catalogue.recording() as connection:
        for one in held.values():
            this = print_.c.id == one.number
            connection.execute(update(print_).where(this).values(template=encode(one.template)))
            mine = print_image.c.print_id == one.number
            connection.execute(update(print_image).where(mine).values(content=one.image))


def test_old_values_are_sealed_once(gallery: Gallery, held, monkeypatch) -> None:
    """A stopped run is gone on with; afterwards nothing is plain and all reads as before."""
    lay_all_plain(gallery, held)
    assert plain_values(gallery.catalogue) == 6
    monkeypatch.setattr(sealed_rows, "PORTION", 2)

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        seal_old_values(gallery.catalogue, stop)
    assert plain_values(gallery.catalogue) == 4
    assert seal_old_values(gallery.catalogue) == 4
    assert seal_old_values(gallery.catalogue) == 0
    with gallery.catalogue.reading() as connection:
        assert read_image(connection, held["J1"].number).content == held["J1"].image
    assert check(gallery.catalogue, gallery.folder).sound


def test_every_sealed_column_can_be_walked(gallery: Gallery, held) -> None:
    """On each database: names, keys and owners are those of its tables."""
    with gallery.catalogue.recording() as connection:
        for column in SEALED:
            assert sealed_rows.seal_plain(connection, column, sealed_rows.Step()).done == 0
    assert len({one.name for one in SEALED}) == len(SEALED)
