"""Every noun of the ingest side, once, as frozen dataclasses.

Offsets: all spans are 0-based, half-open ``[start, end)``, counted in characters of the one canonical
text of a report version (Unicode NFC). Nothing here is serialisable by itself; each face converts by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``text[start:end]`` of a canonical text; ``start <= end``, both 0-based."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters this span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Tell whether ``other`` lies inside this span (equal counts)."""
        return self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as a person reads it, each character tied to its place in the canonical text.

    ``text`` has line breaks and emphasis marks cleaned and pieces joined; ``offsets[i]`` is the canonical
    offset of ``text[i]`` (a joining blank repeats the offset of the character before it).
    ``pieces`` are the canonical spans it was made of, in reading order. Empty reading: "" and ().
    """

    text: str
    offsets: tuple[int, ...]
    pieces: tuple[Span, ...]

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Map reading characters ``[start, end)`` to canonical spans, one for each piece touched.

        Returns () for an empty range. Each span is contiguous in the canonical text, so
        ``span.of(canonical)`` is a quote that stands there letter by letter.
        """
        found: list[Span] = []
        for piece in self.pieces:
            inside = [o for o in self.offsets[start:end] if piece.start <= o < piece.end]
            if inside:
                found.append(Span(inside[0], inside[-1] + 1))
        return tuple(found)


class PeriodKind(StrEnum):
    """What sort of stretch of time a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    CUMULATIVE = "cumulative"  # first N months of a year ("3 tháng", "6 tháng đầu năm", "lũy kế")
    YEAR = "year"
    RANGE = "range"  # years ("giai đoạn 2021 - 2025") or an odd reporting window
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Period:
    """A period of a report or a figure.

    ``year`` None: the text names no year (the report's own year is then meant).
    Months are 1-based and inclusive; None for a RANGE of years. ``last_year`` only for RANGE.
    ``day`` only for DATE.
    """

    kind: PeriodKind
    year: int | None = None
    first_month: int | None = None
    last_month: int | None = None
    last_year: int | None = None
    day: int | None = None


class FigureRole(StrEnum):
    """What a figure says of its indicator (DESIGN section 3)."""

    LEVEL = "level"
    PLAN_RATIO = "plan_ratio"
    YOY_RATIO = "yoy_ratio"
    CHANGE = "change"
    SHARE = "share"
    PROGRESS = "progress"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a report with what it counts.

    ``span`` covers ``text`` (number with its unit, e.g. "05/12 công trình") in the canonical text.
    ``value`` is the number as written times nothing: "14 tỷ 350 triệu đồng" is 14.350 with unit "tỷ đồng".
    ``whole`` is the second number of part/whole ("05/12" gives value 5, whole 12).
    ``indicator`` is what is counted, carried across clauses ("đàn dê"; "người bị thương");
    ``clause`` is the span of the clause it stands in; ``sentence`` that of its sentence
    (of the piece that holds the figure where notes cut it in two).
    ``signed`` change: negative for giảm. ``base``: comparison base as written, without "so với"
    ("kế hoạch", "cùng kỳ", "dự toán Trung ương giao"). ``hedge``: "trên", "gần", "khoảng", "ước" ... or "".
    ``doubtful``: some of its characters, or its place in a table, were read with little confidence.
    """

    span: Span
    text: str
    value: Decimal
    unit: str
    role: FigureRole
    indicator: str
    clause: Span
    sentence: Span
    period: Period | None = None
    place: str | None = None
    whole: Decimal | None = None
    base: str = ""
    hedge: str = ""
    doubtful: bool = False


class Severity(StrEnum):
    """How bad a parse issue is; WARNING and worse make an ingest 'partial'."""

    INFO = "info"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class ParseIssue:
    """Something odd met while reading; never an exception. ``message`` is Vietnamese, for staff.

    ``count``: of how many things it speaks (images not read, hidden characters left out ...), at least 1.
    """

    code: str
    message: str
    severity: Severity = Severity.INFO
    span: Span | None = None
    count: int = 1


class SectionKind(StrEnum):
    """How a section is introduced."""

    ROOT = "root"
    HEADER = "header"  # agency, Quốc hiệu, number, date, title
    PART = "part"  # Phần thứ nhất / Phần I
    UPPER = "upper"  # A. B. C.
    ROMAN = "roman"
    ARTICLE = "article"  # Điều 1.
    ARABIC = "arabic"  # 1. and 1.1. and 1.1.1.
    LETTER = "letter"  # a)
    RUN_IN = "run_in"  # * *Trồng trọt*: ... / bold line without number
    ANNEX = "annex"
    SIGNATURE = "signature"  # Nơi nhận and the signature block


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the section tree, in document order; ``id`` is its 0-based place in ``Report.sections``.

    ``marker`` is the numbering as written ("1.1.", "I.", "a)", ""), ``title`` the heading without marker,
    emphasis marks, footnote marks and final colon. ``heading`` spans marker and title; None for the root.
    ``span`` runs from the heading to the start of the next section of the same or a higher level.
    ``parent`` is an id; None only for the root (id 0, level 0).
    """

    id: int
    parent: int | None
    level: int
    kind: SectionKind
    marker: str
    title: str
    heading: Span | None
    span: Span


# Kinds of documents about what is to be done, whose figures are aims throughout (Nghị định 30/2020/NĐ-CP, điều 3, names
# the kinds): values of ``ReportMeta.doc_type``.
PLAN_TYPES = frozenset(("kế hoạch", "nghị quyết", "quyết định", "chương trình", "đề án", "dự án", "phương án"))


class ParagraphKind(StrEnum):
    """What a paragraph is in its section."""

    TEXT = "text"
    BULLET = "bullet"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as read: ``spans`` has more than one piece where a page's notes cut it in two.

    For a run-in heading the text after the heading is the section's first paragraph.
    ``marker`` is the bullet sign ("-", "+", "•", "a)" ...) or "". ``depth`` 0 = no bullet, 1 = "-", 2 = "+".
    """

    section: int
    kind: ParagraphKind
    spans: tuple[Span, ...]
    marker: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote bound to its mark.

    ``label`` as written without brackets ("3"); that of a table's own note with them ("(1)", "(*)"). ``mark``: where
    the mark stands in the running text (None when no mark was found: then a WARNING issue is given). ``spans``: the
    note's own text without label. ``section``: id of the section the mark stands in. ``paragraph``: 0-based index in
    ``Report.paragraphs`` of the paragraph that carries the mark; None when the mark stands in a heading or nowhere.
    """

    label: str
    mark: Span | None
    spans: tuple[Span, ...]
    section: int
    paragraph: int | None


@dataclass(frozen=True, slots=True)
class TableRow:
    """One table row; ``cells[i]`` is the span of column i (empty span for an empty cell).

    A cell joined over several rows has its span in each of them: outside ``span`` in all but the first.
    """

    span: Span
    cells: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``columns`` are header texts by column (levels joined with " / "), ``unit`` its unit line.

    ``heads``: the head rows themselves; a head over several columns has its span in each. () where it is not known
    which head stands over which column.
    """

    section: int
    caption: str
    unit: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    heads: tuple[TableRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportMeta:
    """What the header and signature blocks say; None or "" where they do not.

    ``spans`` maps a field name to where it was read ("signer", "number", "issued_on", "issuer", "title",
    "recipients", "signer_role", "period"). ``area`` is the unit reported on ("huyện X"), ``doc_type`` the named type
    in lower case ("báo cáo").
    """

    issuer: str = ""
    parent_issuer: str = ""
    number: str = ""
    doc_type: str = ""
    title: str = ""
    issued_on: date | None = None
    issued_at: str = ""
    area: str = ""
    period: Period | None = None
    signer: str = ""
    signer_role: str = ""
    recipients: tuple[str, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A printed word: ``span`` in the canonical text, and its box on the page.

    Box edges are fractions of the page's width and height, 0..1, from the top left. ``confidence`` 0..1 of the
    recognition; None where the file itself says the letters.
    """

    span: Span
    left: float
    top: float
    right: float
    bottom: float
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a file that has pages (PDF, scan). ``number`` is 1-based, ``width`` and ``height`` in points as shown.

    ``span``: the characters of the canonical text printed on it (its running text, then its notes): pages follow each
    other and do not overlap. ``scanned``: an image read by recognition. ``words`` in the order of the text; () where
    they were not loaded (``Catalogue.page`` loads those of one page).
    """

    number: int
    span: Span
    width: float
    height: float
    scanned: bool = False
    words: tuple[PlacedWord, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report as read from one file. ``text`` is canonical; ``sections[0]`` is the root.

    ``pages`` in order, () for formats without fixed pages. ``doubtful``: pieces read with little confidence (unclear
    print of a scan, a table whose cells were placed by a guess), in order; figures in them say so.
    """

    text: str
    format: str
    meta: ReportMeta
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    footnotes: tuple[Footnote, ...] = ()
    tables: tuple[Table, ...] = ()
    issues: tuple[ParseIssue, ...] = ()
    pages: tuple[Page, ...] = ()
    doubtful: tuple[Span, ...] = ()


class PassageKind(StrEnum):
    """Where a passage comes from."""

    SECTION = "section"
    FOOTNOTE = "footnote"
    TABLE_ROW = "table_row"
    HEADER = "header"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is embedded, retrieved and cited.

    ``id``: UUID string, the same for the same bytes, version and place. ``ordinal``: 0-based in the report.
    ``spans``: canonical pieces; ``text``: their reading (what is embedded together with ``context``).
    ``section_path``: headings from the outside in, markers included, root left out.
    ``context``: words that give the passage its sense but do not stand in it (section path, table header and
    unit, and for a footnote its anchor sentence). ``footnote``: label or None. ``anchor``: for a footnote the span of
    the sentence piece that carries its mark. ``notes``: for a section passage the labels marked in it.
    ``page``: 1-based page its first character is printed on, None for formats without pages; ``turns``: where in it
    later pages begin (canonical offsets), () when it ends on that page.
    """

    id: str
    ordinal: int
    kind: PassageKind
    section: int
    section_path: tuple[str, ...]
    spans: tuple[Span, ...]
    text: str
    context: str
    footnote: str | None = None
    anchor: Span | None = None
    notes: tuple[str, ...] = ()
    page: int | None = None
    turns: tuple[int, ...] = ()


class IngestStatus(StrEnum):
    """'complete' only when no WARNING issue exists."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    UNCHANGED = "unchanged"  # the same bytes are already there
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Balance:
    """The balance sheet of one ingest: what the file holds against what was indexed.

    ``rows``: of all tables. ``numbers``: numeric tokens of the text by a count of its own; ``in_figures`` of them stand
    in a figure, the others are in ``left_out`` by reason (``ingest.accounting.Reason``): both add up to ``numbers``.
    ``doubtful``: figures read with little confidence. ``pages`` of a file that has them, of which ``pages_recognised``
    are images read by recognition and ``pages_empty`` gave no character. ``images_skipped``: pictures nobody read;
    ``hidden``: characters no reader sees, left out. ``issues`` counts by code, ``warnings`` their number.
    Versions read before the longer sheet have zeros from ``rows`` on.
    """

    sections: int
    footnotes_found: int
    footnotes_bound: int
    tables: int
    figures: int
    passages: int
    indexed: int
    rows: int = 0
    numbers: int = 0
    in_figures: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    doubtful: int = 0
    pages: int = 0
    pages_recognised: int = 0
    pages_empty: int = 0
    images_skipped: int = 0
    hidden: int = 0
    issues: Mapping[str, int] = field(default_factory=dict)
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of one file. ``report_id``/``version_id`` are None when it failed."""

    name: str
    status: IngestStatus
    report_id: str | None = None
    version_id: str | None = None
    balance: Balance | None = None
    issues: tuple[ParseIssue, ...] = ()
    error_code: str = ""
    error_message: str = ""
