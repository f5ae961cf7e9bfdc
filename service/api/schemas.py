"""The JSON of the answer contract (DESIGN section 3) and of the routes beside it."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from service.domain import Answer, Ask, Filters, Mode
from service.store.payload import payload_of

QUESTION_MAX_CHARS = 2000
ShortText = Annotated[str, Field(max_length=200)]
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Year = Annotated[int, Field(ge=1900, le=2100)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


def as_of(text: str) -> datetime:
    """Return the moment that an ISO date (the end of that day) or date and time means; without zone, this machine's.

    Raises ValueError.
    """
    moment = datetime.fromisoformat(text)
    if len(text) == DATE_CHARS:
        moment = datetime.combine(moment.date(), time.max)
    return moment.astimezone()


def _is_moment(text: str) -> str:
    as_of(text)
    return text


DATE_CHARS = len("2024-03-31")
AsOf = Annotated[str, Field(max_length=40, pattern=r"^\d{4}-\d\d-\d\d"), AfterValidator(_is_moment)]


class FiltersIn(_In):
    """Limits that hold all together."""

    report_ids: list[Id] = Field(default=[], max_length=500)
    issuer: ShortText | None = None
    place: ShortText | None = None
    year: Year | None = None
    quarter: Annotated[int, Field(ge=1, le=4)] | None = None
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    as_of: AsOf | None = Field(default=None, description="Trả lời theo các phiên bản có hiệu lực vào ngày, giờ này")

    def filters(self) -> Filters:
        """Return the engine's form."""
        return Filters(
            report_ids=tuple(self.report_ids),
            issuer=self.issuer or None,
            place=self.place or None,
            year=self.year,
            quarter=self.quarter,
            month=self.month,
            as_of=as_of(self.as_of) if self.as_of else None,
        )


class AskIn(_In):
    """A question."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"question": "Quý I có bao nhiêu vụ cháy?", "mode": "auto", "stream": False}]},
    )

    # The length is checked by hand after cleaning, so that the caller reads which of the two limits it was.
    question: str = Field(json_schema_extra={"minLength": 1, "maxLength": QUESTION_MAX_CHARS})
    conversation_id: Id | None = None
    filters: FiltersIn | None = None
    mode: Literal["auto", "extractive", "llm"] = "auto"
    stream: bool = False

    def ask(self, *, question: str) -> Ask:
        """Return the engine's form with the cleaned ``question``."""
        return Ask(
            question=question,
            conversation_id=self.conversation_id,
            filters=self.filters.filters() if self.filters else Filters(),
            mode=Mode(self.mode),
        )


class FigureOut(BaseModel):
    """A figure; ``value`` is a decimal string, ``citation`` the 1-based index of its citation.

    ``doubtful``: read with little confidence; the answer then has a warning ``unclear-figure``.
    """

    text: str
    value: str
    unit: str
    role: Literal["level", "plan_ratio", "yoy_ratio", "change", "share", "progress", "target"]
    period: str
    place: str
    citation: int
    doubtful: bool = False


class ComputationOut(BaseModel):
    """Arithmetic over the figures; ``inputs`` are 0-based indexes into ``figures``."""

    expression: str
    inputs: list[int]
    note: str


class CitationOut(BaseModel):
    """A quote: characters [start, end) of the report's text, counted in Unicode code points from 0."""

    index: int
    report_id: str
    version_id: str
    report_title: str
    issuer: str
    period: str
    section_path: list[str]
    footnote: str | None
    page: int | None
    quote: str
    start: int
    end: int
    url: str


class WarningOut(BaseModel):
    """Something the reader should know."""

    code: str
    message: str


class AnswerOut(BaseModel):
    """An answer, an honest "not found" or a question back."""

    id: str
    conversation_id: str
    question: str
    understood_as: str
    status: Literal["answered", "not_found", "clarify"]
    answer: str
    short_answer: str | None
    figures: list[FigureOut]
    computation: ComputationOut | None
    citations: list[CitationOut]
    suggestions: list[str]
    warnings: list[WarningOut]
    mode: str
    model: str
    prompt_version: str
    index_version: str
    timings_ms: dict[str, float]


def answer_out(answer: Answer) -> AnswerOut:
    """Return the JSON form of ``answer``."""
    return stored_answer_out(payload_of(answer))


def stored_answer_out(payload: str) -> AnswerOut:
    """Return the JSON form of an answer as stored; the citations are those the reader saw."""
    return AnswerOut.model_validate_json(payload)


class FeedbackIn(_In):
    """A reader's opinion of an answer."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"rating": "down", "reasons": ["wrong_period"], "comment": "Hỏi quý II"}]},
    )

    rating: Literal["up", "down"]
    reasons: list[Literal["wrong_figure", "wrong_period", "wrong_place", "incomplete", "unclear"]] = Field(
        default=[], max_length=5
    )
    comment: str = Field(default="", max_length=1000)


class FeedbackOut(BaseModel):
    """The opinion is kept."""

    id: str


class SuggestionsOut(BaseModel):
    """Questions to start with."""

    suggestions: list[str]


class ConversationOut(BaseModel):
    """A conversation in a list."""

    id: str
    title: str
    created_at: datetime
    updated_at: datetime


class ConversationsOut(BaseModel):
    """A page of conversations; ``next`` is the cursor of the next page or null."""

    conversations: list[ConversationOut]
    next: str | None


class ConversationDetailOut(ConversationOut):
    """A conversation with its answers in order."""

    answers: list[AnswerOut]


class ProblemOut(BaseModel):
    """The one error shape (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:hoibaocao:problem:question-empty",
                    "title": "Câu hỏi trống",
                    "status": 422,
                    "detail": "Hãy nhập câu hỏi.",
                    "code": "question-empty",
                    "request_id": "4f1c9a6f0c1d4e7e8f3a2b1c",
                }
            ]
        }
    )

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
