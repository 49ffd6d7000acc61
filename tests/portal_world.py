"""A running portal over a few of the invented people, for a real browser."""

from __future__ import annotations

import csv
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.demo.bureau import FIXTURES, enrol, import_notices, throw_away_bureau
from api.demo.probes import read_probes
from api.service import Service
from engine.identity.roles import Role
from engine.identity.sessions import begin_session, choose_language
from http_support import PASSWORD, make_user

WITH_NOTICES = {"FX-0001", "FX-0002", "FX-0008", "FX-0017", "FX-0019"}
"""Invented people with notices of several colours."""

PROBES = FIXTURES / "probes"


@dataclass(frozen=True, slots=True)
class PortalWorld:
    """A running portal.

    Attributes:
        url: where it is.
        service: its parts.
        app: the application, to be asked without a browser.
    """

    url: str
    service: Service
    app: FastAPI

    def user(self, role: Role, ncb: str = "FR", name: str = "") -> str:
        """Id of somebody with a role; the password is the invented one."""
        login = name or role.value.replace("_", "-")
        return make_user(self.service.catalogue, login, ncb, frozenset({role})).id

    def sign_in(self, context: Any, role: Role, ncb: str = "FR", language: str = "en") -> None:
        """Give a browser's context the session of somebody with a role."""
        catalogue = self.service.catalogue
        login = f"{role.value.replace('_', '-')}-{language}"
        user = make_user(catalogue, login, ncb, frozenset({role}))
        choose_language(catalogue, user, language)
        secret = begin_session(catalogue, user).secret
        cookie = {"name": "whorl-session", "value": secret, "url": self.url, "httpOnly": True}
        context.add_cookies([cookie])


@contextmanager
def running_portal() -> Iterator[PortalWorld]:
    """A portal on a free port with the real extractor."""
    with throw_away_bureau() as usual:
        settings = usual.model_copy(update={"sign_ins_per_minute": 10_000})
        settings.data_dir.mkdir(parents=True)
        _fill(settings)
        app = create_app(settings)
        config = uvicorn.Config(app, port=0, log_level="error", access_log=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield PortalWorld(f"http://127.0.0.1:{port}", app.state.service, app)
        server.should_exit = True
        thread.join(20)


def _fill(settings: Any) -> None:
    """Enrol some of the invented people, with their notices."""
    notices = json.loads((FIXTURES / "notices.json").read_text(encoding="utf-8"))
    with (FIXTURES / "people.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    chosen = _chosen()
    people, told = settings.data_dir / "people.csv", settings.data_dir / "notices.json"
    kept = [row | {"path": FIXTURES / row["path"]} for row in rows if row["person"] in chosen]
    with people.open("w", encoding="utf-8", newline="") as target:
        table = csv.DictWriter(target, kept[0])
        table.writeheader()
        table.writerows(kept)
    enrol(settings, people)
    told.write_text(json.dumps([one for one in notices if one.get("person") in chosen]))
    import_notices(settings, told)


def _chosen() -> set[str]:
    """Ids of those who are enrolled: the mates of the probes, and some with notices."""
    mates = {one.person for one in read_probes(PROBES) if one.person is not None}
    return mates | WITH_NOTICES


def probe_file(name: str = "second_impression.png") -> Path:
    """A probe of an invented person."""
    return PROBES / name


__all__ = ["PASSWORD", "PortalWorld", "probe_file", "running_portal"]
