"""A caller of the interface, with no more than the standard library has."""

from __future__ import annotations

import base64
import http.client
import json
import time
from pathlib import Path
from urllib.parse import urlencode

from api.demo.accounts import Credentials
from api.problems import Problem
from api.schemas.answers import AnswerView
from api.schemas.base import Link
from api.schemas.prints import PrintDetail
from api.schemas.tokens import TokenView
from api.serving import Address
from engine.errors import WhorlError

TIMEOUT_SECONDS = 120

EARLY_SECONDS = 60
"""A token is renewed so long before it ends."""


class Client:
    """Asks one server."""

    def __init__(self, address: Address, service: Credentials) -> None:
        """Take where the server is, and the service account to sign in with."""
        self.address = address
        self._service = service
        self._token = ""
        self._renew_at = 0.0

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
        """Ask with a token that counts, and return the answer's body."""
        if time.monotonic() > self._renew_at:
            self._sign_in()
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        return self._send(method, path, body, headers)

    def _sign_in(self) -> None:
        """Get a token."""
        form = {
            "grant_type": "client_credentials",
            "client_id": self._service.user_id,
            "client_secret": self._service.secret,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = self._send("POST", "/v1/token", urlencode(form), headers)
        granted = TokenView.model_validate_json(answer)
        self._token = granted.access_token
        self._renew_at = time.monotonic() + granted.expires_in - EARLY_SECONDS

    def _send(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> bytes:
        """Send a request and return the answer's body."""
        connection = http.client.HTTPConnection(
            self.address.host, self.address.port, timeout=TIMEOUT_SECONDS
        )
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            content = response.read()
        except OSError as error:
            raise WhorlError(f"{self.address.url}: {error}") from error
        finally:
            connection.close()
        if response.status >= http.client.BAD_REQUEST:
            raise WhorlError(Problem.model_validate_json(content).detail)
        return content
