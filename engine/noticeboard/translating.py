"""Translations of a notice's texts into the other official languages."""

from __future__ import annotations

from collections.abc import Mapping

from engine.asker import Asker
from engine.errors import Forbidden
from engine.gallery.catalogue import Catalogue
from engine.gallery.notice_log import write_translation
from engine.noticeboard.acting import Act, Target, acting, conclude, find_anew
from engine.notices import Kind, Notice, NoticeStatus
from engine.notices.file import NoticeFile
from engine.notices.party import OFFICER, Party
from engine.notices.texts import TranslatedText, Translation, check_translation


def translate(
    catalogue: Catalogue, target: Target, language: str, texts: Mapping[str, str], asker: Asker
) -> NoticeFile:
    """Keep translations of texts of the version that readers see, with who made them.

    The owner translates drafts and its own diffusions. From the request on a notice is
    translated by the General Secretariat, so that nobody reads what was not reviewed.

    Raises:
        NotFound: there is no such notice, or the asker may not see it.
        StaleVersion: it has changed meanwhile.
        Forbidden: it is for somebody else to translate.
        BadRequest: a text is none of this notice, or malformed.
    """
    with acting(catalogue, target, asker) as act:
        _require_translator(act)
        check_translation(act.file.notice, language, texts)
        new = {name: TranslatedText(text, act.signature) for name, text in texts.items()}
        translation = Translation(language, new)
        write_translation(act.connection, act.file.key, act.file.version, translation)
        find_anew(act.connection, act.file)
        return conclude(act, f"translate-{language}", act.file)


def _require_translator(act: Act) -> None:
    """Check that the translation is the asker's to make.

    Raises:
        Forbidden: it is not.
    """
    if not is_translator(act.file.notice, act.party):
        raise Forbidden(
            "drafts and diffusions are translated by their owner, others by the General Secretariat"
        )


def is_translator(notice: Notice, party: Party) -> bool:
    """Whether the texts of a notice are a party's to translate."""
    is_free = notice.status is NoticeStatus.DRAFT or notice.kind is Kind.DIFFUSION
    fits = party.ncb == notice.ncb if is_free else party.is_secretariat
    return fits and OFFICER in party.roles
