"""Callbacks: a bureau's own server is told of what the stream of events tells."""

from __future__ import annotations

from fastapi import APIRouter, Response, status

from api.asking import AskerDep
from api.descriptions import problems
from api.events.calling import allowed_of
from api.schemas.webhooks import (
    DeadLetterList,
    WebhookList,
    WebhookOrder,
    WebhookView,
    show_dead,
    show_webhook,
)
from api.service import ServiceDep
from engine.webhooks.registering import enable, list_dead, list_own, read_own, register, remove

router = APIRouter(prefix="/v1/webhooks", tags=["events"])


@router.get("", responses=problems(403, 422, 503))
def get_webhooks(asker: AskerDep, service: ServiceDep) -> WebhookList:
    """The callbacks of your bureau."""
    return WebhookList(webhooks=[show_webhook(one) for one in list_own(service.catalogue, asker)])


@router.post("", status_code=status.HTTP_201_CREATED, responses=problems(400, 403, 422, 503))
def post_webhook(
    order: WebhookOrder, asker: AskerDep, service: ServiceDep, response: Response
) -> WebhookView:
    """Register a callback for what happens from now on.

    Each event is a POST of the JSON that the stream tells, with the headers `Webhook-Id` (of the
    event, the same at every try), `Webhook-Timestamp` and `Webhook-Signature` (`v1a,` and the
    Ed25519 signature of `ID.TIMESTAMP.BODY` in base64; see `/v1/events/key`). Answer with a 2xx
    within ten seconds, or it is sent again, for about seven hours. It may come more than once.
    Your server is told what people of the lowest clearance may know.
    """
    allowed = allowed_of(service.settings)
    shown = show_webhook(register(service.catalogue, order.url, order.kinds, allowed, asker))
    response.headers["Location"] = shown.links.self_.href
    return shown


@router.get("/{webhook_id}", responses=problems(403, 404, 422, 503))
def get_webhook(webhook_id: str, asker: AskerDep, service: ServiceDep) -> WebhookView:
    """A callback of your bureau."""
    return show_webhook(read_own(service.catalogue, webhook_id, asker))


@router.delete(
    "/{webhook_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(403, 404, 422, 503),
)
def delete_webhook(webhook_id: str, asker: AskerDep, service: ServiceDep) -> None:
    """Remove a callback, with what was still to be sent."""
    remove(service.catalogue, webhook_id, asker)


@router.post("/{webhook_id}/enable", responses=problems(403, 404, 422, 503))
def post_webhook_enabling(webhook_id: str, asker: AskerDep, service: ServiceDep) -> WebhookView:
    """Switch a callback on that was switched off, and try again what was given up."""
    return show_webhook(enable(service.catalogue, webhook_id, asker))


@router.get("/{webhook_id}/dead-letters", responses=problems(403, 404, 422, 503))
def get_dead_letters(webhook_id: str, asker: AskerDep, service: ServiceDep) -> DeadLetterList:
    """Events that did not arrive and were given up."""
    return show_dead(list_dead(service.catalogue, webhook_id, asker))
