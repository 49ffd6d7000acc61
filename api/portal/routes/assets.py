"""Scripts, styles and pictures of the portal itself."""

from __future__ import annotations

from fastapi import Request, Response

from api.portal.forms import portal_router
from api.portal.state import Portal
from api.portal.static_files import media_type
from engine.errors import NotFound

router = portal_router("portal")


@router.get("/portal/static/{digest}/{name:path}", response_class=Response)
def get_static(digest: str, name: str, request: Request) -> Response:
    """A file, under the digest of all."""
    portal: Portal = request.app.state.portal
    content = portal.static.contents.get(name)
    if content is None or digest != portal.static.digest:
        raise NotFound(f"no such file: {name}")
    return Response(content, media_type=media_type(name))
