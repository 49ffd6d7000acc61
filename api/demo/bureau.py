"""A throw-away bureau: a temporary folder, filled by the indexer's commands."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from api.children import whorl
from engine.errors import MissingPart, WhorlError
from engine.settings import Settings

FIXTURES = Path(__file__).resolve().parents[2] / "data" / "fixtures"

_OWN: dict[str, Any] = {
    "database_url": None,
    "public_url": None,
    "audience": "whorl",
    "signing_keys": None,
    "oidc_issuer": None,
}
"""Settings of a throw-away bureau, in place of those that name somebody's real one."""

_REAL = ("WHORL_DATA_DIR", "WHORL_TOKEN", *(f"WHORL_{name.upper()}" for name in _OWN))


@contextmanager
def throw_away_bureau() -> Iterator[Settings]:
    """Settings of an empty bureau that is deleted in the end, whatever the environment says."""
    with TemporaryDirectory(prefix="whorl-demo-") as folder:
        yield Settings(data_dir=Path(folder) / "data", **_OWN)


def bureau_environment() -> dict[str, str]:
    """The environment of commands that must not touch a real gallery."""
    return {name: value for name, value in os.environ.items() if name not in _REAL}


def fixtures_folder() -> Path:
    """Where the invented people are.

    Raises:
        MissingPart: they are not there.
    """
    if not (FIXTURES / "people.csv").is_file():
        raise MissingPart(f"{FIXTURES}: the invented people are in the checkout only")
    return FIXTURES


def enrol(settings: Settings, source: Path) -> None:
    """Enrol the rows of a CSV file.

    Raises:
        WhorlError: the command failed; it has told why.
    """
    _run(settings, "enrol", source)


def import_notices(settings: Settings, file: Path) -> None:
    """Record the notices of a JSON file.

    Raises:
        WhorlError: the command failed; it has told why.
    """
    _run(settings, "notice", "import", file)


def fill_with_fixtures(settings: Settings) -> None:
    """Enrol the invented people and record their notices."""
    folder = fixtures_folder()
    enrol(settings, folder / "people.csv")
    import_notices(settings, folder / "notices.json")


def _run(settings: Settings, *arguments: object) -> None:
    """Run a command, its progress on our terminal."""
    command = whorl(*arguments, "--data-dir", settings.data_dir)
    done = subprocess.run(command, env=bureau_environment(), check=False)  # noqa: S603 - our own command
    if done.returncode != 0:
        raise WhorlError(f"`whorl {' '.join(map(str, arguments))}` failed")
