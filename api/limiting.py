"""Limits as dependencies of routes: they count before any of the body is looked at."""

from __future__ import annotations

from fastapi import Depends

from api.asking import AskerDep
from api.service import ServiceDep
from engine.quota import Use


def limit_searches(asker: AskerDep, service: ServiceDep) -> None:
    """Count a search."""
    service.limits.admit(Use.SEARCH, asker)


def limit_enrolments(asker: AskerDep, service: ServiceDep) -> None:
    """Count an enrolment."""
    service.limits.admit(Use.ENROLMENT, asker)


SEARCHES = [Depends(limit_searches)]
ENROLMENTS = [Depends(limit_enrolments)]
