"""Showing the page of a notice, also after an act on it that was refused."""

from __future__ import annotations

from fastapi import Response

from api.portal.desk import Desk
from api.portal.marking import N_
from api.portal.notice_faults import read_faults
from api.portal.notice_groups import groups_of
from api.portal.notice_inputs import INPUTS
from api.portal.pages import show
from api.portal.reading_notices import notice_page
from engine.notices import NoticeKey
from engine.notices.fields import TRANSLATED
from engine.notices.texts import parse_language

REFUSED = N_("Something is missing or not in order. Say why where a reason is asked for.")


def page_path(key: NoticeKey) -> str:
    """Where the page of a notice is."""
    return f"/portal/notices/{key.colour}/{key.entity_id.replace('/', '-')}"


def show_notice_page(
    desk: Desk, key: NoticeKey, language: str = "", refused: str = "", wrong: str = ""
) -> Response:
    """The page of a notice.

    Args:
        desk: of the reader.
        key: of the notice.
        language: of its texts; none is that of the page.
        refused: name of the act that was refused, none if none was.
        wrong: why, in the words of the rules.
    """
    wanted = parse_language(language) if language else desk.language
    page = notice_page(desk.service, key, desk.asker, wanted)
    plain = {name for name in page.opened.reading.fields if name not in TRANSLATED}
    faults = read_faults(wrong, desk.translate) if wrong else []
    return show(
        desk.request, "notices/one.html", 422 if refused else 200,
        page=page, file=page.file, notice=page.file.notice, reading=page.opened.reading,
        path=page_path(key), groups=groups_of(plain), inputs=INPUTS, refused=refused,
        faults=faults, wrong=REFUSED, asker=desk.asker,
    )  # fmt: skip
