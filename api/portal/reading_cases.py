"""What the page of a case needs: its print, its probe if that is at hand, and its reader's seat."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from api.bodies import Upload
from api.found_candidates import hash_probe
from api.portal.case_probes import CaseProbe, CaseProbes
from api.portal.shelf import RunningSearch
from api.portal.workbench import Bench, BenchPrint
from api.schemas.answers import show_probe
from api.service import Service
from engine.asker import Asker
from engine.errors import BadRequest, Conflict, Forbidden, NotFound
from engine.examination import Decision, Seat, examiner_of
from engine.examination.deciding import seat_for
from engine.examination.file import CaseFile, FoundCandidate
from engine.examining.comparison import compare_prints
from engine.examining.reading import ShownCase
from engine.gallery.print_store import PrintRecord
from engine.images import read_image
from engine.lookup import look_up_print
from engine.records import PPI, Template


@dataclass(frozen=True, slots=True, eq=False)
class CasePage:
    """What the page shows.

    Attributes:
        shown: the case, as far as its reader may know it.
        record, template: of the candidate's print; None if it is not there any more.
        probe: None if nobody has brought it.
        seat: in which the reader may decide now; None if the reader may not.
        own: the reader's verdict, if it can be corrected.
        transaction_id: for the form.
    """

    shown: ShownCase
    record: PrintRecord | None
    template: Template | None
    probe: CaseProbe | None
    seat: Seat | None
    own: Decision | None
    transaction_id: str

    @property
    def file(self) -> CaseFile:
        """The case."""
        return self.shown.file


def case_page(service: Service, probes: CaseProbes, shown: ShownCase, asker: Asker) -> CasePage:
    """The page of a case that was opened."""
    record, template = _candidate(service, shown.file, asker)
    seat, own = _seat(shown.file, asker), _own(shown.file, asker)
    probe = probes.get(shown.file.id)
    return CasePage(shown, record, template, probe, seat, own, uuid.uuid4().hex)


def bench_of(page: CasePage, labels: Sequence[str]) -> Bench | None:
    """The workbench of a case; None without its probe or its print."""
    if page.probe is None or page.template is None:
        return None
    found = compare_prints(page.probe.template, page.template)
    here, print_id = f"/portal/examinations/{page.file.id}", page.file.candidate.print_id
    images = (f"{here}/probe", f"/portal/prints/{print_id}/image")
    templates = (page.probe.template, page.template)
    sides = [
        BenchPrint(label, image, one.width, one.height, one.minutiae)
        for label, image, one in zip(labels, images, templates, strict=True)
    ]
    marked = () if page.own is None else page.own.verdict.pairs
    return Bench(sides[0], sides[1], found.pairs, found.transform, marked)


def bring_probe(service: Service, file: CaseFile, sent: Sequence[Upload]) -> CaseProbe:
    """The probe of a case from its file, after a look whether it is that.

    Raises:
        BadRequest: nothing was sent, or another print.
        BadImage, NoFingerprint: it cannot be read.
    """
    if not sent:
        raise BadRequest("probe: choose its file")
    image = read_image(sent[-1].data, sent[-1].name, None)
    template = service.extractor.extract(image, exact_quality=False)
    kind = file.candidate.search.partition(":")[0]
    of_file = hashlib.sha256(sent[-1].data).hexdigest()
    found = of_file if kind == "transaction" else hash_probe(show_probe(template))
    if found != file.candidate.probe_sha256:
        raise BadRequest(f"{sent[-1].name}: this is not the print that was searched")
    return CaseProbe(image.pixels, template)


def probe_of_search(search: RunningSearch | None, about: FoundCandidate) -> CaseProbe | None:
    """The probe of a search that is still in memory and that found a candidate."""
    for one in () if search is None else search.probes:
        if hash_probe(show_probe(one.template)) == about.probe_sha256:
            return CaseProbe(read_image(one.png, "probe", PPI).pixels, one.template)
    return None


def _candidate(
    service: Service, file: CaseFile, asker: Asker
) -> tuple[PrintRecord | None, Template | None]:
    """The candidate's print; it may be erased although the case about it stays."""
    try:
        return look_up_print(service.catalogue, file.candidate.print_id, asker)
    except NotFound:
        return None, None


def _seat(file: CaseFile, asker: Asker) -> Seat | None:
    """In which place somebody may decide now, by the rule that will judge it."""
    examiner = examiner_of(asker)
    if not examiner.decides:
        return None
    try:
        return seat_for(file.case, examiner)
    except (Conflict, Forbidden):
        return None


def _own(file: CaseFile, asker: Asker) -> Decision | None:
    """The verdict that somebody may correct."""
    own = file.case.own(asker.actor)
    standing = own is not None and file.case.standing(own.seat) == own
    return own if standing and examiner_of(asker).decides else None
