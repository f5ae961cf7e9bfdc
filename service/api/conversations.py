"""The caller's own conversations; those of others do not exist for them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query

from service.api.deps import PROBLEM_RESPONSES, OwnerDep, ServicesDep
from service.api.paging import cursor_of, read_cursor
from service.api.schemas import ConversationDetailOut, ConversationOut, ConversationsOut, Id, stored_answer_out

router = APIRouter(prefix="/v1/conversations", tags=["conversations"], responses=PROBLEM_RESPONSES)


@router.get("", operation_id="listConversations", summary="Các cuộc trò chuyện")
def list_conversations(
    services: ServicesDep,
    principal: OwnerDep,
    after: Annotated[str | None, Query(max_length=200, description="Con trỏ «next» của trang trước")] = None,
    limit: Annotated[int, Query(ge=1, le=200, description="Số mục mỗi trang")] = 50,
) -> ConversationsOut:
    """Return the caller's conversations, last used first."""
    found = services.conversations.list(owner=principal.subject, limit=limit + 1, before=read_cursor(after))
    page = found[:limit]
    following = cursor_of(page[-1].updated_at, page[-1].id) if len(found) > limit else None
    return ConversationsOut(conversations=[ConversationOut(**asdict(one)) for one in page], next=following)


@router.get("/{conversation_id}", operation_id="getConversation", summary="Một cuộc trò chuyện")
def get_conversation(conversation_id: Id, services: ServicesDep, principal: OwnerDep) -> ConversationDetailOut:
    """Return a conversation with its answers and citations as they were given."""
    found = services.conversations.get(conversation_id, owner=principal.subject)
    turns = services.conversations.turns(conversation_id, owner=principal.subject)
    return ConversationDetailOut(**asdict(found), answers=[stored_answer_out(turn.payload) for turn in turns])


@router.delete("/{conversation_id}", operation_id="deleteConversation", summary="Xóa cuộc trò chuyện", status_code=204)
def delete_conversation(conversation_id: Id, services: ServicesDep, principal: OwnerDep) -> None:
    """Delete a conversation with its answers and their feedback."""
    services.conversations.delete(conversation_id, owner=principal.subject)
