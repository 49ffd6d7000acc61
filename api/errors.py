"""Errors of the HTTP side alone."""

from __future__ import annotations


class Unparsable(Exception):
    """A body that is neither JSON nor a form, though it says so."""


class UnknownMedia(Exception):
    """A body of a type that the route does not take."""


class BodyTooLarge(Exception):
    """A body beyond the limit."""


class QueueFull(Exception):
    """More jobs wait than are accepted."""
