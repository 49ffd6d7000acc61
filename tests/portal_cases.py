"""Cases and hits of the invented people, for pages to show."""

from __future__ import annotations

import hashlib
import itertools
from typing import Any

from engine.asker import Asker
from engine.examination import Conclusion, MarkedMinutia, MarkedPair, Verdict
from engine.examination.file import FoundCandidate
from engine.examining.deciding import VerdictOrder, give_verdict
from engine.examining.opening import CaseOrder, open_case
from engine.examining.reading import ShownCase
from engine.identity.roles import Role
from engine.identity.users import asker_of_user
from engine.lookup import look_up_person
from http_support import make_user
from portal_world import PortalWorld, probe_file

MATE = "FX-0007"
"""Of the usual probe."""

PAIR = MarkedPair(MarkedMinutia(120, 140, 0.5), MarkedMinutia(118, 150, 0.6))

_numbers = itertools.count(1)


def asker(world: PortalWorld, name: str, role: Role = Role.EXAMINER, ncb: str = "FR") -> Asker:
    """Somebody of a bureau who works on a case."""
    user = make_user(world.service.catalogue, name, ncb, frozenset({role}))
    return asker_of_user(user, user.scopes, "identification", "2026-CR-00123")


def open_a_case(world: PortalWorld, name: str = "opener") -> str:
    """Id of a new case of France about the mate of the usual probe."""
    by, number = asker(world, name), next(_numbers)
    found = look_up_person(world.service.catalogue, MATE, by).prints
    print_id = next(one.id for one in found if one.finger.label == "right_index")
    digest = hashlib.sha256(probe_file().read_bytes()).hexdigest()
    about = FoundCandidate(f"transaction:S-{number}", MATE, print_id, 0.61, digest)
    return open_case(world.service.catalogue, CaseOrder(f"C-{number}", about), by).file.id


def decide(
    world: PortalWorld, case_id: str, name: str, conclusion: Conclusion, reason: str = "Invented."
) -> ShownCase:
    """A case after somebody's verdict."""
    role = Role.NCB_OFFICER if name.startswith("officer") else Role.EXAMINER
    order = VerdictOrder(f"V-{next(_numbers)}", case_id, Verdict(conclusion, reason, (PAIR,)))
    return give_verdict(world.service.catalogue, order, asker(world, name, role))


def open_a_hit(world: PortalWorld) -> str:
    """Id of a hit that two examiners have confirmed."""
    case_id = open_a_case(world)
    decide(world, case_id, "one", Conclusion.IDENTIFICATION)
    hit_id = decide(world, case_id, "two", Conclusion.IDENTIFICATION).hit_id
    assert hit_id is not None
    return hit_id


def bring(page: Any, world: PortalWorld, case_id: str) -> None:
    """Open the workbench of a case: its probe is brought as its file."""
    page.goto(f"{world.url}/portal/examinations/{case_id}")
    if page.locator("input[type=file]").count():
        page.set_input_files("input[type=file]", probe_file())
        page.locator("main form button.primary").first.click()
    page.wait_for_selector("[data-workbench][data-ready]")
