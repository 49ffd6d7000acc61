"""A candidate as a case takes it over: from the stored answer of a job, or as the caller says.

Answers of searches that were not jobs are not kept, so of those the caller states what was shown.
"""

from __future__ import annotations

import hashlib
import json

from api.jobs import JobRunner
from api.schemas.answers import AnswerView, FingerView, ProbeView
from api.schemas.examinations import CaseBody
from api.stored_answers import seen_search
from engine.asker import Asker
from engine.errors import BadRequest, Conflict, NotFound
from engine.examination.file import FoundCandidate
from engine.gallery.job_store import JobKind, JobState


def found_candidate(body: CaseBody, jobs: JobRunner, asker: Asker) -> FoundCandidate:
    """The candidate that a case is about.

    Raises:
        BadRequest: the search is named in two ways, or in none.
        NotFound: the asker has no such job, or its answer does not show the candidate.
        Conflict: the job has no answer.
    """
    said = body.search
    stated = (said.transaction_id, said.score, said.probe_sha256)
    if said.job is not None and stated == (None, None, None):
        return _of_job(said.job, body, jobs, asker)
    if said.job is not None or None in stated:
        raise BadRequest("search: name a job alone, or transaction_id with score and probe_sha256")
    return FoundCandidate(
        search=f"transaction:{said.transaction_id}",
        person_id=body.person,
        print_id=body.print_id,
        score=said.score or 0.0,
        probe_sha256=said.probe_sha256 or "",
    )


def _of_job(job_id: str, body: CaseBody, jobs: JobRunner, asker: Asker) -> FoundCandidate:
    """A candidate of the stored answer of a job of the asker, as far as the asker may see it."""
    job = jobs.read(JobKind.SEARCH, job_id, asker, seen_search)
    if job.state is not JobState.DONE:
        raise Conflict(f"search job {job_id!r} is {job.state}; it has no answer")
    answer = AnswerView.model_validate(job.answer)
    shown = _shown(answer, body)
    return FoundCandidate(
        search=f"job:{job_id}",
        person_id=body.person,
        print_id=body.print_id,
        score=shown.score,
        probe_sha256=hash_probe([answer.probe, *answer.others][shown.probe]),
    )


def _shown(answer: AnswerView, body: CaseBody) -> FingerView:
    """What an answer shows of a print, in its best comparison.

    Raises:
        NotFound: it does not show it.
    """
    for candidate in answer.candidates:
        for finger in candidate.fingers:
            if (candidate.person.id, finger.print_id) == (body.person, body.print_id):
                return finger
    raise NotFound(f"no print {body.print_id} of a person {body.person!r}")


def hash_probe(probe: ProbeView) -> str:
    """SHA-256 of what the job has kept of the probe, in a fixed form."""
    form = json.dumps(probe.model_dump(mode="json"), sort_keys=True)
    return hashlib.sha256(form.encode()).hexdigest()
