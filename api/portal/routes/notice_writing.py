"""Writing notices: drafts, other texts of them, corrections and translations."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response
from pydantic import ValidationError

from api.portal.desk import Desk, DeskDep
from api.portal.forms import FormDep, PortalForm, portal_router
from api.portal.marking import N_
from api.portal.notice_faults import by_field, read_faults
from api.portal.notice_form import read_content, read_restriction, typed
from api.portal.notice_groups import groups_of
from api.portal.notice_inputs import INPUTS
from api.portal.notice_view import page_path, show_notice_page
from api.portal.pages import go, show
from api.portal.reading_notices import doings_of
from api.routes.notice_acts import target_of
from api.routes.notices import key_of
from api.schemas.notice_orders import CorrectionOrder, DraftOrder, EditOrder, TranslationOrder
from engine.errors import BadRequest, Conflict, Forbidden, NotFound
from engine.noticeboard.correcting import correct
from engine.noticeboard.drafting import rewrite, write_draft
from engine.noticeboard.reading import open_notice, read_life
from engine.noticeboard.translating import translate
from engine.notices import Colour, Kind, NoticeKey, parse_colour
from engine.notices.file import NoticeFile
from engine.notices.record import Content, Version
from engine.notices.rules import RULES
from engine.notices.texts import original_texts, parse_language

router = portal_router("portal")

WRONG = N_("The text was not kept. See what stands beside the fields.")
WRONG_ORDER = N_(
    "Check what stands below the fields: the recipients are known codes of bureaus, a diffusion "
    "names those it is for, the last day is within five years, and a correction has a reason."
)
NO_PERSON = N_("There is no such person on record that you may see.")
WRONG_TRANSLATION = N_("The translation was not kept: fill in at least one text, none too long.")


@router.get("/portal/notices/new")
def get_new_notice(
    request: Request, colour: str = "", kind: str = "notice", person: str = ""
) -> Response:
    """Choose a colour; then the form of a notice of that colour."""
    if not colour:
        return show(request, "notices/colours.html", rules=RULES, about=person[:64])
    said = {"content": Content(person_id=person[:64] or None), "kind": _kind(kind).value}
    return _form(request, parse_colour(colour), said)


@router.post("/portal/notices")
def post_notice(form: FormDep, desk: DeskDep) -> Response:
    """Draft a notice or a diffusion; nobody else sees it yet."""
    colour = parse_colour(form.one("colour"))
    try:
        order = DraftOrder.model_validate(
            {
                **read_content(form, RULES[colour].allowed),
                "colour": colour,
                "kind": form.one("kind") or Kind.NOTICE,
                "restriction": read_restriction(form),
                "expires_on": form.one("expires_on") or None,
            }
        )
        file = write_draft(desk.service.catalogue, order.to_draft(), desk.asker)
    except (BadRequest, ValidationError, NotFound) as error:
        return _again(desk, colour, form, error)
    return go(page_path(file.key), "drafted")


@router.get("/portal/notices/{colour}/{number}/edit")
def get_notice_edit(colour: str, number: str, desk: DeskDep) -> Response:
    """The form of another content: of a draft at once, of what is in force as a correction."""
    file, version = _written(desk, key_of(colour, number))
    return _form(desk.request, file.notice.colour, {"content": version.content}, file=file)


@router.post("/portal/notices/{colour}/{number}")
def post_notice_edit(colour: str, number: str, form: FormDep, desk: DeskDep) -> Response:
    """Give a draft another content, or answer the General Secretariat's questions."""
    target = target_of(colour, number, form.one("revision"))
    try:
        said = read_content(form, RULES[target.key.colour].allowed)
        order = EditOrder.model_validate({**said, "reason": form.one("reason")})
        rewrite(desk.service.catalogue, target, order.to_content(), desk.asker, order.reason)
    except (BadRequest, ValidationError) as error:
        return _again(desk, target.key.colour, form, error, target.key)
    return go(page_path(target.key), "edited")


@router.post("/portal/notices/{colour}/{number}/corrections")
def post_notice_correction(colour: str, number: str, form: FormDep, desk: DeskDep) -> Response:
    """Correct a notice in force."""
    target = target_of(colour, number, form.one("revision"))
    try:
        said = read_content(form, RULES[target.key.colour].allowed)
        order = CorrectionOrder.model_validate({**said, "reason": form.one("reason")})
        correct(desk.service.catalogue, target, order.to_content(), order.reason, desk.asker)
    except (BadRequest, ValidationError) as error:
        return _again(desk, target.key.colour, form, error, target.key)
    return go(page_path(target.key), "corrected")


@router.get("/portal/notices/{colour}/{number}/translations/{language}")
def get_notice_translation(colour: str, number: str, language: str, desk: DeskDep) -> Response:
    """The form of a translation, beside the original."""
    return _translation(desk, key_of(colour, number), parse_language(language))


@router.post("/portal/notices/{colour}/{number}/translations/{language}")
def post_notice_translation(
    colour: str, number: str, language: str, form: FormDep, desk: DeskDep
) -> Response:
    """Keep a translation of the texts that were filled in."""
    target, code = target_of(colour, number, form.one("revision")), parse_language(language)
    texts = {name: form.one(name) for name, _ in form.fields if name in INPUTS and form.one(name)}
    try:
        order = TranslationOrder.model_validate({"texts": texts})
        translate(desk.service.catalogue, target, code, order.texts, desk.asker)
    except (BadRequest, ValidationError):
        return _translation(desk, target.key, code, texts, WRONG_TRANSLATION)
    return go(f"{page_path(target.key)}?language={code}&done=translated")


def _written(desk: Desk, key: NoticeKey) -> tuple[NoticeFile, Version]:
    """A notice whose content the asker may change, with its latest version.

    Raises:
        NotFound: there is none that the asker may see.
        Forbidden: the asker's organisation does not own it, or the asker does not write.
        Conflict: it cannot be changed as it stands.
    """
    opened = open_notice(desk.service.catalogue, key, desk.asker)
    life = read_life(desk.service.catalogue, key, desk.asker)
    doings = doings_of(opened.file, life, desk.asker)
    if not doings.restricts:
        raise Forbidden("only its owner changes a notice")
    if not (doings.edits or doings.corrects):
        raise Conflict(f"notice {key} is {opened.file.notice.status}: it cannot be changed")
    number = opened.file.reviewed_version
    return opened.file, next(one for one in life.versions if one.number == number)


def _form(
    request: Request,
    colour: Colour,
    said: dict[str, Any],
    file: NoticeFile | None = None,
    error: str = "",
    errors: dict[str, str] | None = None,
) -> Response:
    """The form of a notice of a colour; without a file it is a new one."""
    rules = RULES[colour]
    usual = {"kind": "notice", "mode": "ALL", "ncbs": "", "expires_on": "", "reason": ""}
    return show(
        request, "notices/form.html", 422 if error else 200,
        colour=colour.value, rules=rules, groups=groups_of(rules.allowed), inputs=INPUTS,
        said={**usual, **said}, file=file, path=page_path(file.key) if file else "",
        corrects=file is not None and file.published_at is not None,
        typed=typed, error=error, errors=errors or {},
    )  # fmt: skip


def _again(
    desk: Desk, colour: Colour, form: PortalForm, error: Exception, key: NoticeKey | None = None
) -> Response:
    """The form with what was typed, and with what is wrong beside each field."""
    rules = RULES[colour]
    content = read_content(form, rules.allowed)
    names = ("mode", "ncbs", "expires_on", "reason")
    said: dict[str, Any] = {name: form.one(name) for name in names}
    said["kind"] = _kind(form.one("kind") or "notice").value
    said["content"] = Content(
        content["fields"], content["person"], content["language"], content["public_extract"]
    )
    file = None if key is None else _written(desk, key)[0]
    faults = by_field(read_faults(str(error), desk.translate))
    if isinstance(error, NotFound):
        faults = {"person": desk.translate(NO_PERSON)}
    text = WRONG if faults else WRONG_ORDER
    return _form(desk.request, colour, said, file, text, faults)


def _kind(text: str) -> Kind:
    """A kind of notice.

    Raises:
        BadRequest: it is none.
    """
    if text not in list(Kind):
        raise BadRequest("kind: choose notice or diffusion")
    return Kind(text)


def _translation(
    desk: Desk, key: NoticeKey, language: str, said: dict[str, str] | None = None, error: str = ""
) -> Response:
    """The form of a translation."""
    opened = open_notice(desk.service.catalogue, key, desk.asker, language)
    if opened.file.notice.language == language:
        return show_notice_page(desk, key, language)
    there = {
        name: str(opened.reading.fields[name])
        for name, origin in opened.reading.origins.items()
        if not origin.fall_back
    }
    notice = opened.file.notice
    return show(
        desk.request, "notices/translation.html", 422 if error else 200,
        file=opened.file, notice=notice, originals=original_texts(notice), inputs=INPUTS,
        language=language, texts=said or there, error=error, path=page_path(key),
    )  # fmt: skip
