"""What readers said of answers."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, insert, select

from ingest.catalogue.engine import reading, writing
from service.store.database import now
from service.store.tables import FEEDBACK


@dataclass(frozen=True, slots=True)
class Feedback:
    """One opinion. ``rating``: "up" or "down"; ``reasons`` are codes, often none; ``comment`` may be ""."""

    id: str
    answer_id: str
    subject: str
    rating: str
    reasons: tuple[str, ...]
    comment: str
    created_at: datetime


class FeedbackBook:
    """Feedback in the database behind ``engine``; methods raise ``CatalogueUnavailable`` when it fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, *, answer_id: str, subject: str, rating: str, reasons: Sequence[str], comment: str) -> str:
        """Keep an opinion and return its id. The answer must be stored."""
        row = {
            "id": secrets.token_hex(12),
            "answer_id": answer_id,
            "subject": subject,
            "rating": rating,
            "reasons": " ".join(reasons),
            "comment": comment,
            "created_at": now(),
        }
        with writing(self._engine) as connection:
            connection.execute(insert(FEEDBACK).values(row))
        return str(row["id"])

    def of_answer(self, answer_id: str) -> tuple[Feedback, ...]:
        """Return what was said of one answer, oldest first; () if nothing."""
        wanted = select(FEEDBACK).where(FEEDBACK.c.answer_id == answer_id).order_by(FEEDBACK.c.created_at)
        with reading(self._engine) as connection:
            rows = connection.execute(wanted).all()
        return tuple(Feedback(**{**row._mapping, "reasons": tuple(row.reasons.split())}) for row in rows)
