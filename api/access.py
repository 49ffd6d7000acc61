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

API_ROUTES: Mapping[tuple[str, str], Need] = {
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
    ("GET", "/v1/probes"): Scope.SEARCH,
    ("GET", "/v1/probes/{probe_id}"): Scope.SEARCH,
    ("GET", "/v1/probes/{probe_id}/images/{place}"): Scope.SEARCH,
    ("GET", "/v1/latents"): Scope.READ,
    ("POST", "/v1/latents"): Scope.LATENT,
    ("GET", "/v1/latents/alerts"): Scope.READ,
    ("POST", "/v1/latents/alerts/{entry}/read"): Scope.READ,
    ("GET", "/v1/latents/{latent_id}"): Scope.READ,
    ("GET", "/v1/latents/{latent_id}/image"): Scope.READ,
    ("GET", "/v1/latents/{latent_id}/handling"): Scope.READ,
    ("PATCH", "/v1/latents/{latent_id}/handling"): Scope.LATENT,
    ("POST", "/v1/latents/{latent_id}/end"): Scope.LATENT,
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
    ("GET", "/v1/events"): Access.SIGNED_IN,
    ("GET", "/v1/webhooks"): Scope.USERS_MANAGE,
    ("POST", "/v1/webhooks"): Scope.USERS_MANAGE,
    ("GET", "/v1/events/key"): Access.SIGNED_IN,
    ("GET", "/v1/webhooks/{webhook_id}"): Scope.USERS_MANAGE,
    ("DELETE", "/v1/webhooks/{webhook_id}"): Scope.USERS_MANAGE,
    ("POST", "/v1/webhooks/{webhook_id}/enable"): Scope.USERS_MANAGE,
    ("GET", "/v1/webhooks/{webhook_id}/dead-letters"): Scope.USERS_MANAGE,
    ("GET", "/v1/centre/duty"): Scope.MESSAGE,
    ("PUT", "/v1/centre/seat"): Scope.MESSAGE,
    ("GET", "/v1/centre/items"): Scope.MESSAGE,
    ("GET", "/v1/centre/items/{item_id}"): Scope.MESSAGE,
    ("POST", "/v1/centre/items/{item_id}/take"): Scope.MESSAGE,
    ("POST", "/v1/centre/items/{item_id}/release"): Scope.MESSAGE,
    ("POST", "/v1/centre/items/{item_id}/finish"): Scope.MESSAGE,
    ("GET", "/v1/centre/handovers"): Scope.MESSAGE,
    ("POST", "/v1/centre/handovers"): Scope.MESSAGE,
    ("POST", "/v1/centre/handovers/{number}/acknowledge"): Scope.MESSAGE,
    ("GET", "/v1/statistics"): Scope.READ,
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

PORTAL_ROUTES: Mapping[tuple[str, str], Need] = {
    ("GET", "/portal"): Access.SIGNED_IN,
    ("GET", "/portal/static/{digest}/{name:path}"): Access.OPEN,
    ("GET", "/portal/sign-in"): Access.OPEN,
    ("POST", "/portal/sign-in"): Access.OPEN,
    ("POST", "/portal/sign-out"): Access.SIGNED_IN,
    ("GET", "/portal/password"): Access.OPEN,
    ("POST", "/portal/password"): Access.OPEN,
    ("POST", "/portal/appearance"): Access.OPEN,
    ("GET", "/portal/profile"): Access.SIGNED_IN,
    ("GET", "/portal/prints/{print_id}/image"): Scope.READ,
    ("GET", "/portal/prints/{print_id}"): Scope.READ,
    ("POST", "/portal/prints/{print_id}/handling"): Scope.ENROL,
    ("GET", "/portal/persons"): Scope.READ,
    ("POST", "/portal/persons"): Scope.ENROL,
    ("GET", "/portal/persons/new"): Scope.ENROL,
    ("GET", "/portal/persons/{person_id}"): Scope.READ,
    ("GET", "/portal/persons/{person_id}/accesses"): Scope.READ,
    ("POST", "/portal/persons/{person_id}/handling"): Scope.ENROL,
    ("POST", "/portal/persons/{person_id}/encounters"): Scope.ENROL,
    ("GET", "/portal/persons/{person_id}/encounters/new"): Scope.ENROL,
    ("GET", "/portal/notices"): Scope.NOTICE_READ,
    ("POST", "/portal/notices"): Scope.NOTICE_PUBLISH,
    ("GET", "/portal/notices/new"): Scope.NOTICE_PUBLISH,
    ("GET", "/portal/notices/inbox"): Scope.NOTICE_READ,
    ("POST", "/portal/notices/inbox/{entry}/read"): Scope.NOTICE_READ,
    ("GET", "/portal/notices/review"): Scope.NOTICE_READ,
    ("GET", "/portal/notices/{colour}/{number}"): Scope.NOTICE_READ,
    ("POST", "/portal/notices/{colour}/{number}"): Scope.NOTICE_PUBLISH,
    ("GET", "/portal/notices/{colour}/{number}/print"): Scope.NOTICE_READ,
    ("GET", "/portal/notices/{colour}/{number}/history"): Scope.NOTICE_READ,
    ("GET", "/portal/notices/{colour}/{number}/edit"): Scope.NOTICE_PUBLISH,
    ("POST", "/portal/notices/{colour}/{number}/corrections"): Scope.NOTICE_PUBLISH,
    ("POST", "/portal/notices/{colour}/{number}/steps/{step}"): Scope.NOTICE_PUBLISH,
    ("POST", "/portal/notices/{colour}/{number}/reviews"): Scope.NOTICE_PUBLISH,
    ("POST", "/portal/notices/{colour}/{number}/restriction"): Scope.NOTICE_PUBLISH,
    ("GET", "/portal/notices/{colour}/{number}/translations/{language}"): Scope.NOTICE_PUBLISH,
    ("POST", "/portal/notices/{colour}/{number}/translations/{language}"): Scope.NOTICE_PUBLISH,
    ("GET", "/portal/searches/new"): Scope.SEARCH,
    ("POST", "/portal/searches"): Scope.SEARCH,
    ("POST", "/portal/searches/probes"): Scope.SEARCH,
    ("GET", "/portal/probes/{probe_id}/image"): Scope.SEARCH,
    ("GET", "/portal/searches/{job_id}"): Scope.SEARCH,
    ("GET", "/portal/searches/{job_id}/progress.json"): Scope.SEARCH,
    ("GET", "/portal/searches/{job_id}/probes/{place}/image"): Scope.SEARCH,
    ("POST", "/portal/searches/{job_id}/marked"): Scope.SEARCH,
    ("GET", "/portal/searches/{job_id}/candidates/{rank}"): Scope.SEARCH,
    ("GET", "/portal/searches/{job_id}/candidates/{rank}.json"): Scope.SEARCH,
    ("GET", "/portal/examinations"): Scope.READ,
    ("POST", "/portal/examinations"): Scope.SEARCH,
    ("GET", "/portal/examinations/{case_id}"): Scope.READ,
    ("GET", "/portal/examinations/{case_id}/probe"): Scope.READ,
    ("POST", "/portal/examinations/{case_id}/probe"): Scope.READ,
    ("POST", "/portal/examinations/{case_id}/verdicts"): Scope.DECIDE,
    ("GET", "/portal/hits"): Scope.READ,
    ("POST", "/portal/hits/inbox/{entry}/read"): Scope.READ,
    ("GET", "/portal/hits/{hit_id}"): Scope.READ,
    ("POST", "/portal/hits/{hit_id}/steps/{step}"): Scope.DECIDE,
    ("POST", "/portal/hits/{hit_id}/messages"): Scope.MESSAGE,
    ("GET", "/portal/messages"): Scope.MESSAGE,
    ("GET", "/portal/messages/new"): Scope.MESSAGE,
    ("POST", "/portal/messages"): Scope.MESSAGE,
    ("GET", "/portal/messages/{thread_id}"): Scope.MESSAGE,
    ("POST", "/portal/messages/{thread_id}/replies"): Scope.MESSAGE,
    ("POST", "/portal/messages/{thread_id}/read"): Scope.MESSAGE,
    ("POST", "/portal/messages/{thread_id}/{number}/acknowledge"): Scope.MESSAGE,
    ("GET", "/portal/messages/{thread_id}/{number}/attachments/{place}"): Scope.MESSAGE,
    ("GET", "/portal/events"): Access.SIGNED_IN,
    ("GET", "/portal/centre"): Scope.MESSAGE,
    ("GET", "/portal/centre/live"): Scope.MESSAGE,
    ("GET", "/portal/centre/statistics"): Scope.READ,
    ("POST", "/portal/centre/seat"): Scope.MESSAGE,
    ("GET", "/portal/centre/items/{item_id}"): Scope.MESSAGE,
    ("POST", "/portal/centre/items/{item_id}/take"): Scope.MESSAGE,
    ("POST", "/portal/centre/items/{item_id}/release"): Scope.MESSAGE,
    ("POST", "/portal/centre/items/{item_id}/finish"): Scope.MESSAGE,
    ("POST", "/portal/centre/handovers"): Scope.MESSAGE,
    ("POST", "/portal/centre/handovers/{number}/acknowledge"): Scope.MESSAGE,
    ("GET", "/portal/administration"): Scope.USERS_MANAGE,
    ("POST", "/portal/administration"): Scope.USERS_MANAGE,
    ("GET", "/portal/administration/people/{user_id}"): Scope.USERS_MANAGE,
    ("POST", "/portal/administration/people/{user_id}"): Scope.USERS_MANAGE,
    ("POST", "/portal/administration/people/{user_id}/disable"): Scope.USERS_MANAGE,
    ("POST", "/portal/administration/people/{user_id}/enable"): Scope.USERS_MANAGE,
    ("POST", "/portal/administration/people/{user_id}/reset-password"): Scope.USERS_MANAGE,
    ("GET", "/portal/administration/bureau"): Scope.USERS_MANAGE,
    ("POST", "/portal/administration/bureau"): Scope.USERS_MANAGE,
    ("GET", "/portal/administration/callbacks"): Scope.USERS_MANAGE,
    ("POST", "/portal/administration/callbacks"): Scope.USERS_MANAGE,
    ("GET", "/portal/administration/callbacks/{webhook_id}"): Scope.USERS_MANAGE,
    ("POST", "/portal/administration/callbacks/{webhook_id}/enable"): Scope.USERS_MANAGE,
    ("POST", "/portal/administration/callbacks/{webhook_id}/remove"): Scope.USERS_MANAGE,
    ("GET", "/portal/administration/index"): Scope.ADMIN,
    ("GET", "/portal/audit"): Scope.AUDIT_READ,
    ("GET", "/portal/audit/chain"): Scope.AUDIT_READ,
}
"""Pages: asked for with a session, never with a token."""

ASKED_BY_PAGES = frozenset({"/portal/events", "/portal/centre/live"})
"""What an open page asks by itself: it keeps no session alive that its user has left."""

ROUTES: Mapping[tuple[str, str], Need] = {**API_ROUTES, **PORTAL_ROUTES}

DOCUMENTS = ("/docs", "/openapi.json")
"""The description of the interface, and below it what its page loads: open, and no routes."""


def is_document(path: str) -> bool:
    """Whether a path is part of the description."""
    return any(path == one or path.startswith(f"{one}/") for one in DOCUMENTS)


def is_portal(path: str) -> bool:
    """Whether a path is of the portal."""
    return path == "/portal" or path.startswith("/portal/")


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
