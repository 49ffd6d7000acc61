"""Probes: dropped after their search, unless it asks for them to be kept and the machine allows it.

Kept probes are their bureau's alone, for a time that the machine's settings say, and are erased by
the clock when it is over.
"""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

from engine import audit
from engine.asker import Asker
from engine.candidates import ImageFile, SearchAnswer, SearchRequest
from engine.errors import Forbidden, NotFound
from engine.gallery.catalogue import Catalogue
from engine.gallery.probe_store import (
    KeptProbe,
    ProbePrint,
    add_probe,
    erase_probes,
    list_probes,
    prints_of_probe,
    read_probe,
)
from engine.seeing import today


def require_keeping(days: int, asker: Asker) -> None:
    """Check that probes may be kept, before anything is searched.

    Raises:
        Forbidden: the machine keeps none, or the asker is of no organisation.
    """
    if not days:
        raise Forbidden("store_probe: this server keeps no probes (WHORL_PROBE_DAYS)")
    if not asker.ncb:
        raise Forbidden("store_probe: a kept probe is that of an organisation")


def keep_probe(
    catalogue: Catalogue, request: SearchRequest, answer: SearchAnswer, days: int, asker: Asker
) -> KeptProbe:
    """Keep what was searched, for so many days."""
    now = datetime.now(UTC)
    kept = KeptProbe(
        id=uuid.uuid4().hex,
        ncb=asker.ncb,
        actor=asker.actor,
        purpose=asker.purpose,
        case_ref=asker.case_ref,
        mode=request.mode,
        classification=int(asker.clearance),
        at=now,
        until=now.date() + timedelta(days=days),
    )
    with catalogue.recording() as connection:
        add_probe(connection, kept, _prints(request, answer))
        until = {"until": kept.until.isoformat()}
        audit.record(connection, asker, "probe.keep", kept.id, until)
    return kept


def _prints(request: SearchRequest, answer: SearchAnswer) -> list[ProbePrint]:
    """The prints with the templates that were searched."""
    templates = (answer.probe, *answer.others)
    prints = []
    for one, template in zip(request.probes, templates, strict=True):
        file = one.probe if isinstance(one.probe, ImageFile) else None
        image, ppi = (None, None) if file is None else (file.data, file.ppi)
        prints.append(ProbePrint(one.finger, template, ppi, image))
    return prints


def list_kept(
    catalogue: Catalogue, offset: int, limit: int, asker: Asker
) -> tuple[list[KeptProbe], int]:
    """A part of the probes of the asker's bureau, the newest first, and the number of all."""
    with catalogue.recording() as connection:
        found, total = list_probes(connection, offset, limit, asker, today())
        shown = {"probes": [one.id for one in found]}
        audit.record(connection, asker, "list.probes", "", shown)
        return found, total


def open_probe(
    catalogue: Catalogue, probe_id: str, asker: Asker
) -> tuple[KeptProbe, list[ProbePrint]]:
    """A probe of the asker's bureau with its prints.

    Raises:
        NotFound: there is none.
    """
    with catalogue.recording() as connection:
        found = read_probe(connection, probe_id, asker, today())
        audit.record(connection, asker, "read.probe", probe_id, {})
        return found, prints_of_probe(connection, found)


def open_probe_image(catalogue: Catalogue, probe_id: str, place: int, asker: Asker) -> ImageFile:
    """The image file of a print of a probe, counted from 0.

    Raises:
        NotFound: there is none, or minutiae came alone.
    """
    _, prints = open_probe(catalogue, probe_id, asker)
    one = prints[place] if 0 <= place < len(prints) else None
    if one is None or one.image is None:
        raise NotFound(f"no image {place} of probe {probe_id!r}")
    return ImageFile(one.image, f"probe {probe_id}", one.ppi)


def erase_over(catalogue: Catalogue, now: datetime, asker: Asker) -> int:
    """Erase the probes whose last day has passed; returns how many there were."""
    day: date = now.date()
    with catalogue.recording() as connection:
        gone = erase_probes(connection, day)
        if gone:
            audit.record(connection, asker, "probe.purge", "", {"probes": len(gone)})
        return len(gone)
