"""Keyset cursors: opaque to callers, a moment and an id inside."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime

from service.errors import RequestInvalid


def cursor_of(moment: datetime, key: str) -> str:
    """Return the cursor that stands after the row with this moment and key."""
    return base64.urlsafe_b64encode(f"{moment.isoformat()}|{key}".encode()).decode().rstrip("=")


def read_cursor(text: str | None) -> tuple[datetime, str] | None:
    """Return what ``cursor_of`` put in; None for None or "". Raises ``RequestInvalid`` for anything else."""
    if not text:
        return None
    try:
        moment, _, key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().partition("|")
        parsed = datetime.fromisoformat(moment)
    except (ValueError, binascii.Error) as error:
        raise RequestInvalid("Con trỏ trang (after) không hợp lệ.") from error
    if parsed.tzinfo is None or not key.isprintable():
        raise RequestInvalid("Con trỏ trang (after) không hợp lệ.")
    return parsed, key
