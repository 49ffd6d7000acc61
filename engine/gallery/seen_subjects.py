"""Who may know of an event or an item of work, said to the database: whoever sees its subject."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Table, and_, exists, or_

from engine.asker import Asker
from engine.events.subject import SubjectKind
from engine.gallery.examination_tables import hit
from engine.gallery.hit_store import is_shown_hit
from engine.gallery.message_store import is_shown_thread
from engine.gallery.message_tables import message_thread
from engine.gallery.notice_audience import is_received
from engine.gallery.notice_tables import notice
from engine.gallery.seen_records import is_seen_person


def is_seen_subject(row: Table, asker: Asker, today: date) -> ColumnElement[bool]:
    """Rows whose subject an asker may see now.

    Args:
        row: a table with the columns `subject_kind`, `subject`, `colour` and `person_id`.
        asker: who asks.
        today: the day by which retention dates count.
    """
    of, about = row.c.subject_kind, row.c.subject
    open_ones = of.in_([SubjectKind.PERSON.value, SubjectKind.FREE.value])
    seen_notice = exists().where(
        notice.c.colour == row.c.colour, notice.c.entity_id == about, is_received(asker.ncb)
    )
    seen_hit = exists().where(hit.c.id == about, is_shown_hit(asker, today))
    seen_thread = exists().where(message_thread.c.id == about, is_shown_thread(asker, today))
    person = or_(row.c.person_id.is_(None), is_seen_person(row.c.person_id, asker, today))
    return and_(
        person,
        or_(
            open_ones,
            and_(of == SubjectKind.NOTICE.value, seen_notice),
            and_(of == SubjectKind.HIT.value, seen_hit),
            and_(of == SubjectKind.THREAD.value, seen_thread),
        ),
    )
