"""Administration of a bureau and of the machine: sub-bureaus, callbacks, the index."""

from __future__ import annotations

from fastapi import Request, Response

from api.events.calling import allowed_of
from api.portal.asking import PageAsker
from api.portal.forms import FormDep, PortalForm, portal_router
from api.portal.pages import go, show
from api.service import Service, ServiceDep
from engine.asker import Asker
from engine.errors import BadRequest, Conflict
from engine.events.event import EventKind
from engine.gallery.shard_status import read_shards
from engine.identity.bureaus import NewSubBureau, create_sub_bureau, look_up_bureau
from engine.webhooks.registering import enable, list_dead, list_own, read_own, register, remove

router = portal_router("portal")

ROOT = "/portal/administration"


@router.get(f"{ROOT}/bureau")
def get_bureau(request: Request, asker: PageAsker, service: ServiceDep, code: str = "") -> Response:
    """A bureau with its sub-bureaus: one's own, if none is named."""
    return _bureau(request, service, code or asker.ncb, PortalForm())


@router.post(f"{ROOT}/bureau")
def post_sub_bureau(
    form: FormDep, request: Request, asker: PageAsker, service: ServiceDep
) -> Response:
    """Add a sub-bureau."""
    parent = form.one("parent") or asker.ncb
    new = NewSubBureau(parent, form.one("suffix"), form.one("name"), form.one("city"))
    try:
        create_sub_bureau(service.catalogue, new, asker)
    except (BadRequest, Conflict) as error:
        wrong = "name" if str(error).startswith(("name", "city")) else "suffix"
        return _bureau(request, service, parent, form, wrong=wrong)
    return go(f"{ROOT}/bureau", "sub-bureau")


@router.get(f"{ROOT}/callbacks")
def get_callbacks(request: Request, asker: PageAsker, service: ServiceDep) -> Response:
    """The callbacks of one's bureau."""
    return _callbacks(request, service, asker, PortalForm())


@router.post(f"{ROOT}/callbacks")
def post_callback(
    form: FormDep, request: Request, asker: PageAsker, service: ServiceDep
) -> Response:
    """Register a callback."""
    kinds = [EventKind(one) for one in form.many("kinds") if one in set(EventKind)]
    allowed = allowed_of(service.settings)
    try:
        register(service.catalogue, form.one("url"), kinds, allowed, asker)
    except BadRequest:
        return _callbacks(request, service, asker, form, wrong="url")
    return go(f"{ROOT}/callbacks", "callback-added")


@router.get(f"{ROOT}/callbacks/{{webhook_id}}")
def get_callback(
    webhook_id: str, request: Request, asker: PageAsker, service: ServiceDep
) -> Response:
    """A callback, and what did not arrive there."""
    hook = read_own(service.catalogue, webhook_id, asker)
    dead = list_dead(service.catalogue, webhook_id, asker)
    return show(request, "administration/callback.html", hook=hook, dead=dead)


@router.post(f"{ROOT}/callbacks/{{webhook_id}}/enable")
def post_enabling(webhook_id: str, asker: PageAsker, service: ServiceDep) -> Response:
    """Switch a callback on again."""
    enable(service.catalogue, webhook_id, asker)
    return go(f"{ROOT}/callbacks/{webhook_id}", "callback-enabled")


@router.post(f"{ROOT}/callbacks/{{webhook_id}}/remove")
def post_removal(webhook_id: str, asker: PageAsker, service: ServiceDep) -> Response:
    """Remove a callback."""
    remove(service.catalogue, webhook_id, asker)
    return go(f"{ROOT}/callbacks", "callback-removed")


@router.get(f"{ROOT}/index")
def get_index(request: Request, asker: PageAsker, service: ServiceDep) -> Response:
    """What the index holds, part by part."""
    shards = read_shards(service.gallery, asker)
    return show(request, "administration/index.html", shards=shards)


def _bureau(
    request: Request, service: Service, code: str, form: PortalForm, *, wrong: str = ""
) -> Response:
    """The page of a bureau."""
    found, below = look_up_bureau(service.catalogue, code)
    said = {name: form.one(name) for name in ("suffix", "name", "city")}
    return show(
        request, "administration/bureau.html", 422 if wrong else 200,
        bureau=found, below=below, said=said, wrong=wrong,
    )  # fmt: skip


def _callbacks(
    request: Request, service: Service, asker: Asker, form: PortalForm, *, wrong: str = ""
) -> Response:
    """The list of callbacks."""
    return show(
        request, "administration/callbacks.html", 422 if wrong else 200,
        hooks=list_own(service.catalogue, asker), kinds=[one.value for one in EventKind],
        hosts=sorted(allowed_of(service.settings).hosts), url=form.one("url"),
        chosen=form.many("kinds"), wrong=wrong,
    )  # fmt: skip
