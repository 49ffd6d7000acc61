"""Answers that were stored, as they may be shown now: what was hidden since is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import Connection

from api.schemas.answers import AnswerView, CandidateView
from api.schemas.latent_candidates import LatentCandidateView
from engine.asker import Asker
from engine.gallery.catalogue import Catalogue
from engine.gallery.job_store import Job, JobState
from engine.gallery.latent_store import visible_latents
from engine.gallery.notice_store import linked_among
from engine.notices import Colour, NoticeKey
from engine.seeing import seen_prints, today

_View = TypeVar("_View", CandidateView, LatentCandidateView)


def without_hidden(answer: AnswerView, catalogue: Catalogue, asker: Asker) -> AnswerView:
    """The answer with those candidates, prints and links alone that the asker may see now."""
    with catalogue.reading() as connection:
        return seen_of(answer, connection, asker)


def seen_search(job: Job, connection: Connection, asker: Asker) -> Job:
    """A search that was a job, its answer as the asker may see it now."""
    if job.state is not JobState.DONE or job.answer is None:
        return job
    answer = seen_of(AnswerView.model_validate(job.answer), connection, asker)
    return replace(job, answer=answer.model_dump(mode="json", by_alias=True))


def seen_of(answer: AnswerView, connection: Connection, asker: Asker) -> AnswerView:
    """The same as a transaction sees it."""
    keys = {
        NoticeKey(Colour(one.colour), one.entity_id)
        for candidate in answer.candidates
        for one in candidate.links.notices
    }
    numbers = [one.print_id for candidate in answer.candidates for one in candidate.fingers]
    linked = linked_among(connection, keys, asker.ncb)
    prints = seen_prints(connection, numbers, asker)
    gone = len(numbers) - len(prints)
    kept = _rank([one for one in answer.candidates if _is_shown(one, prints)], whole=not gone)
    latents = visible_latents(connection, [one.id for one in answer.latents], asker, today())
    left = [one for one in answer.latents if one.id in latents]
    gone += len(answer.latents) - len(left)
    return answer.model_copy(
        update={
            "candidates": [_with_links(_with_prints(one, prints), linked) for one in kept],
            "decision": None if gone else answer.decision,
            "latents": _rank(left, whole=len(left) == len(answer.latents)),
            "searched": answer.searched - gone,
            "compared": answer.compared - gone,
        }
    )


def _is_shown(candidate: CandidateView, prints: set[int]) -> bool:
    """Whether the print that made a candidate's score may be seen."""
    return candidate.fingers[0].print_id in prints


def _rank(candidates: Sequence[_View], *, whole: bool) -> list[_View]:
    """The candidates without holes in their ranks and gaps."""
    if whole:
        return list(candidates)
    ranked = []
    for place, one in enumerate(candidates):
        following = candidates[place + 1].score if place + 1 < len(candidates) else None
        gap = None if following is None else round(one.score - following, 4)
        ranked.append(one.model_copy(update={"rank": place + 1, "gap_to_next": gap}))
    return ranked


def _with_prints(candidate: CandidateView, prints: set[int]) -> CandidateView:
    """The candidate with these prints alone."""
    fingers = [one for one in candidate.fingers if one.print_id in prints]
    return candidate.model_copy(update={"fingers": fingers})


def _with_links(candidate: CandidateView, seen: set[NoticeKey]) -> CandidateView:
    """The candidate with links to these notices alone."""
    kept = [
        one
        for one in candidate.links.notices
        if NoticeKey(Colour(one.colour), one.entity_id) in seen
    ]
    links = candidate.links.model_copy(update={"notices": kept})
    return candidate.model_copy(update={"links": links})
