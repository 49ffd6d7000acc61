"""Where an examiner works: the request, who sent it, and the parts of the server that it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from api.portal.asking import PageAsker
from api.portal.case_probes import CaseProbes
from api.portal.translations import translations_of
from api.portal.visitor import VisitorDep
from api.service import Service, ServiceDep
from engine.asker import Asker


@dataclass(frozen=True, slots=True)
class Desk:
    """Where an examiner works.

    Attributes:
        request: that is answered.
        language: of the page.
        asker: who works there.
        service: the parts of the server.
    """

    request: Request
    language: str
    asker: Asker
    service: Service

    @property
    def probes(self) -> CaseProbes:
        """Those that are at hand."""
        probes: CaseProbes = self.request.app.state.portal.probes
        return probes

    def translate(self, text: str) -> str:
        """A text that was marked for translation."""
        return translations_of(self.language).gettext(text)


def _desk(request: Request, visitor: VisitorDep, asker: PageAsker, service: ServiceDep) -> Desk:
    """The desk of a request."""
    return Desk(request, visitor.language.code, asker, service)


DeskDep = Annotated[Desk, Depends(_desk)]
