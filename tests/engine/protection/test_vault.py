"""Keys, seals and the master key."""

from __future__ import annotations

import base64
import logging
import os
import stat
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from engine.errors import BrokenSeal, StorageError, WrongKey
from engine.gallery.catalogue import open_catalogue
from engine.gallery.key_store import NETWORK, list_keys
from engine.gallery.vault import sealer_for, vault_of
from engine.protection.rotating import rotate_master
from engine.settings import Settings
from engine.terminal import operator
from engine.vault.master_file import read_keys
from engine.vault.sealing import key_number, place_of, seal, unseal

CIPHER = AESGCM(bytes(32))
PLACE = place_of("print.template", "FR", (1, "F1"))
KMS = """
import base64, json, sys
order = json.load(sys.stdin)
data = bytes(byte ^ 0x5A for byte in base64.b64decode(order["data"]))
print(json.dumps({"data": base64.b64encode(data).decode()}))
"""
"""Stands for a key management system; what it does is no protection at all."""


def text_key() -> str:
    """A master key as the environment holds it."""
    return base64.b64encode(os.urandom(32)).decode()


def test_a_value_opens_in_its_place_alone() -> None:
    """With the key's number in front; another record, column or bureau does not open it."""
    sealed = seal(b"secret", 7, CIPHER, PLACE)
    assert key_number(sealed) == 7
    assert unseal(sealed, CIPHER, PLACE) == b"secret"
    for column, owner, record in (
        ("print.template", "FR", (2, "F1")),
        ("print.template", "FR", (1, "F2")),
        ("print.template", "JP", (1, "F1")),
        ("print_image.content", "FR", (1, "F1")),
    ):
        with pytest.raises(BrokenSeal, match="changed, or moved"):
            unseal(sealed, CIPHER, place_of(column, owner, record))


def test_every_bit_counts() -> None:
    """Of header, nonce, ciphertext and tag; and what is not sealed is told."""
    sealed = seal(b"secret", 7, CIPHER, PLACE)
    for place in range(5, len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(BrokenSeal):
            unseal(bytes(changed), CIPHER, PLACE)
    for other in (b"", b"WHRT plain", sealed[:30]):
        with pytest.raises(BrokenSeal, match="not sealed"):
            key_number(other)


def test_no_two_seals_are_alike() -> None:
    """Each has a nonce of its own."""
    assert len({seal(b"secret", 7, CIPHER, PLACE)[9:21] for _ in range(1000)}) == 1000


def test_the_first_start_makes_a_key_for_its_owner_alone(settings: Settings) -> None:
    """In the data folder; a file that others can read is refused."""
    open_catalogue(settings).close()
    path = settings.data_dir / "master.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o640)
    with pytest.raises(StorageError, match="others can read it"):
        open_catalogue(settings)


def test_a_wrong_master_key_stops_the_start(settings: Settings) -> None:
    """So does none at all, and one that is damaged; the message says what to give."""
    open_catalogue(settings).close()
    path = settings.data_dir / "master.key"
    for content in (text_key(), ""):
        path.write_text(content)
        with pytest.raises(WrongKey):
            open_catalogue(settings)
    path.unlink()
    with pytest.raises(WrongKey, match="which is not here .*WHORL_MASTER_KEY"):
        open_catalogue(settings)
    assert not path.exists()


def test_the_environment_gives_the_master_key(tmp_path: Path, database_url: str | None) -> None:
    """Then no file is made; a new key in front of the old one takes over by a rotation."""
    old, new = text_key(), text_key()
    place = {"data_dir": tmp_path / "data", "database_url": database_url}
    open_catalogue(Settings(**place, master_key=old)).close()
    assert not (tmp_path / "data" / "master.key").exists()
    both = Settings(**place, master_key=f"{new},{old}")
    catalogue = open_catalogue(both)
    rotate_master(catalogue, both, operator())
    catalogue.close()
    open_catalogue(Settings(**place, master_key=new)).close()
    with pytest.raises(WrongKey):
        open_catalogue(Settings(**place, master_key=old))


def test_a_text_that_is_no_key_is_not_repeated(settings: Settings) -> None:
    """It may be a secret that was mistyped."""
    wrong = settings.model_copy(update={"master_key": Settings(master_key="c2VjcmV0").master_key})
    with pytest.raises(WrongKey, match="WHORL_MASTER_KEY: a key is not the base64") as caught:
        open_catalogue(wrong)
    assert "c2VjcmV0" not in str(caught.value)


def test_a_key_management_system_wraps_the_keys(tmp_path: Path) -> None:
    """Its command is asked; one that fails is named, without what it said."""
    script = tmp_path / "kms.py"
    script.write_text(KMS)
    settings = Settings(data_dir=tmp_path / "data", master_key_command=f"{sys.executable} {script}")
    for _ in range(2):
        open_catalogue(settings).close()
    assert not (tmp_path / "data" / "master.key").exists()
    script.write_text("import sys; print('a secret'); sys.exit(3)")
    with pytest.raises(WrongKey, match="unwrap: ended with status 3$"):
        open_catalogue(settings)


def test_a_rotated_master_key_leaves_no_old_one(settings: Settings) -> None:
    """Every data key is wrapped by the new one, and the file holds that alone."""
    catalogue = open_catalogue(settings)
    old = read_keys(settings.data_dir / "master.key")
    made = rotate_master(catalogue, settings, operator())
    with catalogue.reading() as connection:
        assert {one.master for one in list_keys(connection)} == {made}
    (new,) = read_keys(settings.data_dir / "master.key")
    assert new.id == made != old[0].id
    catalogue.close()
    open_catalogue(settings).close()


def test_exchanged_rows_of_keys_do_not_unwrap(settings: Settings) -> None:
    """A key is bound to its number and owner."""
    catalogue = open_catalogue(settings)
    with catalogue.recording() as connection:
        made = [sealer_for(connection, one).number for one in ("FR", "JP")]
        first, second = (one for one in list_keys(connection) if one.number in made)
        vault = vault_of(connection)
        with pytest.raises(WrongKey, match="was changed"):
            vault.unwrap(type(first)(**{**_facts(first), "wrapped": second.wrapped}))
        assert list_keys(connection, NETWORK)[0].owner == NETWORK
    catalogue.close()


def _facts(key: object) -> dict[str, object]:
    """The fields of a key."""
    names = ("number", "owner", "state", "master", "wrapped", "made_at", "ended_at")
    return {name: getattr(key, name) for name in names}


def test_no_key_is_ever_logged(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    """Nor shown by what holds it."""
    caplog.set_level(logging.DEBUG)
    catalogue = open_catalogue(settings)
    with catalogue.recording() as connection:
        vault, sealer = vault_of(connection), sealer_for(connection, "FR")
        said = f"{caplog.text}{vault.ring!r}{sealer!r}{list_keys(connection)!r}{settings!r}"
        (master,) = read_keys(settings.data_dir / "master.key")
        data = vault.unwrap(list_keys(connection, "FR")[0])
    catalogue.close()
    for key in (master.key, data):
        assert not any(text in said for text in (key.hex(), repr(key)[2:-1], master.text))
