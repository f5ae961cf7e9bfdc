"""What the catalogue takes in and hands out, as frozen dataclasses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ingest.domain import Balance, Figure, Passage, Report, ReportMeta

FiguresByPassage = Mapping[str, tuple[Figure, ...]]


class VersionStatus(StrEnum):
    """The life of a version. A version that fails is removed: its reason stands in the job or the result."""

    STAGED = "staged"  # written, not yet answering
    VISIBLE = "visible"  # answering; at most one for each report
    SUPERSEDED = "superseded"  # kept so that older citations still open


@dataclass(frozen=True, slots=True)
class NewVersion:
    """Everything about a version to be staged.

    ``name`` is the file's own name (shown, never used as a path), ``size`` in bytes. ``generation`` counts the
    versions ever staged for the same bytes (0-based; see ``Catalogue.next_generation``).
    ``figures`` maps passage ids to figures; passages without figures may be left out.
    """

    sha256: str
    name: str
    media_type: str
    size: int
    generation: int
    report: Report
    passages: tuple[Passage, ...]
    figures: FiguresByPassage
    balance: Balance
    reading_version: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """A version without its text. ``size`` in bytes; ``counts`` its balance sheet. Times are UTC.

    ``created_at``: staged. ``published_at``: began to answer. ``superseded_at``: another took over. None: not yet.

    ``reading_version`` names the parser and figure rules that read it, ``fingerprint`` the embedding model
    its points were made with.
    """

    report_id: str
    version_id: str
    status: VersionStatus
    name: str
    sha256: str
    media_type: str
    size: int
    meta: ReportMeta
    created_at: datetime
    counts: Balance
    reading_version: str
    fingerprint: str
    published_at: datetime | None = None
    superseded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A version whole: equal, field by field, to what was staged, but for the words of the pages.

    ``figures`` has a key for every passage.
    """

    info: VersionInfo
    report: Report
    passages: tuple[Passage, ...]
    figures: Mapping[str, tuple[Figure, ...]]


@dataclass(frozen=True, slots=True)
class RemovedReport:
    """What ``Catalogue.remove`` took away: the versions of a report and the SHA-256 of their originals."""

    report_id: str
    version_ids: tuple[str, ...]
    sha256s: tuple[str, ...]


class JobStatus(StrEnum):
    """The life of a job."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work kept across restarts.

    ``payload`` and ``result`` are flat text maps the caller chooses. ``attempts`` counts claims. ``stage``, ``done``
    and ``total`` are the last progress noted. Times are UTC, None until reached.
    """

    id: str
    kind: str
    status: JobStatus
    payload: Mapping[str, str]
    created_at: datetime
    result: Mapping[str, str] = field(default_factory=dict)
    error_code: str = ""
    error_message: str = ""
    attempts: int = 0
    stage: str = ""
    done: int = 0
    total: int = 0
    started_at: datetime | None = None
    finished_at: datetime | None = None
