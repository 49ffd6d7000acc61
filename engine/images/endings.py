"""Which files of a folder are taken for images; their content decides what they are."""

from __future__ import annotations

IMAGE_ENDINGS = frozenset(
    {".png", ".bmp", ".tif", ".tiff", ".jpg", ".jpeg", ".jp2", ".j2k", ".jpx", ".wsq"}
)
