"""Who may call what: the one table of all routes. What is not in it does not exist for callers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from functools import cache

from starlette.routing import compile_path

from engine.identity.roles import Scope


class Access(Enum):
    """What needs no scope."""

    OPEN = "open to everybody"
    SIGNED_IN = "open to every user"


Need = Access | Scope

ROUTES: Mapping[tuple[str, str], Need] = {
    ("GET", "/healthz"): Access.OPEN,
    ("GET", "/readyz"): Access.OPEN,
    ("GET", "/metrics"): Scope.METRICS_READ,
    ("GET", "/.well-known/openid-configuration"): Access.OPEN,
    ("GET", "/.well-known/jwks.json"): Access.OPEN,
    ("POST", "/v1/token"): Access.OPEN,
    ("POST", "/v1/token/revoke"): Access.OPEN,
    ("POST", "/v1/password"): Access.OPEN,
    ("GET", "/v1/me"): Access.SIGNED_IN,
    ("GET", "/v1/users"): Scope.USERS_MANAGE,
    ("POST", "/v1/users"): Scope.USERS_MANAGE,
    ("GET", "/v1/users/{user_id}"): Scope.USERS_MANAGE,
    ("PATCH", "/v1/users/{user_id}"): Scope.USERS_MANAGE,
    ("POST", "/v1/users/{user_id}/disable"): Scope.USERS_MANAGE,
    ("POST", "/v1/users/{user_id}/enable"): Scope.USERS_MANAGE,
    ("POST", "/v1/users/{user_id}/reset-password"): Scope.USERS_MANAGE,
    ("GET", "/v1/bureaus"): Access.SIGNED_IN,
    ("GET", "/v1/bureaus/{code}"): Access.SIGNED_IN,
    ("POST", "/v1/bureaus/{code}/sub-bureaus"): Scope.USERS_MANAGE,
    ("GET", "/v1/regions"): Access.SIGNED_IN,
    ("POST", "/v1/searches"): Scope.SEARCH,
    ("GET", "/v1/searches/{job_id}"): Scope.SEARCH,
    ("POST", "/v1/persons"): Scope.ENROL,
    ("GET", "/v1/persons/{person_id}"): Scope.READ,
    ("POST", "/v1/persons/{person_id}/encounters"): Scope.ENROL,
    ("GET", "/v1/persons/{person_id}/handling"): Scope.READ,
    ("PATCH", "/v1/persons/{person_id}/handling"): Scope.ENROL,
    ("GET", "/v1/persons/{person_id}/accesses"): Scope.READ,
    ("GET", "/v1/enrolments/{job_id}"): Scope.ENROL,
    ("GET", "/v1/prints/{print_id}"): Scope.READ,
    ("GET", "/v1/prints/{print_id}/image"): Scope.READ,
    ("GET", "/v1/prints/{print_id}/handling"): Scope.READ,
    ("PATCH", "/v1/prints/{print_id}/handling"): Scope.ENROL,
    ("GET", "/v1/examinations"): Scope.READ,
    ("POST", "/v1/examinations"): Scope.SEARCH,
    ("GET", "/v1/examinations/{case_id}"): Scope.READ,
    ("POST", "/v1/examinations/{case_id}/verdicts"): Scope.DECIDE,
    ("POST", "/v1/examinations/{case_id}/corrections"): Scope.DECIDE,
    ("GET", "/v1/hits"): Scope.READ,
    ("GET", "/v1/hits/inbox"): Scope.READ,
    ("POST", "/v1/hits/inbox/{entry}/read"): Scope.READ,
    ("GET", "/v1/hits/statistics"): Scope.READ,
    ("GET", "/v1/hits/{hit_id}"): Scope.READ,
    ("POST", "/v1/hits/{hit_id}/steps/{step}"): Scope.DECIDE,
    ("GET", "/v1/messages"): Scope.MESSAGE,
    ("POST", "/v1/messages"): Scope.MESSAGE,
    ("GET", "/v1/messages/escalations"): Scope.MESSAGE,
    ("GET", "/v1/messages/{thread_id}"): Scope.MESSAGE,
    ("POST", "/v1/messages/{thread_id}/replies"): Scope.MESSAGE,
    ("POST", "/v1/messages/{thread_id}/read"): Scope.MESSAGE,
    ("POST", "/v1/messages/{thread_id}/{number}/acknowledge"): Scope.MESSAGE,
    ("GET", "/v1/messages/{thread_id}/{number}/attachments/{place}"): Scope.MESSAGE,
    ("GET", "/v1/audit"): Scope.AUDIT_READ,
    ("GET", "/v1/audit/state"): Scope.AUDIT_READ,
    ("GET", "/v1/notices"): Scope.NOTICE_READ,
    ("POST", "/v1/notices"): Scope.NOTICE_PUBLISH,
    ("GET", "/v1/notices/inbox"): Scope.NOTICE_READ,
    ("POST", "/v1/notices/inbox/{entry}/read"): Scope.NOTICE_READ,
    ("GET", "/v1/notices/{colour}/{number}"): Scope.NOTICE_READ,
    ("PUT", "/v1/notices/{colour}/{number}"): Scope.NOTICE_PUBLISH,
    ("GET", "/v1/notices/{colour}/{number}/images"): Scope.NOTICE_READ,
    ("GET", "/v1/notices/{colour}/{number}/history"): Scope.NOTICE_READ,
    ("GET", "/v1/notices/{colour}/{number}/receipts"): Scope.NOTICE_READ,
    ("POST", "/v1/notices/{colour}/{number}/steps/{step}"): Scope.NOTICE_PUBLISH,
    ("POST", "/v1/notices/{colour}/{number}/reviews"): Scope.NOTICE_PUBLISH,
    ("POST", "/v1/notices/{colour}/{number}/corrections"): Scope.NOTICE_PUBLISH,
    ("PUT", "/v1/notices/{colour}/{number}/translations/{language}"): Scope.NOTICE_PUBLISH,
    ("PUT", "/v1/notices/{colour}/{number}/restriction"): Scope.NOTICE_PUBLISH,
}

DOCUMENTS = ("/docs", "/openapi.json")
"""The description of the interface, and below it what its page loads: open, and no routes."""


def is_document(path: str) -> bool:
    """Whether a path is part of the description."""
    return any(path == one or path.startswith(f"{one}/") for one in DOCUMENTS)


def needs_at(path: str) -> dict[str, list[Need]]:
    """What calls of a path need, by method; nothing if there is no such path.

    Where more than one route fits, each one's need counts: which of them answers is not our guess.
    """
    found: dict[str, list[Need]] = {}
    for (method, template), need in ROUTES.items():
        if _pattern(template).fullmatch(path):
            found.setdefault(method, []).append(need)
    return found


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """The paths of a template."""
    return compile_path(template)[0]
