"""Proof that somebody is who they say: a password, or a client secret.

Every refusal says the same and takes as long, so that strangers learn neither who has an account
nor whose is locked.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from engine import audit
from engine.asker import Asker
from engine.errors import BadRequest, SignInRefused
from engine.gallery.catalogue import Catalogue
from engine.gallery.sign_in_store import end_sign_ins_of
from engine.gallery.user_store import Lock, find_user, read_lock, write_lock, write_nothing
from engine.identity.lockout import is_locked
from engine.identity.passwords import check_new_password, hash_password, is_password
from engine.identity.users import User, asker_of_user

REFUSED = "unknown user, wrong password or secret, or too many wrong ones: wait a while"

PURPOSE = "sign-in"


def prove_password(catalogue: Catalogue, user_id: str, password: str) -> User:
    """The person whose password this is.

    Raises:
        SignInRefused: it is not, or the account is locked or disabled, or the password has been
            replaced by an officer and not been changed in time.
    """
    lock = _try_once(catalogue, user_id)
    right = is_password(None if lock is None else lock.secret, password)
    with catalogue.recording() as connection:
        user = find_user(connection, user_id)
        proven = user is not None and right and user.active and not user.is_service
        if user is not None and proven and lock is not None and _in_time(lock):
            write_lock(connection, user_id, replace(lock, failures=0, failed_at=None))
            return user
        subject = "" if user is None else user_id  # what was typed may be a password
        audit.record(connection, _stranger(user), "sign-in.refused", subject, {})
    raise SignInRefused(REFUSED)


def prove_secret(catalogue: Catalogue, client_id: str, secret: str) -> User:
    """The service whose client secret this is. It is random, so no guessing needs locking.

    Raises:
        SignInRefused: it is not, or the account is disabled.
    """
    with catalogue.reading() as connection:
        user, lock = find_user(connection, client_id), read_lock(connection, client_id)
    right = is_password(lock.secret if user and user.is_service else None, secret)
    if user is None or not right or not user.active:
        with catalogue.recording() as connection:
            subject = "" if user is None else client_id
            audit.record(connection, _stranger(user), "sign-in.refused", subject, {})
        raise SignInRefused(REFUSED)
    return user


def change_password(catalogue: Catalogue, user_id: str, old: str, new: str) -> User:
    """Replace one's own password, the one-time password too; ends all sign-ins.

    Raises:
        SignInRefused: the old one is wrong, or the account is locked or disabled.
        BadRequest: the new one is too easy to guess, or is the old one.
    """
    user = prove_password(catalogue, user_id, old)
    if check_new_password(new, user_id) == old:
        raise BadRequest("the new password is the old one")
    lock = Lock(hash_password(new))
    with catalogue.recording() as connection:
        write_lock(connection, user_id, lock)
        end_sign_ins_of(connection, user_id, "password changed")
        asker = asker_of_user(user, frozenset(), PURPOSE)
        audit.record(connection, asker, "user.password", user_id, {})
    return replace(user, one_time=False)


def _try_once(catalogue: Catalogue, user_id: str) -> Lock | None:
    """The lock of an account, with this try counted as a failure; None if it is locked now.

    Counted before the password is looked at: guesses side by side are as slow as one by one.
    Where there is nothing to count it writes as well, since a commit takes a time that shows.
    """
    with catalogue.recording() as connection:
        user, lock = find_user(connection, user_id), read_lock(connection, user_id)
        now = datetime.now(UTC)
        if user is None or is_locked(lock.failures, lock.failed_at, now):
            write_nothing(connection)
            return None
        counted = replace(lock, failures=lock.failures + 1, failed_at=now)
        write_lock(connection, user_id, counted)
        return counted


def _in_time(lock: Lock) -> bool:
    """Whether a password counts still: a one-time password does so for a while."""
    return lock.one_time_until is None or datetime.now(UTC) < lock.one_time_until


def _stranger(user: User | None) -> Asker:
    """Whoever failed to prove who they are."""
    ncb = "" if user is None else user.organisation.ncb
    return Asker("stranger", ncb=ncb, purpose=PURPOSE)
