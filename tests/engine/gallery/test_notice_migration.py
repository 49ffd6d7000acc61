"""Notices of an older catalogue come along, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from engine.gallery import schema
from engine.gallery.catalogue import Catalogue, make_folder
from engine.gallery.database import connect, transaction
from engine.gallery.database import database_url as place
from engine.gallery.notice_query import NoticeFilter, Page
from engine.noticeboard.acting import Target
from engine.noticeboard.expiry import run_calendar
from engine.noticeboard.reading import list_notices, open_notice, read_life
from engine.noticeboard.steps import StepOrder, take
from engine.notices import Colour, NoticeKey, NoticeStatus
from engine.notices.lifecycle import Step
from engine.notices.period import LONGEST
from engine.settings import Settings
from notice_support import OWNER, READER

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ROW = (
    "INSERT INTO notice (colour, entity_id, ncb, status, person_id, fields, recorded_at) "
    "VALUES (:colour, :entity_id, 'FR', :status, NULL, :fields, :at)"
)
RED = '{"name": "TESTOVA", "date_of_birth": "1980/02", "strange": {"kept": true}}'


@pytest.fixture
def old(tmp_path: Path, database_url: str | None) -> Iterator[Engine]:
    """A catalogue of the first version with a published notice and a draft."""
    settings = Settings(data_dir=tmp_path / "data", database_url=database_url)
    make_folder(settings)
    database = connect(place(settings.data_dir, settings.database_url))
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    with transaction(database, write=True) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        rows = [("red", "2024/1", "PUBLISHED", RED), ("blue", "2024/2", "DRAFT", "{}")]
        for colour, number, status, fields in rows:
            values = {"colour": colour, "entity_id": number, "status": status, "fields": fields}
            at = AT.replace(tzinfo=None) if database_url is None else AT
            connection.execute(text(ROW), {**values, "at": str(at)})
    yield database
    database.dispose()


def test_an_upgrade_loses_no_notice(old: Engine) -> None:
    """Content and time stay; version, history, end and keys are added."""
    schema.upgrade_schema(old)
    catalogue, key = Catalogue(old), NoticeKey(Colour.RED, "2024/1")
    opened = open_notice(catalogue, key, READER)
    assert opened.reading.fields["strange"] == {"kept": True}
    assert (opened.file.recorded_at, opened.file.published_at) == (AT, AT)
    assert opened.file.expires_at == AT + LONGEST
    life = read_life(catalogue, key, OWNER)
    assert [(one.act, one.status) for one in life.changes] == [("import", NoticeStatus.PUBLISHED)]
    assert life.versions[0].content.fields["name"] == "TESTOVA"


def test_upgraded_notices_are_found_and_live_on(old: Engine) -> None:
    """By name and age; they can be withdrawn, and they end."""
    schema.upgrade_schema(old)
    catalogue, page = Catalogue(old), Page(0, 9, date(2026, 6, 1))
    for wanted in (NoticeFilter(name="tsetova"), NoticeFilter(age_min=46, age_max=46)):
        assert list_notices(catalogue, wanted, page, READER)[1] == 1
    drafts = NoticeFilter(status=NoticeStatus.DRAFT)
    assert list_notices(catalogue, drafts, page, OWNER)[1] == 1
    key = NoticeKey(Colour.RED, "2024/1")
    assert run_calendar(catalogue, AT + LONGEST + timedelta(days=1), OWNER).ended == (key,)
    draft = Target(NoticeKey(Colour.BLUE, "2024/2"))
    with pytest.raises(Exception, match="description: is missing"):
        take(catalogue, draft, StepOrder(Step.SUBMIT), OWNER)
