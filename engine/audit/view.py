"""A row of the chain as somebody may see it.

Whoever runs the machine and the auditors of the General Secretariat see rows whole. A bureau sees
its own acts, and accesses to its own records. A record that is hidden from it by now is in neither:
an act on it is left out, and in a list of several its id is. What could tell what else a row says,
such as a digest, is never there.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from engine.asker import Asker
from engine.audit.persons_named import (
    is_done_to_persons,
    link_persons,
    name_persons,
    noun_of,
)
from engine.gallery.audit_query import visible_notices
from engine.gallery.audit_store import AuditRow, PersonLink, Way, links_of, owners_of
from engine.gallery.handling_store import find_person_facts
from engine.gallery.latent_store import visible_latents
from engine.identity.organisations import SECRETARIAT
from engine.policy import RecordFacts, may_see
from engine.policy.rules import is_owner
from engine.seeing import today


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row, or as much of it as an asker may see.

    Attributes:
        row: its plain fields; unless it is whole, without detail and hashes, and without subject
            if that may not be seen.
        persons: that it is about or showed.
        detail: further facts.
        whole: whether nothing can have been left out.
    """

    row: AuditRow
    persons: tuple[PersonLink, ...]
    detail: Mapping[str, Any]
    whole: bool


def sees_all(asker: Asker) -> bool:
    """Whether an asker sees every row: the machine's own administration, and the Secretariat."""
    return asker.ncb in ("", SECRETARIAT)


def show_rows(connection: Connection, rows: Collection[AuditRow], asker: Asker) -> list[ShownRow]:
    """Rows as an asker may see them now."""
    links = links_of(connection, [row.number for row in rows])
    if sees_all(asker):
        return [ShownRow(row, links.get(row.number, ()), detail_of(row), True) for row in rows]
    view = _View(connection, rows, links, asker)
    return [shown for row in rows if (shown := view.show(row)) is not None]


class _View:
    """What one asker sees of some rows."""

    def __init__(
        self,
        connection: Connection,
        rows: Collection[AuditRow],
        links: Mapping[int, tuple[PersonLink, ...]],
        asker: Asker,
    ) -> None:
        """Read what the policy must know."""
        self._asker = asker
        self._day = today()
        own = [row for row in rows if row.ncb == asker.ncb]
        self._links = {**links, **_links_of_old(connection, own)}
        ids = {one.person_id for many in self._links.values() for one in many}
        self._facts = find_person_facts(connection, ids)
        keys = {key for row in own for key in _notices_of(row)}
        latents = {one for row in own for one in _latents_of(row)}
        self._latents = visible_latents(connection, latents, asker, self._day)
        self._notices = visible_notices(connection, keys, asker.ncb)

    def show(self, row: AuditRow) -> ShownRow | None:
        """The row; None if the asker may not know of it."""
        links = self._links.get(row.number, ())
        own = row.ncb == self._asker.ncb
        seen = tuple(one for one in links if self._sees(one, own=own))
        hidden = {one.person_id for one in links} - {one.person_id for one in seen}
        about = {one.person_id for one in links if one.way == Way.ABOUT}
        if own:
            if row.form == 1 and is_done_to_persons(row.action) and not links:
                return None  # an erased person: whose it was is not known any more
            if (about & hidden and not _is_list(row)) or not self._sees_subject(row):
                return None
            return _in_part(row, row.subject, seen, self._detail(row, hidden))
        if not seen:
            return None
        subject = row.subject if about and not about & hidden else ""
        return _in_part(row, subject, seen, {})

    def _sees(self, link: PersonLink, *, own: bool) -> bool:
        """Whether the asker may know of a person in an act of its own bureau or another's.

        An owner still learns who saw a record that is past its time or erased.
        """
        asker, facts = self._asker, self._facts.get(link.person_id)
        mine = is_owner(asker, link.owner)
        if facts is None or facts.owner != link.owner:
            return mine
        if mine:
            return _is_cleared(asker, facts)
        return own and may_see(asker, facts, self._day)

    def _sees_subject(self, row: AuditRow) -> bool:
        """Whether a notice or latent that an act was done to, if it was, may be seen."""
        if _is_of_latents(row) and row.subject and row.subject not in self._latents:
            return False
        key = _notice_key(row.subject) if _is_of_notices(row) else None
        return key is None or key in self._notices

    def _detail(self, row: AuditRow, hidden: Collection[str]) -> dict[str, Any]:
        """The detail of an act of one's own, without digests and without what is hidden."""
        # Lists beside a list of persons hold ids of what belongs to them.
        listed = any(one.way == Way.ABOUT for one in self._links.get(row.number, ()))
        kept = {
            name: value
            for name, value in detail_of(row).items()
            if not name.endswith("_sha256")
            and not (listed and _is_list(row) and isinstance(value, list))
        }
        latents = kept.get("latents")
        if isinstance(latents, list):
            kept["latents"] = [one for one in latents if one in self._latents]
        shown = kept.get("shown")
        if isinstance(shown, list):
            kept["shown"] = [one for one in shown if one not in hidden and self._knows(row, one)]
        return kept

    def _knows(self, row: AuditRow, shown: Any) -> bool:
        """Whether something that was shown, if it is a notice, may be seen."""
        key = _notice_key(shown) if _is_of_notices(row) and isinstance(shown, str) else None
        return key is None or key in self._notices


def _in_part(
    row: AuditRow, subject: str, persons: tuple[PersonLink, ...], detail: Mapping[str, Any]
) -> ShownRow:
    """A row of which nothing is left but what may be seen."""
    left = replace(row, subject=subject, detail="", persons="", previous="", hash="")
    return ShownRow(left, persons, detail, False)


def detail_of(row: AuditRow) -> dict[str, Any]:
    """The detail of a row; nothing if somebody has made it unreadable."""
    try:
        found = json.loads(row.detail)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_cleared(asker: Asker, facts: RecordFacts) -> bool:
    """Whether an asker's clearance is that of a record."""
    return asker.clearance >= facts.classification


def _links_of_old(
    connection: Connection, rows: Collection[AuditRow]
) -> dict[int, tuple[PersonLink, ...]]:
    """The persons of rows from before they were written down, told from what the rows say."""
    named = {
        row.number: name_persons(connection, row.action, row.subject, detail_of(row))
        for row in rows
        if row.form == 1
    }
    owners = owners_of(connection, {one for ways in named.values() for one in ways})
    return {number: link_persons(ways, owners) for number, ways in named.items()}


def _is_list(row: AuditRow) -> bool:
    """Whether an act was done to nothing in particular: it would have been, without a record."""
    return not row.subject or (row.subject == row.ncb and not is_done_to_persons(row.action))


def _is_of_notices(row: AuditRow) -> bool:
    """Whether a row's subject, or what it showed, is notices."""
    return noun_of(row.action).startswith("notice") or row.action == "inbox.read"


def _is_of_latents(row: AuditRow) -> bool:
    """Whether a row's subject is a latent."""
    return noun_of(row.action).startswith("latent")


def _latents_of(row: AuditRow) -> set[str]:
    """The latents that a row names."""
    shown = detail_of(row).get("latents")
    named = [row.subject] if _is_of_latents(row) and row.subject else []
    listed = shown if isinstance(shown, list) else []
    return {*named, *(one for one in listed if isinstance(one, str))}


def _notices_of(row: AuditRow) -> set[tuple[str, str]]:
    """The notices that a row names."""
    if not _is_of_notices(row):
        return set()
    shown = detail_of(row).get("shown")
    named = [row.subject, *(shown if isinstance(shown, list) else ())]
    keys = (_notice_key(one) for one in named if isinstance(one, str))
    return {key for key in keys if key is not None}


def _notice_key(text: str) -> tuple[str, str] | None:
    """Colour and id of a notice; None if the text names none."""
    colour, _, entity_id = text.partition("/")
    return (colour, entity_id) if entity_id else None
