"""Writing notices, and taking them through their life."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response, status

from api.asking import AskerDep
from api.descriptions import problems
from api.routes.notices import answer, key_of
from api.schemas.notice_orders import (
    CorrectionOrder,
    DraftOrder,
    EditOrder,
    ReviewOrder,
    StepBody,
    TranslationOrder,
    to_restriction,
)
from api.schemas.notices import NoticeView, RestrictionBody
from api.service import ServiceDep
from engine.errors import BadRequest
from engine.noticeboard.acting import Target
from engine.noticeboard.correcting import correct
from engine.noticeboard.drafting import rewrite, write_draft
from engine.noticeboard.reading import Opened, open_notice
from engine.noticeboard.restricting import restrict
from engine.noticeboard.reviewing import review
from engine.noticeboard.steps import take
from engine.noticeboard.translating import translate
from engine.notices.file import NoticeFile
from engine.notices.lifecycle import Step
from engine.notices.texts import parse_language, read_in

router = APIRouter(prefix="/v1/notices", tags=["notices"])

_ACT = problems(400, 403, 404, 409, 412, 422, 503)

Match = Annotated[
    str,
    Header(
        alias="If-Match",
        max_length=30,
        description="The header `ETag` of the notice as you read it.",
        examples=['"3"'],
    ),
]


def target_of(colour: str, number: str, if_match: Match) -> Target:
    """The notice of a path, as the caller has read it.

    Raises:
        BadRequest: unknown colour, malformed number or revision.
    """
    revision = if_match.strip().strip('"')
    if not (revision.isascii() and revision.isdigit()):
        raise BadRequest(f"If-Match {if_match!r} is no revision of a notice")
    return Target(key_of(colour, number), int(revision))


TargetDep = Annotated[Target, Depends(target_of)]


@router.post("", status_code=status.HTTP_201_CREATED, responses=problems(400, 403, 404, 422, 503))
def post_notice(
    order: DraftOrder, asker: AskerDep, service: ServiceDep, response: Response
) -> NoticeView:
    """Draft a notice, or a diffusion, of your bureau. Nobody else sees it yet."""
    file = write_draft(service.catalogue, order.to_draft(), asker)
    response.headers["Location"] = file.notice.path
    return _show(file, response)


@router.put("/{colour}/{number}", responses=_ACT)
def put_notice(
    target: TargetDep, order: EditOrder, asker: AskerDep, service: ServiceDep, response: Response
) -> NoticeView:
    """Give a draft another content, or answer the General Secretariat's questions."""
    file = rewrite(service.catalogue, target, order.to_content(), asker, order.reason)
    return _show(file, response)


@router.post("/{colour}/{number}/steps/{step}", responses=_ACT)
def post_step(
    target: TargetDep,
    step: Step,
    body: StepBody,
    asker: AskerDep,
    service: ServiceDep,
    response: Response,
) -> NoticeView:
    """Take a step of the notice's life.

    Its bureau may `submit`, `withdraw` and `renew` a notice, and `circulate` a diffusion. The
    General Secretariat may `take-up`, `publish`, `refuse`, `suspend`, `resume` and `cancel`.
    """
    file = take(service.catalogue, target, body.to_order(step), asker)
    return _show(file, response)


@router.post("/{colour}/{number}/reviews", responses=_ACT)
def post_review(
    target: TargetDep, order: ReviewOrder, asker: AskerDep, service: ServiceDep, response: Response
) -> NoticeView:
    """Record a finding about the version that waits for one. A correction is decided by it."""
    file = review(service.catalogue, target, order.to_finding(), asker)
    return _show(file, response)


@router.post("/{colour}/{number}/corrections", responses=_ACT)
def post_correction(
    target: TargetDep,
    order: CorrectionOrder,
    asker: AskerDep,
    service: ServiceDep,
    response: Response,
) -> NoticeView:
    """Correct a notice in force: readers see it once it is approved; of a diffusion, at once."""
    file = correct(service.catalogue, target, order.to_content(), order.reason, asker)
    return _show(file, response)


@router.put("/{colour}/{number}/translations/{language}", responses=_ACT)
def put_translation(
    target: TargetDep,
    language: str,
    order: TranslationOrder,
    asker: AskerDep,
    service: ServiceDep,
    response: Response,
) -> NoticeView:
    """Translate texts of a notice; the answer is in that language, marked as yours."""
    code = parse_language(language)
    file = translate(service.catalogue, target, code, order.texts, asker)
    return answer(open_notice(service.catalogue, file.key, asker, code), response)


@router.put("/{colour}/{number}/restriction", responses=_ACT)
def put_restriction(
    target: TargetDep,
    body: RestrictionBody,
    asker: AskerDep,
    service: ServiceDep,
    response: Response,
) -> NoticeView:
    """Say who may see a notice; it holds from the next answer on."""
    file = restrict(service.catalogue, target, to_restriction(body), asker)
    return _show(file, response)


def _show(file: NoticeFile, response: Response) -> NoticeView:
    """The notice after an act, as it was written."""
    reading = read_in(file.notice, file.notice.language, ())
    return answer(Opened(file, reading, inside=True), response)
