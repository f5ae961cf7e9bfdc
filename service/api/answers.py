"""POST /v1/answers, its stream, feedback and start questions."""

from __future__ import annotations

import asyncio
import json
import re
import unicodedata
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Depends
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from starlette.concurrency import run_in_threadpool

from ingest.errors import IngestError
from ingest.vi.normalise import canonical
from service.api.deps import PROBLEM_RESPONSES, AskerDep, RequestIdDep, ServicesDep, json_only
from service.api.problems import LOG, problem_of
from service.api.schemas import AnswerOut, AskIn, FeedbackIn, FeedbackOut, SuggestionsOut, answer_out
from service.domain import Answer, Ask, Principal
from service.errors import Missing, QuestionEmpty, QuestionTooLong, ServiceError
from service.ports import Services

PING_S = 15
# A guarded sentence with its marks and the blanks after it; joined, the pieces are the whole answer.
_PIECE = re.compile(r".+?(?:[.!?…:;](?=\s)|\n|$)\s*(?:\[\d+\]\s*)*", re.DOTALL)

router = APIRouter(prefix="/v1", tags=["answers"], responses=PROBLEM_RESPONSES)


@router.post(
    "/answers",
    operation_id="createAnswer",
    summary="Hỏi một câu",
    response_model=AnswerOut,
    dependencies=[Depends(json_only)],
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
async def create_answer(body: AskIn, services: ServicesDep, principal: AskerDep, request_id: RequestIdDep) -> Any:
    """Answer one question from the reports, every figure cited.

    With ``stream: true`` the answer comes as server-sent events: ``status`` {stage, message}, ``sources``
    {citations}, ``delta`` {text} for each guarded sentence, then ``done`` with the whole answer, or ``error``.
    """
    question = clean_question(body.question, max_chars=services.settings.limits.question_max_chars)
    ask = body.ask(question=question)
    if not body.stream:
        return answer_out(await run_in_threadpool(_answer, services, ask, principal))
    events = _events(services, ask, principal, request_id=request_id)
    return EventSourceResponse(events, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


@router.post(
    "/answers/{answer_id}/feedback",
    operation_id="createFeedback",
    summary="Đánh giá một câu trả lời",
    status_code=201,
    dependencies=[Depends(json_only)],
)
def create_feedback(answer_id: str, body: FeedbackIn, services: ServicesDep, principal: AskerDep) -> FeedbackOut:
    """Keep what a reader says of an answer they got."""
    if not services.conversations.owns_answer(answer_id, owner=principal.subject):
        raise Missing("Không tìm thấy câu trả lời này.")
    kept = services.feedback.add(
        answer_id=answer_id,
        subject=principal.subject,
        rating=body.rating,
        reasons=body.reasons,
        comment=clean_text(body.comment),
    )
    return FeedbackOut(id=kept)


@router.get("/suggestions", operation_id="listSuggestions", summary="Câu hỏi gợi ý")
def list_suggestions(services: ServicesDep, principal: AskerDep) -> SuggestionsOut:
    """Return questions to start with, made from the reports there are."""
    return SuggestionsOut(suggestions=list(services.asker.suggestions()))


def clean_question(text: str, *, max_chars: int) -> str:
    """Return the question in canonical form, without control characters and outer blanks.

    Raises ``QuestionEmpty`` and ``QuestionTooLong`` (more than ``max_chars`` characters).
    """
    cleaned = clean_text(text)
    if not cleaned:
        raise QuestionEmpty("Hãy nhập câu hỏi.")
    if len(cleaned) > max_chars:
        raise QuestionTooLong(f"Câu hỏi có {len(cleaned)} ký tự, tối đa là {max_chars}. Hãy rút gọn câu hỏi.")
    return cleaned


def clean_text(text: str) -> str:
    """Return ``text`` in canonical form with control characters as blanks, line breaks kept, trimmed."""
    kept = "".join(ch if ch == "\n" or unicodedata.category(ch) not in ("Cc", "Cs") else " " for ch in canonical(text))
    return kept.strip()


def pieces(text: str) -> list[str]:
    """Return ``text`` cut after its sentences; joined they are ``text`` again. "" gives []."""
    return _PIECE.findall(text)


def _answer(services: Services, ask: Ask, principal: Principal) -> Answer:
    if ask.conversation_id is not None:
        # Somebody else's conversation must not even be continued.
        services.conversations.get(ask.conversation_id, owner=principal.subject)
    return services.asker.ask(ask, principal=principal)


async def _events(services: Services, ask: Ask, principal: Principal, *, request_id: str) -> AsyncIterator[bytes]:
    yield _event("status", {"stage": "searching", "message": "Đang tìm trong các báo cáo…"})
    work = asyncio.ensure_future(run_in_threadpool(_answer, services, ask, principal))
    try:
        while not (await asyncio.wait({work}, timeout=PING_S))[0]:
            yield KEEPALIVE_COMMENT
        answer = answer_out(work.result())
    except (ServiceError, IngestError) as error:
        yield _event("error", problem_of(error, request_id=request_id))
        return
    except Exception as error:  # noqa: BLE001 - the declared edge: the response has begun, so the error goes into it
        LOG.exception("%s unforeseen error", request_id, exc_info=error)
        yield _event("error", problem_of(error, request_id=request_id))
        return
    finally:
        # The reader may have gone; what the thread then ends with is nobody's business.
        work.add_done_callback(lambda done: done.cancelled() or done.exception())
        work.cancel()
    yield _event("sources", {"citations": [citation.model_dump() for citation in answer.citations]})
    for piece in pieces(answer.answer):
        yield _event("delta", {"text": piece})
    yield _event("done", answer.model_dump(mode="json"))


def _event(name: str, data: object) -> bytes:
    return format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))
