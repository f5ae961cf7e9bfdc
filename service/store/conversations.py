"""Conversations with their turns. Each belongs to one subject; for everybody else it does not exist."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, delete, func, insert, select, tuple_, update

from ingest.catalogue.engine import reading, writing
from service.domain import Answer, Earlier
from service.errors import Missing
from service.store.database import now
from service.store.payload import payload_of
from service.store.tables import CONVERSATION, TURN

TITLE_MAX_CHARS = 120


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation in a list. ``title`` is the first question, shortened. Times are UTC."""

    id: str
    title: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer as sent; ``number`` is 1-based, ``payload`` the answer's JSON text."""

    id: str
    number: int
    created_at: datetime
    payload: str


class Conversations:
    """Conversations in the database behind ``engine``; methods raise ``CatalogueUnavailable`` when it fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def record(self, answer: Answer, *, owner: str) -> None:
        """Add ``answer`` as the next turn of its conversation, which is made if it does not exist.

        Raises ``Missing`` when the conversation belongs to somebody else.
        """
        moment = now()
        with writing(self._engine) as connection:
            found = connection.execute(
                # Locked, so two turns at once get two numbers; SQLite has one writer anyway.
                select(CONVERSATION.c.owner).where(CONVERSATION.c.id == answer.conversation_id).with_for_update()
            ).one_or_none()
            if found is None:
                connection.execute(insert(CONVERSATION).values(_new_row(answer, owner=owner, moment=moment)))
            elif found.owner != owner:
                raise _missing()
            else:
                mine = CONVERSATION.c.id == answer.conversation_id
                connection.execute(update(CONVERSATION).where(mine).values(updated_at=moment))
            connection.execute(insert(TURN).values(_turn_row(answer, moment=moment)))

    def list(self, *, owner: str, limit: int, before: tuple[datetime, str] | None = None) -> tuple[Conversation, ...]:
        """Return at most ``limit`` conversations of ``owner``, last used first; ``before`` is (updated_at, id) of the
        last one already seen."""
        wanted = select(CONVERSATION).where(CONVERSATION.c.owner == owner)
        if before is not None:
            wanted = wanted.where(tuple_(CONVERSATION.c.updated_at, CONVERSATION.c.id) < before)
        wanted = wanted.order_by(CONVERSATION.c.updated_at.desc(), CONVERSATION.c.id.desc()).limit(limit)
        with reading(self._engine) as connection:
            rows = connection.execute(wanted).all()
        return tuple(Conversation(row.id, row.title, row.created_at, row.updated_at) for row in rows)

    def get(self, conversation_id: str, *, owner: str) -> Conversation:
        """Return one conversation. Raises ``Missing``."""
        wanted = select(CONVERSATION).where(CONVERSATION.c.id == conversation_id, CONVERSATION.c.owner == owner)
        with reading(self._engine) as connection:
            row = connection.execute(wanted).one_or_none()
        if row is None:
            raise _missing()
        return Conversation(row.id, row.title, row.created_at, row.updated_at)

    def turns(self, conversation_id: str, *, owner: str, last: int | None = None) -> tuple[Turn, ...]:
        """Return the turns in order, or only the ``last`` ones; () for a conversation unknown or somebody else's."""
        wanted = (
            select(TURN)
            .join(CONVERSATION, CONVERSATION.c.id == TURN.c.conversation_id)
            .where(CONVERSATION.c.id == conversation_id, CONVERSATION.c.owner == owner)
            .order_by(TURN.c.number.desc())
        )
        with reading(self._engine) as connection:
            rows = connection.execute(wanted if last is None else wanted.limit(last)).all()
        return tuple(Turn(row.id, row.number, row.created_at, row.payload) for row in reversed(rows))

    def earlier(self, conversation_id: str, *, owner: str, last: int) -> tuple[Earlier, ...]:
        """Return what the ``last`` turns asked and were answered, oldest first; () as for ``turns``."""
        stored = [json.loads(turn.payload) for turn in self.turns(conversation_id, owner=owner, last=last)]
        return tuple(Earlier(one["question"], one["understood_as"], one["short_answer"] or "") for one in stored)

    def owns_answer(self, answer_id: str, *, owner: str) -> bool:
        """Tell whether ``answer_id`` is a stored answer to a question of ``owner``."""
        wanted = (
            select(TURN.c.id)
            .join(CONVERSATION, CONVERSATION.c.id == TURN.c.conversation_id)
            .where(TURN.c.id == answer_id, CONVERSATION.c.owner == owner)
        )
        with reading(self._engine) as connection:
            return connection.execute(wanted).first() is not None

    def delete(self, conversation_id: str, *, owner: str) -> None:
        """Delete a conversation with its turns and their feedback. Raises ``Missing``."""
        mine = (CONVERSATION.c.id == conversation_id) & (CONVERSATION.c.owner == owner)
        with writing(self._engine) as connection:
            if connection.execute(delete(CONVERSATION).where(mine)).rowcount == 0:
                raise _missing()


def _new_row(answer: Answer, *, owner: str, moment: datetime) -> dict[str, object]:
    title = " ".join(answer.question.split())
    short = title if len(title) <= TITLE_MAX_CHARS else title[: TITLE_MAX_CHARS - 1].rstrip() + "…"
    return {
        "id": answer.conversation_id,
        "owner": owner,
        "title": short,
        "created_at": moment,
        "updated_at": moment,
    }


def _turn_row(answer: Answer, *, moment: datetime) -> dict[str, object]:
    last = select(func.coalesce(func.max(TURN.c.number), 0)).where(TURN.c.conversation_id == answer.conversation_id)
    return {
        "id": answer.id,
        "conversation_id": answer.conversation_id,
        "number": last.scalar_subquery() + 1,
        "created_at": moment,
        "payload": payload_of(answer),
    }


def _missing() -> Missing:
    return Missing("Không tìm thấy cuộc trò chuyện này.")
