"""Jobs: work that the caller does not wait for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from api.problems import Problem
from api.schemas.answers import AnswerView
from api.schemas.base import Body, SelfLink, link
from api.schemas.encounters import EncounterView
from engine.gallery.job_store import Job, JobKind, JobState

PATHS = {JobKind.SEARCH: "searches", JobKind.ENROL: "enrolments"}
"""Where jobs of each kind are read."""


class JobView(Body):
    """How far a job is."""

    id: str = Field(examples=["0e3b6a34a8a84f8f9d2a3c1d5e6f7a8b"])
    state: JobState = Field(examples=["queued"])
    asked_at: datetime
    finished_at: datetime | None = None
    problem: Problem | None = Field(default=None, description="What went wrong, if it failed.")
    links: SelfLink = Field(alias="_links")


class SearchJobView(JobView):
    """A search that the caller does not wait for."""

    answer: AnswerView | None = Field(default=None, description="When it is done.")


class EnrolmentJobView(JobView):
    """An enrolment that the caller does not wait for."""

    answer: EncounterView | None = Field(default=None, description="When it is done.")


def show_job(job: Job) -> dict[str, Any]:
    """A job by the names of the view of its kind."""
    ended = {"problem": job.answer} if job.state is JobState.FAILED else {"answer": job.answer}
    return {
        "id": job.id,
        "state": job.state,
        "asked_at": job.asked_at,
        "finished_at": job.finished_at,
        "_links": SelfLink(self_=job_link(job)),
        **ended,
    }


def job_link(job: Job) -> Any:
    """Where a job is read."""
    return link(PATHS[job.kind], job.id)
