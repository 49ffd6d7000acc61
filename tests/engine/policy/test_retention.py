"""What becomes of records whose last day has passed, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update
from typer.testing import CliRunner

from engine.candidates import SearchAnswer, SearchRequest
from engine.cli import make_app
from engine.enrol import withdraw_prints
from engine.errors import Forbidden, NotFound
from engine.gallery.gallery import Gallery
from engine.gallery.tables import audit, person, print_, print_image
from engine.handling import HandlingChange, change_person_handling
from engine.lookup import look_up_image, look_up_person, look_up_print
from engine.retention import Ending, list_ending, purge
from engine.search import Searcher
from engine.terminal import operator
from support import make_template

OFFICER = operator("DE")
TODAY = datetime.now(UTC).date()
PROBE = make_template(1)


def end_on(gallery: Gallery, name: str, day: date) -> None:
    """Give a person this last day."""
    until = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)
    with gallery.catalogue.changing() as change:
        change.connection.execute(
            update(person).where(person.c.id == name).values(retention_until=until)
        )


def found(gallery: Gallery) -> list[str]:
    """Persons that a search of the owner finds."""
    searcher = Searcher(gallery, None, 1)  # type: ignore[arg-type]
    answer: SearchAnswer = searcher.search(SearchRequest(PROBE), OFFICER)
    return [one.person.id for one in answer.candidates]


@pytest.fixture
def number(gallery: Gallery, enrol_template) -> int:
    """Number of the print of a person whose last day was yesterday; another stays."""
    enrol_template(gallery, "stays", make_template(2), ncb="DE")
    made = enrol_template(gallery, "over", PROBE, ncb="DE").prints[0]
    end_on(gallery, "over", TODAY - timedelta(days=1))
    return made


def test_warnings_come_before_the_end(gallery: Gallery, number: int) -> None:
    """The earliest first; another bureau's are not told, and an officer alone is."""
    end_on(gallery, "stays", TODAY + timedelta(days=30))
    near = Ending("stays", TODAY + timedelta(days=30), over=False)
    over = Ending("over", TODAY - timedelta(days=1), over=True)
    assert list_ending(gallery.catalogue, OFFICER, TODAY) == [over, near]
    assert list_ending(gallery.catalogue, OFFICER, TODAY, 29) == [over]
    assert list_ending(gallery.catalogue, operator("FR"), TODAY) == []
    with pytest.raises(Forbidden):
        list_ending(gallery.catalogue, operator(""), TODAY)


def test_an_extended_record_is_kept(gallery: Gallery, number: int) -> None:
    """Until its new day; on its last day it is still in use."""
    end_on(gallery, "stays", TODAY)
    later = HandlingChange(retention_until=TODAY + timedelta(days=100))
    change_person_handling(gallery.catalogue, "stays", later, 1, OFFICER)
    end_on(gallery, "over", TODAY)
    assert purge(gallery.catalogue, OFFICER, TODAY) == []
    assert found(gallery)[0] == "over"
    gone = purge(gallery.catalogue, OFFICER, TODAY + timedelta(days=101))
    assert {one.person_id for one in gone} == {"over", "stays"}


def test_nothing_is_left_to_be_found(gallery: Gallery, number: int) -> None:
    """Not even if the record came back into use: no hit, no print, no image, no template."""
    assert [one.person_id for one in purge(gallery.catalogue, OFFICER, TODAY)] == ["over"]
    end_on(gallery, "over", TODAY + timedelta(days=9))
    assert "over" not in found(gallery)
    assert look_up_person(gallery.catalogue, "over", OFFICER).prints == ()
    for look_up in (look_up_print, look_up_image):
        with pytest.raises(NotFound):
            look_up(gallery.catalogue, number, OFFICER)
    with gallery.catalogue.reading() as connection:
        row = connection.execute(select(print_).where(print_.c.id == number)).one()
        assert (bytes(row.template), row.source, row.image_sha256) == (b"", "", "")
        mine = select(print_image).where(print_image.c.print_id == number)
        assert connection.execute(mine).first() is None


def test_withdrawn_prints_are_erased_too(gallery: Gallery, number: int) -> None:
    """They are out of every search, and yet on record."""
    withdraw_prints(gallery.catalogue, [number], OFFICER)
    assert len(purge(gallery.catalogue, OFFICER, TODAY)) == 1
    with gallery.catalogue.reading() as connection:
        assert bytes(connection.execute(select(print_.c.template)).scalars().all()[1]) == b""


def test_a_purge_is_in_the_chain_and_done_once(gallery: Gallery, number: int) -> None:
    """With the numbers of the prints; rows from before stay."""
    before = _actions(gallery)
    purge(gallery.catalogue, OFFICER, TODAY)
    assert purge(gallery.catalogue, OFFICER, TODAY) == []
    after = _actions(gallery)
    assert after[: len(before)] == before
    assert [action for action in after if action == "person.purge"] == ["person.purge"]


def _actions(gallery: Gallery) -> list[str]:
    """Actions of the chain."""
    with gallery.catalogue.reading() as connection:
        return list(connection.execute(select(audit.c.action).order_by(audit.c.number)).scalars())


def test_the_command_lists_and_erases(embedded: Gallery, enrol_template) -> None:
    """For one bureau."""
    enrol_template(embedded, "over", PROBE, ncb="DE")
    end_on(embedded, "over", TODAY - timedelta(days=1))
    command = ["person", "expired", "--data-dir", str(embedded.folder.parent), "--ncb"]
    for more, expected in (
        (["DE"], "over"),
        (["FR", "--purge"], "0 persons erased"),
        (["DE", "--purge"], "1 persons erased"),
        (["DE", "--purge"], "0 persons erased"),
    ):
        result = CliRunner().invoke(make_app(), [*command, *more])
        assert result.exit_code == 0
        assert expected in result.output
