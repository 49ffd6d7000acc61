"""What is kept of a notice's life in the catalogue: versions, texts, findings, changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    Table,
    delete,
    func,
    insert,
    select,
)

from engine.gallery.notice_tables import (
    notice_change,
    notice_review,
    notice_text,
    notice_version,
)
from engine.gallery.times import as_utc
from engine.notices import NoticeKey, NoticeStatus
from engine.notices.record import Changed, Content, History, SignedReview, Version
from engine.notices.review import Review, Verdict
from engine.notices.signature import Signature
from engine.notices.texts import TranslatedText, Translation


def add_version(connection: Connection, key: NoticeKey, new: Version) -> None:
    """Keep a version."""
    connection.execute(
        insert(notice_version).values(
            **_key(key),
            version=new.number,
            fields=dict(new.content.fields),
            person_id=new.content.person_id,
            language=new.content.language,
            public_extract=new.content.public_extract,
            reason=new.reason,
            **_signature(new.by),
        )
    )


def read_version(connection: Connection, key: NoticeKey, number: int) -> Version:
    """A version that is on record."""
    query = select(notice_version).where(*_of(notice_version, key))
    return _version(
        connection.execute(query.where(notice_version.c.version == number)).mappings().one()
    )


def next_version(connection: Connection, key: NoticeKey) -> int:
    """Number of the version that will be written next."""
    query = select(func.max(notice_version.c.version)).where(*_of(notice_version, key))
    return (connection.execute(query).scalar() or 0) + 1


def add_review(connection: Connection, key: NoticeKey, new: SignedReview) -> None:
    """Keep a finding."""
    review = new.review
    connection.execute(
        insert(notice_review).values(
            **_key(key),
            version=review.version,
            verdict=review.verdict.value,
            article_2=review.article_2,
            article_3=review.article_3,
            gravity=review.gravity,
            reasons=list(review.reasons),
            **_signature(new.by),
        )
    )


def add_change(connection: Connection, key: NoticeKey, new: Changed) -> None:
    """Keep a change."""
    connection.execute(
        insert(notice_change).values(
            **_key(key),
            version=new.version,
            act=new.act,
            status=new.status.value,
            reasons=list(new.reasons),
            **_signature(new.by),
        )
    )


def read_history(connection: Connection, key: NoticeKey) -> History:
    """All that is kept of a notice."""
    versions = select(notice_version).where(*_of(notice_version, key))
    changes = select(notice_change).where(*_of(notice_change, key))
    return History(
        tuple(map(_version, _rows(connection, versions.order_by(notice_version.c.version)))),
        tuple(map(_change, _rows(connection, changes.order_by(notice_change.c.id)))),
        tuple(read_reviews(connection, key)),
    )


def read_reviews(connection: Connection, key: NoticeKey) -> list[SignedReview]:
    """All findings about a notice, the earliest first."""
    query = select(notice_review).where(*_of(notice_review, key)).order_by(notice_review.c.id)
    return [_review(row) for row in _rows(connection, query)]


def write_translation(
    connection: Connection, key: NoticeKey, version: int, new: Translation
) -> None:
    """Keep the texts of a translation; a text that there was is replaced."""
    old = (
        *_of(notice_text, key),
        notice_text.c.version == version,
        notice_text.c.language == new.language,
        notice_text.c.field.in_(list(new.texts)),
    )
    connection.execute(delete(notice_text).where(*old))
    place = {**_key(key), "version": version, "language": new.language}
    rows = [
        {**place, "field": name, "text": one.text, **_signature(one.by)}
        for name, one in new.texts.items()
    ]
    connection.execute(insert(notice_text), rows)


def read_translations(connection: Connection, key: NoticeKey, version: int) -> list[Translation]:
    """The translations of a version, by language."""
    query = select(notice_text).where(*_of(notice_text, key), notice_text.c.version == version)
    ordered = query.order_by(notice_text.c.language, notice_text.c.field)
    found: dict[str, dict[str, TranslatedText]] = {}
    for row in _rows(connection, ordered):
        texts = found.setdefault(row["language"], {})
        texts[row["field"]] = TranslatedText(row["text"], _signed(row))
    return [Translation(language, texts) for language, texts in found.items()]


def _rows(connection: Connection, query: Select[Any]) -> Sequence[RowMapping]:
    """The rows of a query."""
    return connection.execute(query).mappings().all()


def _key(key: NoticeKey) -> dict[str, Any]:
    """The columns that name a notice."""
    return {"colour": key.colour.value, "entity_id": key.entity_id}


def _of(table: Table, key: NoticeKey) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Conditions of the rows about a notice."""
    return table.c.colour == key.colour.value, table.c.entity_id == key.entity_id


def _signature(by: Signature) -> dict[str, Any]:
    """The columns of a signature."""
    return {"actor": by.actor, "ncb": by.ncb, "at": by.at}


def _signed(row: RowMapping) -> Signature:
    """The signature of a row."""
    return Signature(row["actor"], row["ncb"], as_utc(row["at"]))


def _version(row: RowMapping) -> Version:
    """A version from its row."""
    content = Content(row["fields"], row["person_id"], row["language"], row["public_extract"])
    return Version(row["version"], content, row["reason"], _signed(row))


def _change(row: RowMapping) -> Changed:
    """A change from its row."""
    status, reasons = NoticeStatus(row["status"]), tuple(row["reasons"])
    return Changed(row["version"], row["act"], status, reasons, _signed(row))


def _review(row: RowMapping) -> SignedReview:
    """A finding from its row."""
    review = Review(
        version=row["version"],
        examiner=row["actor"],
        verdict=Verdict(row["verdict"]),
        article_2=row["article_2"],
        article_3=row["article_3"],
        gravity=row["gravity"],
        reasons=tuple(row["reasons"]),
    )
    return SignedReview(review, _signed(row))
