"""All settings of a running program, read once from the environment and passed on."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings; each can be given as an environment variable `WHORL_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="WHORL_", frozen=True, extra="forbid")

    data_dir: Path = Path("whorl-data")
    """Where the gallery lies: catalogue (SQLite), segments and index files."""

    database_url: str | None = None
    """SQLAlchemy URL of the catalogue; none is an SQLite file in `data_dir`."""

    cache_dir: Path = Path(platformdirs.user_cache_dir("whorl"))
    """Where what can be made again is kept, such as the network's graph."""

    extractor: Literal["leader", "classical"] = "leader"
    """What finds the minutiae of new prints and probes."""

    threads: int = Field(default=0, ge=0)
    """Threads of one search or extraction; 0 uses every processor."""

    token: str | None = None
    """Bearer token that guards the HTTP interface; none makes one at the first start."""

    max_upload_bytes: int = Field(default=32 * 1024 * 1024, ge=1024)
    """Largest request body that is read."""
