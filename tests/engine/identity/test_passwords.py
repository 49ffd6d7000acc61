"""Passwords."""

from __future__ import annotations

import pytest

from engine.errors import BadRequest, CorruptFile
from engine.identity.passwords import (
    MAX_CHARS,
    check_new_password,
    hash_password,
    is_password,
    make_password,
)


def test_a_hash_fits_its_password_alone() -> None:
    """It is argon2id with a salt of its own, and holds nothing of the password."""
    kept = hash_password("an invented password")
    assert kept.startswith("$argon2id$")
    assert "invented" not in kept
    assert is_password(kept, "an invented password")
    assert not is_password(kept, "an invented passworD")
    assert kept != hash_password("an invented password")


def test_letters_count_however_they_are_composed() -> None:
    """Keyboards write é as one sign or as two."""
    assert is_password(hash_password("caf\u00e9 crème 12"), "cafe\u0301 crème 12")


@pytest.mark.parametrize("password", ["", "x" * (MAX_CHARS + 1), "\ud800", "x" * 100_000])
def test_an_account_without_a_password_opens_to_none(password: str) -> None:
    """Whatever is tried; strange text is wrong, not an error."""
    assert not is_password(None, password)


def test_a_broken_hash_is_told() -> None:
    """It is the machine's fault, not a wrong password."""
    with pytest.raises(CorruptFile):
        is_password("no hash", "an invented password")


def test_made_passwords_can_be_typed_and_chosen() -> None:
    """Four groups without signs that look alike, none like another."""
    made = {make_password() for _ in range(50)}
    assert len(made) == 50
    assert not set("".join(made)) & set("il1o0")
    assert all(check_new_password(one, "martin@fr") == one for one in made)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short", "12 to 256"),
        ("x" * 257, "12 to 256"),
        ("aaaaaaaaaaaaaaa", "different"),
        ("martin-martin-1", "login"),
    ],
)
def test_what_is_easy_to_guess_is_refused(password: str, reason: str) -> None:
    """With the reason."""
    with pytest.raises(BadRequest, match=reason):
        check_new_password(password, "martin@fr")
