"""Errors of the HTTP side alone."""

from __future__ import annotations

from starlette.exceptions import HTTPException


class Unparsable(Exception):
    """A body that is neither JSON nor a form, though it says so."""


class UnknownMedia(Exception):
    """A body of a type that the route does not take."""


class BodyTooLarge(HTTPException):
    """A body beyond the limit.

    It is one of the framework's errors, because only those come through while it reads a body.
    """

    def __init__(self, message: str) -> None:
        super().__init__(413, message)

    def __str__(self) -> str:
        return self.detail


class BodyTooSlow(HTTPException):
    """A body of which nothing came for too long, or not all of it; one of the framework's too."""

    def __init__(self, message: str) -> None:
        super().__init__(408, message)

    def __str__(self) -> str:
        return self.detail


class QueueFull(Exception):
    """More jobs wait than are accepted."""


class TooManyTries(Exception):
    """An address tries to sign in too often, or a user asks too often."""

    def __init__(self, message: str, retry_after: int = 5) -> None:
        """Take the reason, and the seconds until another try may succeed."""
        super().__init__(message)
        self.retry_after = retry_after


class TooManyStreams(Exception):
    """A user, or everybody together, listens too often at once."""


class IssuerUnreachable(Exception):
    """The external issuer's keys are not known, so no token can be verified."""
