"""The header `Prefer: respond-async` (RFC 7240): the caller does not want to wait."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Header, Response

from api.schemas.jobs import job_link
from engine.gallery.job_store import Job

PREFERENCE = "respond-async"


def wants_async(
    prefer: Annotated[
        str | None, Header(description="`respond-async` to be answered 202 at once.")
    ] = None,
) -> bool:
    """Whether the caller comes back later."""
    return any(part.strip().lower() == PREFERENCE for part in (prefer or "").split(","))


WantsAsync = Annotated[bool, Depends(wants_async)]


def accept(response: Response, job: Job) -> None:
    """Make an answer the 202 of a job."""
    response.status_code = 202
    response.headers["Location"] = job_link(job).href
    response.headers["Preference-Applied"] = PREFERENCE
