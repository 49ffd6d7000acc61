"""Who asks, and why: it travels with every request and ends in the audit chain."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asker:
    """The person or program behind a request.

    Attributes:
        actor: user or service name.
        ncb: code of the bureau asked for; empty for the machine's own administration.
        purpose: why, such as `identification`.
        case_ref: the asker's case.
    """

    actor: str
    ncb: str = ""
    purpose: str = ""
    case_ref: str = ""
