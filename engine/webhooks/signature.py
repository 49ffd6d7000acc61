"""The signature on a call, by which its receiver knows that it is ours and fresh.

Of the form of Standard Webhooks, `v1a`: Ed25519 over id, time and body, joined by dots. The private
key is in a file of this server; no secret is shared with anybody.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.audit.signing import key_at
from engine.settings import Settings

PRIVATE_NAME = "webhook-key.pem"


def webhook_key(settings: Settings) -> Ed25519PrivateKey:
    """The key that signs calls; it is made where there is none.

    Raises:
        StorageError: the file cannot be read or written, or others can read it.
        CorruptFile: it holds no such key.
    """
    return key_at(settings.webhook_key or settings.data_dir / PRIVATE_NAME)


def public_file(settings: Settings) -> Path:
    """Where the public halves of all keys are that were ever used."""
    return (settings.webhook_key or settings.data_dir / PRIVATE_NAME).with_suffix(".pub")


def signed_headers(
    key: Ed25519PrivateKey, event_id: str, seconds: int, body: bytes
) -> Mapping[str, str]:
    """The headers of a call.

    Args:
        key: that signs.
        event_id: of the event; the same at every try.
        seconds: of the Unix epoch, now.
        body: what is sent.
    """
    signature = key.sign(f"{event_id}.{seconds}.".encode() + body)
    return {
        "Webhook-Id": event_id,
        "Webhook-Timestamp": str(seconds),
        "Webhook-Signature": f"v1a,{base64.b64encode(signature).decode()}",
    }
