"""The form of a search: what was filled in, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from api.portal.forms import PortalForm
from api.portal.looking import of_finger
from api.portal.marking import N_
from api.portal.shelf import ShelvedProbe
from engine.candidates import MAX_TOP
from engine.errors import BadRequest, NotFound
from engine.fingers import Finger, parse_finger
from engine.members import regions

NO_IMAGE = N_("Choose at least one image of a print.")
GONE = N_("An image was in memory for too long and is gone: choose the file again.")
NO_CASE = N_("Name the case that this search is for.")
NO_REGION = N_("Choose at least one region.")
BAD_NUMBER = N_("Use a number within the limits.")
NAME_EACH = N_("With several prints of one person, say of each which finger it is.")
TWICE = N_("Two prints are of the same finger.")
TOO_MANY = N_("A search takes at most ten prints, one of each finger.")

MOST_PROBES = 10
LEAST_PPI, MOST_PPI = 100.0, 4000.0


@dataclass(frozen=True, slots=True)
class SearchFields:
    """What a form says.

    Attributes:
        probes: that were looked at.
        purpose, case_ref: why.
        regions: to search.
        top: most candidates.
        ppi: of images that do not tell; empty if not said.
        keep: whether the probe is to be kept.
        errors: what is wrong, by the name of the field; to be translated.
    """

    probes: tuple[ShelvedProbe, ...] = ()
    purpose: str = "identification"
    case_ref: str = ""
    regions: tuple[str, ...] = field(default_factory=regions)
    top: str = "20"
    ppi: str = ""
    keep: bool = False
    errors: Mapping[str, str] = field(default_factory=dict)


def read_fields(form: PortalForm, find: Callable[[str], ShelvedProbe]) -> SearchFields:
    """What a form says; the probes are found by their ids."""
    errors: dict[str, str] = {}
    return SearchFields(
        tuple(_probes(form, find, errors)),
        form.one("purpose"),
        form.one("case_ref"),
        tuple(name for name in regions() if name in form.many("region")),
        form.one("top"),
        form.one("ppi"),
        form.one("keep") == "yes",
        errors,
    )


def faults_of(fields: SearchFields) -> dict[str, str]:
    """What is wrong with a form that is to be searched; later checks are the engine's."""
    errors = dict(fields.errors)
    fingers = [one.finger for one in fields.probes]
    if not fields.probes:
        errors.setdefault("image", NO_IMAGE)
    elif len(fingers) > MOST_PROBES:
        errors["image"] = TOO_MANY
    elif len(fingers) > 1 and Finger.UNKNOWN in fingers:
        errors["image"] = NAME_EACH
    elif len(set(fingers)) < len(fingers):
        errors["image"] = TWICE
    if not fields.case_ref:
        errors["case_ref"] = NO_CASE
    if not fields.regions:
        errors["region"] = NO_REGION
    if not (fields.top.isdecimal() and 1 <= int(fields.top[:9]) <= MAX_TOP):
        errors["top"] = BAD_NUMBER
    return errors


def read_ppi(text: str) -> float | None:
    """The resolution that a form gives; None if it gives none.

    Raises:
        BadRequest: it is no number, or out of range.
    """
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not LEAST_PPI <= value <= MOST_PPI:
        raise BadRequest(f"ppi: from {LEAST_PPI:.0f} to {MOST_PPI:.0f}")
    return value


def _probes(
    form: PortalForm, find: Callable[[str], ShelvedProbe], errors: dict[str, str]
) -> list[ShelvedProbe]:
    """The probes that a form names, each with its finger."""
    removed = form.one("act").removeprefix("remove:")
    found = []
    for probe_id in form.many("probe"):
        try:
            finger = parse_finger(form.one(f"finger-{probe_id}"))
            if probe_id != removed:
                found.append(of_finger(find(probe_id), finger))
        except NotFound:
            errors["image"] = GONE
    return found
