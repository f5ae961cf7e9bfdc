"""Answers as stored: JSON text with the names and order of the answer contract (DESIGN section 3)."""

from __future__ import annotations

import json
from dataclasses import asdict

from service.domain import Answer


def payload_of(answer: Answer) -> str:
    """Return ``answer`` as JSON text; decimals become strings in plain notation."""
    return json.dumps(asdict(answer), ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    return format(value, "f") if hasattr(value, "as_tuple") else str(value)
