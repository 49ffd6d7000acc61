"""Who asks and why, from the headers of a request."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Header

from engine.asker import Asker

ACTOR = "api"
"""The only actor until there are real identities."""

PURPOSE = "identification"


def asker_of(
    whorl_purpose: Annotated[
        str, Header(max_length=100, description="Why; goes into the audit chain.")
    ] = PURPOSE,
    whorl_case_ref: Annotated[str, Header(max_length=200, description="Your case.")] = "",
) -> Asker:
    """The asker of a request."""
    return Asker(ACTOR, purpose=whorl_purpose, case_ref=whorl_case_ref)


AskerDep = Annotated[Asker, Depends(asker_of)]


def with_reason(asker: Asker, purpose: str | None, case_ref: str | None) -> Asker:
    """The asker with the reason of a body, where it gives one."""
    return replace(asker, purpose=purpose or asker.purpose, case_ref=case_ref or asker.case_ref)
