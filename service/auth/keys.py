"""API keys: how they are made and how they are compared. Pure; storing them is ``service.store.api_keys``."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

TOKEN_BYTES = 32  # 256 bits: no stretching of the digest is needed against guessing
TOKEN_PREFIX = "hbc_"  # lets secret scanners and people recognise a leaked key


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key at the one moment its token is known. ``digest`` is what is stored."""

    id: str
    token: str
    digest: str


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """A stored key without its secret. ``revoked_at`` None: still valid. Times are UTC."""

    id: str
    label: str
    role: str
    created_at: datetime
    revoked_at: datetime | None = None


def new_key() -> NewKey:
    """Return a fresh random key."""
    token = TOKEN_PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    return NewKey(id=secrets.token_hex(8), token=token, digest=digest(token))


def digest(token: str) -> str:
    """Return the SHA-256 of ``token`` as 64 hexadecimal digits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
