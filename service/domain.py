"""Every noun of the service side, once, as frozen dataclasses. Spans and offsets are those of ``ingest.domain``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from ingest.domain import Figure, FigureRole, Passage, Period, Span
from ingest.vi.periods import Vague


class Want(StrEnum):
    """What a question asks for."""

    FIGURE = "figure"  # bao nhiêu, mấy
    PERSON = "person"  # ai
    DATE = "date"  # khi nào, ngày nào
    PLACE = "place"  # ở đâu, xã nào
    NAME = "name"  # gì, nào: a short text
    LIST = "list"  # những ... nào, gồm những gì
    REASON = "reason"  # vì sao
    YES_NO = "yes_no"  # có ... không
    TEXT = "text"  # anything else: the best sentences


class Extreme(StrEnum):
    """Which of several figures is asked for."""

    MOST = "most"  # nhiều nhất, cao nhất, đứng đầu
    LEAST = "least"  # ít nhất, thấp nhất


class Mode(StrEnum):
    """Who words the answer."""

    AUTO = "auto"
    EXTRACTIVE = "extractive"
    LLM = "llm"


@dataclass(frozen=True, slots=True)
class Filters:
    """Explicit limits; all must hold. ``place``, ``issuer``: folded. ``as_of`` (aware): what was in force then."""

    report_ids: tuple[str, ...] = ()
    issuer: str | None = None
    place: str | None = None
    year: int | None = None
    quarter: int | None = None
    month: int | None = None
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """A phrase of a question that a report may say in other words.

    ``words``: its words as in ``Query.terms``, some perhaps left out; ``terms``: unified phrases that say the same.
    """

    words: tuple[str, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A question as understood.

    ``text`` canonical question; ``terms`` the unified content words (question words, period and place left out),
    ``faint`` those that say little of the subject ("thực hiện", "năm nay"), ``around`` those that name the area all
    reports at hand are of; ``unit`` the counted noun after "bao nhiêu" ("vụ", "con"), "" if none; ``role`` the wanted
    role (None: a level); ``period`` and ``place`` None for none, ``others`` further periods to set beside ``period``,
    ``beside`` further places to set beside ``place``. ``parts``: the single questions of one that asks for several
    figures, or for two beside each other; ``marked``: it says so ("lần lượt", a second "bao nhiêu"); ``loose``: only a
    report can tell whether they are single questions; ``lead``: the words all of them are about. ``extreme``: which of
    them is asked for, ``top`` how many, ``among`` the kind of thing ("xã", "khoản"). ``every_period``: of every report.
    """

    text: str
    terms: tuple[str, ...]
    want: Want
    unit: str = ""
    role: FigureRole | None = None
    period: Period | None = None
    during: Vague | None = None  # a time of the report's own: "lũy kế", "trong tháng"
    others: tuple[Period, ...] = ()
    place: str | None = None
    faint: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    meta_field: str = ""  # "signer", "number", ...: a question about the document itself
    accents: bool = True
    beside: tuple[str, ...] = ()
    parts: tuple[Query, ...] = ()
    marked: bool = False
    loose: bool = False
    lead: tuple[str, ...] = ()
    extreme: Extreme | None = None
    top: int = 1
    among: str = ""
    every_period: bool = False
    also: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportRef:
    """What the service needs to know of a visible report version."""

    report_id: str
    version_id: str
    title: str
    issuer: str
    number: str
    area: str
    period: Period | None
    issued_on: str  # ISO date or ""
    doc_type: str = ""  # "báo cáo", "kế hoạch" ... in lower case
    sample: bool = False  # one of the bundled reports, whose figures are invented
    scanned: bool = False  # pages of it were read by recognition

    @property
    def place(self) -> str:
        """What tells this report from those of other places: its area, else its issuer, else its title."""
        return self.area or self.issuer or self.title


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage with its report and figures; ranks are 1-based, ``score`` is that of the hybrid search."""

    rank: int
    score: float
    report: ReportRef
    passage: Passage
    figures: tuple[Figure, ...] = ()
    found: int = 0  # rank in the hybrid search, before the fields of the passages decided
    reread: float = 0.0  # 1 / rank by the text reranker


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a claim stands: a span of a report version's canonical text and the passage it belongs to."""

    report: ReportRef
    passage: Passage
    span: Span


@dataclass(frozen=True, slots=True)
class FigureClaim:
    """A figure offered in an answer with the 0-based number of its evidence in the draft."""

    figure: Figure
    evidence: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a draft without marks, and the 0-based evidence numbers that support it."""

    text: str
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Computation:
    """Arithmetic shown to the reader; ``inputs`` are 0-based indexes into the draft's figures."""

    expression: str
    inputs: tuple[int, ...]
    result: Decimal
    note: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine proposes; nothing of it reaches a reader before the guard has passed it."""

    claims: tuple[Claim, ...]
    evidence: tuple[Evidence, ...]
    short_answer: str | None = None
    figures: tuple[FigureClaim, ...] = ()
    computation: Computation | None = None
    warnings: tuple[Notice, ...] = ()
    engine: str = "extractive"
    model: str = ""
    prompt_version: str = ""
    together: bool = False  # shown with all its claims or not at all
    counts: bool = False  # its short answer may say how many claims there are


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning for the reader: stable code, Vietnamese message."""

    code: str
    message: str


class Status(StrEnum):
    """The three honest outcomes; an error is none of them."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    CLARIFY = "clarify"


@dataclass(frozen=True, slots=True)
class Abstention:
    """'The reports do not say': ``message`` names what was searched and the nearest thing there is."""

    message: str
    status: Status = Status.NOT_FOUND
    suggestions: tuple[str, ...] = ()
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """``index`` is 1-based, as in the [n] marks; ``quote == text[start:end]`` of the version's canonical text."""

    index: int
    report_id: str
    version_id: str
    report_title: str
    issuer: str
    period: str
    section_path: tuple[str, ...]
    footnote: str | None
    page: int | None
    quote: str
    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class AnswerFigure:
    """A figure as answered; ``citation`` is the 1-based citation index, ``value`` a plain decimal string."""

    text: str
    value: str
    unit: str
    role: str
    period: str
    place: str
    citation: int
    doubtful: bool = False  # read with little confidence; the answer then carries a warning


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader gets (DESIGN section 3). Only ``service.ground`` builds one."""

    id: str
    conversation_id: str
    question: str
    understood_as: str
    status: Status
    answer: str
    short_answer: str | None
    figures: tuple[AnswerFigure, ...]
    computation: Computation | None
    citations: tuple[Citation, ...]
    suggestions: tuple[str, ...]
    warnings: tuple[Notice, ...]
    mode: str
    model: str
    prompt_version: str
    index_version: str
    timings_ms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ask:
    """One request to the engine. ``question`` is as typed, 1 to 2,000 characters after trimming."""

    question: str
    conversation_id: str | None = None
    filters: Filters = Filters()
    mode: Mode = Mode.AUTO


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier turn of a conversation: the question as typed, how it was read and the short answer ("" for none)."""

    question: str
    understood_as: str = ""
    short_answer: str = ""


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks. ``roles``: "reader", "editor", "admin". The local user of a loopback-only service has all three."""

    subject: str
    roles: frozenset[str]
