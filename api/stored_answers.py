"""Answers that were stored, as they may be shown now: what was hidden since is left out."""

from __future__ import annotations

from api.schemas.answers import AnswerView, CandidateView
from engine.asker import Asker
from engine.gallery.catalogue import Catalogue
from engine.gallery.notice_store import linked_among
from engine.notices import Colour, NoticeKey


def without_hidden(answer: AnswerView, catalogue: Catalogue, asker: Asker) -> AnswerView:
    """The answer with links to those notices alone that the asker may see now."""
    keys = {
        NoticeKey(Colour(one.colour), one.entity_id)
        for candidate in answer.candidates
        for one in candidate.links.notices
    }
    with catalogue.reading() as connection:
        seen = linked_among(connection, keys, asker.ncb)
    candidates = [_with_links(candidate, seen) for candidate in answer.candidates]
    return answer.model_copy(update={"candidates": candidates})


def _with_links(candidate: CandidateView, seen: set[NoticeKey]) -> CandidateView:
    """The candidate with links to these notices alone."""
    kept = [
        one
        for one in candidate.links.notices
        if NoticeKey(Colour(one.colour), one.entity_id) in seen
    ]
    links = candidate.links.model_copy(update={"notices": kept})
    return candidate.model_copy(update={"links": links})
