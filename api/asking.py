"""Who asks and why, from the headers of a request."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Header, Request

from engine.asker import Asker
from engine.identity.issuer import Bearer
from engine.identity.users import asker_of_user
from engine.policy import Purpose


def asker_of(
    request: Request,
    whorl_purpose: Annotated[
        Purpose, Header(description="Why; goes into the audit chain.")
    ] = Purpose.IDENTIFICATION,
    whorl_case_ref: Annotated[str, Header(max_length=200, description="Your case.")] = "",
) -> Asker:
    """The asker of a request: the user whose token the guard has verified."""
    bearer = bearer_of(request)
    return asker_of_user(bearer.user, bearer.scopes, whorl_purpose.value, whorl_case_ref)


def bearer_of(request: Request) -> Bearer:
    """Whoever sent a request to a route that is not open to everybody."""
    bearer: Bearer = request.state.bearer
    return bearer


AskerDep = Annotated[Asker, Depends(asker_of)]
BearerDep = Annotated[Bearer, Depends(bearer_of)]


def with_reason(asker: Asker, purpose: Purpose | None, case_ref: str | None) -> Asker:
    """The asker with the reason of a body, where it gives one."""
    stated = asker.purpose if purpose is None else purpose.value
    return replace(asker, purpose=stated, case_ref=case_ref or asker.case_ref)
