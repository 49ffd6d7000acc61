"""Every way of tampering is found at the first row that it broke, on both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, delete, insert, update

import audit_support as hands
from audit_support import (
    PERSONS,
    act,
    copy_of,
    make_anew,
    put_back,
    rehash_from,
    remove,
    row_at,
)
from engine.audit.breaks import BreakKind
from engine.audit.checkpointing import write_checkpoint
from engine.audit.proof import Proof
from engine.errors import Conflict
from engine.gallery.catalogue import Catalogue

Prove = Callable[[], Proof]
Hand = Callable[[Connection], None]


def found(proof: Proof) -> tuple[int, BreakKind]:
    """Where a chain is broken, and how."""
    broken = proof.verdict.broken
    assert broken is not None
    assert proof.verdict.rows == broken.row - 1
    assert f"row {broken.row}" in broken.words or f"rows {broken.row}" in broken.words
    return broken.row, broken.kind


def test_an_untouched_chain_is_sound(proven: Prove) -> None:
    """All rows agree, and all checkpoints."""
    proof = proven()
    assert proof.is_sound
    assert (proof.verdict.rows, proof.verdict.checkpoints, proof.verdict.covered) == (12, 2, 9)
    assert proof.notes == ()


def swap_contents(connection: Connection) -> None:
    """Rows 2 and 7 say what the other said, each in its place of the chain."""
    two, seven = row_at(connection, 2), row_at(connection, 7)
    for row, number in ((two, 7), (seven, 2)):
        said = {name: getattr(row, name) for name in ("at", "actor", "subject", "detail", "action")}
        hands.rewrite(connection, number, **said, persons=row.persons)


def copy_of_a_row(connection: Connection) -> None:
    """Row 3 comes once more at 8, with its old hash."""
    hands.shift(connection, 8, 1)
    row = row_at(connection, 3)
    values = {name: getattr(row, name) for name in row.__dataclass_fields__}
    connection.execute(insert(hands.AUDIT), {**values, "number": 8})


def removed_and_renumbered(connection: Connection) -> None:
    """Rows 3 and 4 are gone and those after have moved up."""
    remove(connection, 3, 4)
    hands.shift(connection, 5, -2)


def moved_to_the_end(connection: Connection) -> None:
    """Row 6 stands last, the others have moved up."""
    hands.swap_numbers(connection, 6, 20)
    hands.shift(connection, 7, -1)
    hands.swap_numbers(connection, 19, 12)


CASES: dict[str, tuple[Hand, int, BreakKind]] = {
    "an edit": (lambda c: hands.rewrite(c, 6, actor="x"), 6, BreakKind.EDITED),
    "an edit of the last row": (lambda c: hands.rewrite(c, 12, actor="x"), 12, BreakKind.EDITED),
    "an edit with its hash": (lambda c: hands.rehash(c, 6, actor="x"), 6, BreakKind.EDITED),
    "an edit of a signed row": (lambda c: hands.rehash(c, 9, actor="x"), 9, BreakKind.EDITED),
    "an edit after a signed row": (
        lambda c: hands.rehash(c, 10, previous="0" * 64),
        10,
        BreakKind.EDITED,
    ),
    "all after a signed row": (
        lambda c: (hands.rewrite(c, 10, previous="0" * 64), rehash_from(c, 10)),
        10,
        BreakKind.EDITED,
    ),
    "a hash": (lambda c: hands.rewrite(c, 6, hash="0" * 64), 6, BreakKind.EDITED),
    "an older form": (lambda c: hands.rewrite(c, 6, form=1), 6, BreakKind.EDITED),
    "no form": (lambda c: hands.rewrite(c, 6, form=7), 6, BreakKind.EDITED),
    "a deletion": (lambda c: remove(c, 6, 6), 6, BreakKind.DELETED),
    "deletions": (lambda c: remove(c, 1, 3), 1, BreakKind.DELETED),
    "a deletion, renumbered": (removed_and_renumbered, 3, BreakKind.DELETED),
    "an insertion": (lambda c: hands.put_in(c, 6, actor="x"), 6, BreakKind.INSERTED),
    "a copy of a row": (copy_of_a_row, 8, BreakKind.INSERTED),
    "a row before the first": (
        lambda c: hands.swap_numbers(c, 6, -5),
        1,
        BreakKind.INSERTED,
    ),
    "two rows swapped": (lambda c: hands.swap_numbers(c, 2, 7), 2, BreakKind.REORDERED),
    "neighbours swapped": (lambda c: hands.swap_numbers(c, 11, 12), 11, BreakKind.REORDERED),
    "contents swapped": (swap_contents, 2, BreakKind.REORDERED),
    "a row moved": (moved_to_the_end, 6, BreakKind.REORDERED),
    "the end, before it": (lambda c: remove(c, 8, 12), 8, BreakKind.TRUNCATED),
    "everything": (lambda c: remove(c, 1, 12), 1, BreakKind.TRUNCATED),
}


@pytest.mark.parametrize("case", CASES)
def test_tampering_is_named(chain: Catalogue, proven: Prove, case: str) -> None:
    """The first broken row, and what was done to it."""
    hand, row, kind = CASES[case]
    with chain.recording() as connection:
        hand(connection)
    assert found(proven()) == (row, kind)
    assert not proven().is_sound


@pytest.mark.parametrize(
    "statement",
    [
        update(PERSONS).where(PERSONS.c.number == 7).values(owner="DE"),
        update(PERSONS).where(PERSONS.c.number == 7).values(person_id="P9"),
        update(PERSONS).where(PERSONS.c.number == 7).values(way="shown"),
        delete(PERSONS).where(PERSONS.c.number == 7),
        insert(PERSONS).values(number=7, person_id="P9", owner="DE", way="shown"),
    ],
)
def test_an_edited_list_of_persons_shows(chain: Catalogue, proven: Prove, statement) -> None:
    """It is bound to its row: no owner can be kept from an access, and none invented."""
    with chain.recording() as connection:
        connection.execute(statement)
    assert found(proven()) == (7, BreakKind.EDITED)
    assert "list of persons" in proven().verdict.broken.words


def test_a_cut_after_the_last_checkpoint_leaves_persons(chain: Catalogue, proven: Prove) -> None:
    """Without them it is the one thing that only the next checkpoint could have shown."""
    with chain.recording() as connection:
        connection.execute(delete(hands.AUDIT).where(hands.NUMBER > 11))
    assert found(proven()) == (12, BreakKind.TRUNCATED)
    with chain.recording() as connection:
        connection.execute(delete(PERSONS).where(PERSONS.c.number > 11))
    assert proven().is_sound


def test_a_history_written_anew_is_told_by_a_checkpoint(chain: Catalogue, proven: Prove) -> None:
    """All hashes fit, but not the signed one; it lies after the last that does."""
    with chain.recording() as connection:
        hands.rewrite(connection, 7, actor="x")
        make_anew(connection, 7)
    assert found(proven()) == (5, BreakKind.REWRITTEN)


def test_an_old_copy_of_the_database_is_told(chain: Catalogue, proven: Prove, places) -> None:
    """By the catalogue's clock, which has gone back too."""
    with chain.reading() as connection:
        copied = copy_of(connection)
    act(chain, 3, start=5)
    write_checkpoint(chain, places, hands.ACTOR)
    with chain.recording() as connection:
        put_back(connection, copied)
    assert found(proven()) == (13, BreakKind.RESTORED)


def test_an_old_copy_that_was_used_is_told(chain: Catalogue, proven: Prove, places) -> None:
    """From the first row on that was written after it had been put back."""
    with chain.reading() as connection:
        copied = copy_of(connection)
    act(chain, 3, start=5)
    write_checkpoint(chain, places, hands.ACTOR)
    with chain.recording() as connection:
        put_back(connection, copied)
    act(chain, 4, start=20)
    assert found(proven()) == (13, BreakKind.RESTORED)
    with pytest.raises(Conflict, match="whorl audit verify"):
        write_checkpoint(chain, places, hands.ACTOR)
