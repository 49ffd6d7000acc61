"""A caller of the interface, with no more than the standard library has."""

from __future__ import annotations

import base64
import http.client
import json
from pathlib import Path

from api.problems import Problem
from api.schemas.answers import AnswerView
from api.schemas.base import Link
from api.schemas.prints import PrintDetail
from api.serving import Address
from engine.errors import WhorlError

TIMEOUT_SECONDS = 120


class Client:
    """Asks one server."""

    def __init__(self, address: Address, token: str) -> None:
        """Take where the server is and the token that it wants."""
        self.address = address
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def search(self, image: Path, *, ppi: float | None = None, top: int = 5) -> AnswerView:
        """Search an image.

        Raises:
            WhorlError: with the problem that was answered.
        """
        content = base64.b64encode(image.read_bytes()).decode()
        order = {"image": content, "filename": image.name, "top": top, "ppi": ppi}
        answer = self._ask("POST", "/v1/searches", json.dumps(order))
        return AnswerView.model_validate_json(answer)

    def read_print(self, link: Link) -> PrintDetail:
        """What is known of a print."""
        return PrintDetail.model_validate_json(self._ask("GET", link.href))

    def read_bytes(self, link: Link) -> bytes:
        """What is behind a link, such as an image."""
        return self._ask("GET", link.href)

    def url(self, link: Link) -> str:
        """A link as others can open it."""
        return f"{self.address.url}{link.href}"

    def _ask(self, method: str, path: str, body: str | None = None) -> bytes:
        """Ask and return the answer's body."""
        connection = http.client.HTTPConnection(
            self.address.host, self.address.port, timeout=TIMEOUT_SECONDS
        )
        try:
            connection.request(method, path, body, self._headers)
            response = connection.getresponse()
            content = response.read()
        except OSError as error:
            raise WhorlError(f"{self.address.url}: {error}") from error
        finally:
            connection.close()
        if response.status >= http.client.BAD_REQUEST:
            raise WhorlError(Problem.model_validate_json(content).detail)
        return content
