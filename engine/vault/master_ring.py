"""The master keys that a program was given: the first wraps, all unwrap."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import WrongKey
from engine.settings import Settings
from engine.vault.kms import KmsKey
from engine.vault.master import MasterKey, new_key, parse_key
from engine.vault.master_file import master_path, read_keys, write_keys


@dataclass(frozen=True, slots=True)
class MasterRing:
    """Some master keys.

    Attributes:
        keys: the one that wraps, then those that only unwrap any more.
    """

    keys: tuple[MasterKey, ...]

    @property
    def first(self) -> MasterKey:
        """The one that wraps.

        Raises:
            WrongKey: there is none.
        """
        if not self.keys:
            raise WrongKey("no master key: set WHORL_MASTER_KEY, or put the key file in place")
        return self.keys[0]

    def has(self, master_id: str) -> bool:
        """Whether the key of this id is here."""
        return any(one.id == master_id for one in self.keys)

    def find(self, master_id: str) -> MasterKey:
        """The key of this id.

        Raises:
            WrongKey: it is not here.
        """
        for one in self.keys:
            if one.id == master_id:
                return one
        here = ", ".join(one.id for one in self.keys) or "none"
        raise WrongKey(
            f"the catalogue's keys are wrapped by master key {master_id}, which is not here "
            f"(here: {here}); give it by WHORL_MASTER_KEY, WHORL_MASTER_KEY_FILE or "
            "WHORL_MASTER_KEY_COMMAND"
        )


def read_ring(settings: Settings) -> MasterRing:
    """The master keys of these settings: of the command, of the environment, of the file.

    Raises:
        WrongKey: one cannot be used.
        StorageError: the file cannot be read, or others can read it.
    """
    command = settings.master_key_command
    given = settings.master_key
    keys: list[MasterKey] = [KmsKey(command)] if command else []
    for text in given.get_secret_value().split(",") if given else ():
        try:
            keys.append(parse_key(text))
        except ValueError as error:
            raise WrongKey(f"WHORL_MASTER_KEY: a key {error}") from None
    return MasterRing((*keys, *read_keys(master_path(settings))))


def make_first_key(settings: Settings) -> MasterRing:
    """The ring of settings that give no key: a new one, in the file.

    Raises:
        StorageError: the file cannot be written.
    """
    made = new_key()
    write_keys(master_path(settings), [made])
    return MasterRing((made,))
