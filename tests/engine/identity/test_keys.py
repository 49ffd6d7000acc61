"""The signing keys."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from joserfc.jwk import ECKey, OKPKey

from engine.errors import Conflict, CorruptFile, StorageError
from engine.identity.keys import RETIRED_FOR, KeyRing
from engine.settings import Settings

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    """A ring with its first key."""
    ring = KeyRing(Settings(data_dir=tmp_path, signing_keys=None))
    ring.rotate(NOW)
    return ring


def given(tmp_path: Path, content: str) -> KeyRing:
    """A ring with keys of the environment."""
    return KeyRing(Settings(data_dir=tmp_path, signing_keys=content))


def test_the_file_is_its_owners(ring: KeyRing) -> None:
    """Nobody else may read it; where others can, it is not used."""
    assert stat.S_IMODE(ring.path.stat().st_mode) == 0o600
    ring.path.chmod(0o640)
    with pytest.raises(StorageError, match="others can read it"):
        ring.signing()


def test_a_retired_key_verifies_until_its_tokens_have_ended(ring: KeyRing) -> None:
    """Then it is gone from the set, and at the next rotation from the file."""
    first = ring.signing().kid
    second = ring.rotate(NOW + timedelta(hours=1)).kid
    assert ring.signing().kid == second
    soon, late = NOW + timedelta(hours=1, minutes=10), NOW + timedelta(hours=1) + RETIRED_FOR
    assert list(ring.verifying(soon)) == [second, first]
    assert list(ring.verifying(late)) == [second]
    ring.rotate(late)
    assert first not in ring.path.read_text()


def test_retired_keys_lose_their_private_half(ring: KeyRing) -> None:
    """And the published set never has one."""
    ring.rotate(NOW)
    rows = json.loads(ring.path.read_text())["keys"]
    assert ["d" in row["jwk"] for row in rows] == [True, False]
    published = ring.public_set(NOW)["keys"]
    assert len(published) == 2
    assert all("d" not in one and one["alg"] == "ES256" for one in published)


def test_another_process_sees_the_new_key(ring: KeyRing, tmp_path: Path) -> None:
    """A running server need not be told."""
    server = KeyRing(Settings(data_dir=tmp_path, signing_keys=None))
    before = server.signing().kid
    after = ring.rotate(NOW).kid
    assert server.signing().kid == after != before


def test_keys_of_the_environment_are_rotated_there(tmp_path: Path) -> None:
    """They sign and verify in their order; no file is written."""
    two = [ECKey.generate_key("P-256") for _ in range(2)]
    ring = given(tmp_path, json.dumps({"keys": [key.as_dict(private=True) for key in two]}))
    assert ring.signing().kid == two[0].thumbprint()
    assert set(ring.verifying(NOW)) == {key.thumbprint() for key in two}
    with pytest.raises(Conflict, match="WHORL_SIGNING_KEYS"):
        ring.rotate(NOW)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        '{"keys": []}',
        '{"keys": [{"kty": "EC"}]}',
        json.dumps({"keys": [OKPKey.generate_key("Ed25519").as_dict(private=True)]}),
        json.dumps({"keys": [ECKey.generate_key("P-384").as_dict(private=True)]}),
        json.dumps({"keys": [ECKey.generate_key("P-256").as_dict(private=False)]}),
    ],
)
def test_what_cannot_sign_is_refused(tmp_path: Path, content: str) -> None:
    """Broken, empty, of another kind or public: the message repeats none of it."""
    with pytest.raises(StorageError, match="WHORL_SIGNING_KEYS: ") as told:
        given(tmp_path, content)
    assert content not in str(told.value)


@pytest.mark.parametrize("spoil", [lambda path: path.write_text("{}"), lambda path: path.unlink()])
def test_a_spoilt_file_is_named(ring: KeyRing, spoil: Callable[[Path], object]) -> None:
    """With what to do about it."""
    spoil(ring.path)
    with pytest.raises((CorruptFile, StorageError), match=r"signing-keys.json: .*key rotate"):
        ring.signing()


def test_a_link_is_not_followed(ring: KeyRing) -> None:
    """It could point to a file that somebody else writes."""
    target = ring.path.with_name("elsewhere")
    ring.path.rename(target)
    ring.path.symlink_to(target)
    with pytest.raises(StorageError):
        ring.signing()


def test_no_representation_shows_a_key(ring: KeyRing) -> None:
    """Logs and traces may hold it."""
    private = json.loads(ring.path.read_text())["keys"][0]["jwk"]["d"]
    assert private not in repr(ring.signing())
