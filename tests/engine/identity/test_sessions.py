"""Sessions at a screen, on each database."""

from __future__ import annotations

import pytest

from engine.errors import BadRequest, BadToken, Forbidden
from engine.gallery.gallery import Gallery
from engine.identity.roles import Role
from engine.identity.sessions import begin_session, choose_language, end_session, open_session
from http_support import make_user


def test_a_session_is_opened_by_its_secret_alone(gallery: Gallery) -> None:
    """Until it ends; its user has all that the roles give."""
    user = make_user(gallery.catalogue, "screen", roles=frozenset({Role.EXAMINER}))
    secret = begin_session(gallery.catalogue, user).secret
    assert open_session(gallery.catalogue, secret).bearer.scopes == user.scopes
    with pytest.raises(BadToken):
        open_session(gallery.catalogue, "another secret")
    end_session(gallery.catalogue, secret)
    with pytest.raises(BadToken):
        open_session(gallery.catalogue, secret)


def test_a_language_is_kept_with_the_user(gallery: Gallery) -> None:
    """And found by the next session; there are four."""
    user = make_user(gallery.catalogue, "speaker", roles=frozenset({Role.EXAMINER}))
    for language in ("fr", "ar"):
        choose_language(gallery.catalogue, user, language)
        secret = begin_session(gallery.catalogue, user).secret
        assert open_session(gallery.catalogue, secret).language == language
    with pytest.raises(BadRequest):
        choose_language(gallery.catalogue, user, "de")


def test_programs_begin_no_session(embedded: Gallery) -> None:
    """They have credentials of their own."""
    user = make_user(embedded.catalogue, "gateway", roles=frozenset({Role.SERVICE}))
    with pytest.raises(Forbidden):
        begin_session(embedded.catalogue, user)
