"""Passwords: hashed by argon2id, made at random where people have not chosen one yet."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from argon2.profiles import RFC_9106_LOW_MEMORY

from engine.errors import BadRequest, CorruptFile

MIN_CHARS, MAX_CHARS = 12, 256
"""Long enough that guesses at 100 a day are hopeless; short enough to hash at once."""

MIN_DIFFERENT = 6
"""Different characters: `aaaaaaaaaaaa` is long too."""

_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""No letters and digits that look alike on paper."""

_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
"""RFC 9106, second recommended option: 64 MiB and three passes."""


def hash_password(password: str) -> str:
    """The hash to keep, with its salt and parameters in it."""
    return _HASHER.hash(_bytes(password))


def is_password(kept: str | None, password: str) -> bool:
    """Whether a password is the one whose hash was kept.

    None stands for an account that does not exist or has no password: it takes as long.

    Raises:
        CorruptFile: what was kept is no hash.
    """
    try:
        same = _HASHER.verify(kept or _nobodys(), _bytes(password[:MAX_CHARS]))
    except VerifyMismatchError:
        return False
    except (InvalidHashError, VerificationError) as error:
        raise CorruptFile("a stored password hash cannot be read") from error
    return same and kept is not None and len(password) <= MAX_CHARS


@cache
def _nobodys() -> str:
    """A hash that no password fits."""
    return hash_password(secrets.token_urlsafe(32))


def _bytes(password: str) -> bytes:
    """What is hashed: keyboards differ in how they compose letters."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def make_password() -> str:
    """A random password of 99 bits that can be read out and typed."""
    groups = ("".join(secrets.choice(_READABLE) for _ in range(5)) for _ in range(4))
    return "-".join(groups)


def check_new_password(password: str, user_id: str) -> str:
    """A password that somebody chose, if it is hard enough to guess.

    Raises:
        BadRequest: it is too short, too long, too simple, or the login.
    """
    if not MIN_CHARS <= len(password) <= MAX_CHARS:
        raise BadRequest(f"the new password must have {MIN_CHARS} to {MAX_CHARS} characters")
    if len(set(password)) < MIN_DIFFERENT:
        raise BadRequest(f"the new password needs {MIN_DIFFERENT} different characters")
    login = user_id.partition("@")[0]
    if len(login) >= 4 and login in password.lower() and len(password) < 2 * MIN_CHARS:
        raise BadRequest("the new password must not be made from the login")
    return password
