"""All settings of a running program, read once from the environment and passed on."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings; each can be given as an environment variable `WHORL_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="WHORL_", frozen=True, extra="forbid")

    data_dir: Path = Path("whorl-data")
    """Where the gallery lies: catalogue (SQLite), segments and index files."""

    database_url: str | None = None
    """SQLAlchemy URL of the catalogue; none is an SQLite file in `data_dir`."""

    extractor: Literal["leader", "classical"] = "leader"
    """What finds the minutiae of new prints and probes."""

    threads: int = Field(default=0, ge=0)
    """Threads of one search or extraction; 0 uses every processor."""

    calibration: Path | None = None
    """File of what scores are worth, of one's own fit; none is the one that comes along."""

    public_url: str | None = None
    """Where callers reach the HTTP interface, which issues tokens under that name; none is the
    address that `serve` listens on."""

    audience: str = "whorl"
    """Whom tokens must be made for."""

    signing_keys: SecretStr | None = None
    """JWK set of P-256 keys: the first signs tokens, all verify; none keeps them in a file."""

    sign_ins_per_minute: int = Field(default=30, ge=1)
    """Tries to sign in that one network address has; colleagues behind one gateway share them."""

    searches_per_minute: int = Field(default=120, ge=1)
    """Searches that one user may ask for in a minute."""

    enrolments_per_minute: int = Field(default=600, ge=1)
    """Enrolments that one user may ask for in a minute."""

    searches_per_day: int = Field(default=0, ge=0)
    """Searches, those of batches included, that one bureau has on a day of UTC; 0 is no limit."""

    enrolments_per_day: int = Field(default=0, ge=0)
    """The same of enrolments over HTTP."""

    oidc_issuer: str | None = None
    """URL of an external issuer of tokens; with it, this program issues none."""

    oidc_algorithm: Literal["ES256", "Ed25519", "RS256", "PS256"] = "ES256"
    """What the external issuer must sign with."""

    events_seconds: float = Field(default=600, ge=0, le=3600)
    """How long a stream of events stays open at most; listeners come back by themselves."""

    events_per_user: int = Field(default=4, ge=1)
    """Streams of events that one user may have open at once."""

    webhook_hosts: tuple[str, ...] = ()
    """Hosts that callbacks of bureaus may go to, as a JSON list of names; none is no callbacks."""

    webhook_ca: Path | None = None
    """File of certificates that those of these hosts are signed by; none is the system's."""

    webhook_key: Path | None = None
    """File of the Ed25519 key that signs callbacks; none is one in `data_dir`."""

    webhook_loopback_for_tests: bool = False
    """Lets callbacks go to `http://127.0.0.1` of this very machine. For tests alone: with it a
    bureau's officer reaches whatever listens here."""

    max_upload_bytes: int = Field(default=32 * 1024 * 1024, ge=1024)
    """Largest request body that is read."""

    case_for_searches: bool = False
    """Whether a search of an investigator must name a case."""

    probe_days: int = Field(default=0, ge=0, le=1826)
    """How long probes are kept of searches that ask for it; 0 keeps none. Five years at most, as
    records of persons."""

    audit_checkpoints: Path | None = None
    """File that signed checkpoints of the audit chain are added to; none is one in `data_dir`.
    Keep it, or copies of it, where whoever can change the database cannot write."""

    audit_key: Path | None = None
    """File of the Ed25519 key that signs checkpoints; none is one in `data_dir`."""

    audit_checkpoint_minutes: float = Field(default=10, ge=0, le=10_080)
    """How often a running server writes a checkpoint; 0 writes none."""

    master_key: SecretStr | None = None
    """Master keys, each the base64 of 32 bytes, with commas: the first wraps the bureaus' keys, all
    unwrap. None keeps them in a file."""

    master_key_file: Path | None = None
    """File of master keys, one a line; none is one in `data_dir`, made at the first start."""

    master_key_command: str | None = None
    """Command of a key management system that wraps and unwraps the bureaus' keys."""
