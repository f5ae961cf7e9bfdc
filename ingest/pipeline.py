"""The path of a report: bytes → original, catalogue, index. The only place that keeps the three in step.

Adding goes: read, store the original, stage in the catalogue, put the points in the index, count them, publish (one
transaction: from here on the new version answers), drop the old version's points. Whatever fails before publishing is
taken back and the old version goes on answering; whatever fails after it is only a leftover for ``check``.
A report is read before its bytes are stored: one that may not be stored never touches the disk.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from ingest.catalogue.records import NewVersion, VersionInfo
from ingest.catalogue.store import Catalogue
from ingest.check import Checker, CheckReport
from ingest.chunk import make_passages
from ingest.domain import Figure, IngestResult, Passage, Report
from ingest.errors import IndexUnavailable, IngestError, NotFound, RefusedReport, UnreadableReport
from ingest.figures import report_figures
from ingest.index.port import PassageIndex
from ingest.indexing import Encoder, IndexSwap, Progress, RebuildResult, index_version, rebuild_index, silent
from ingest.originals import Originals, sha256_of
from ingest.parse.read import read_report
from ingest.results import RemoveResult, added, balance_sheet, failed, media_type, shown_name, unchanged

# Raise it when parsing, chunking or figures change what they read: ``check`` then lists the reports to read again.
READING_VERSION = "3"
LOG = logging.getLogger(__name__)


class Read(Protocol):
    """``ingest.parse.read.read_report``."""

    def __call__(self, data: bytes, /, *, name: str) -> Report:
        """Return the report. Raises ``UnreadableReport``, ``RefusedReport``."""
        ...


class MakePassages(Protocol):
    """``ingest.chunk.make_passages``."""

    def __call__(self, report: Report, /, *, key: str) -> tuple[Passage, ...]:
        """Return the passages; equal keys give equal ids."""
        ...


@dataclass(frozen=True, slots=True)
class Steps:
    """The pure part of the path: bytes → report → passages → figures."""

    read: Read = read_report
    passages: MakePassages = make_passages
    figures: Callable[[Report, tuple[Passage, ...]], Mapping[str, tuple[Figure, ...]]] = report_figures


@dataclass(frozen=True, slots=True)
class Limits:
    """What is accepted and tolerated.

    ``max_bytes``: the largest file accepted. ``staged_grace``: how old an unfinished version must be before ``check``
    takes it for the leftover of a crash; zero is right for one process, an hour where several share a catalogue.
    """

    max_bytes: int = 50_000_000
    staged_grace: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class _File:
    data: bytes
    name: str
    sha256: str


class Ingestor:
    """Adds, removes, rebuilds and checks reports. One writer at a time in a process; safe to call from threads."""

    def __init__(  # noqa: PLR0913 - one argument for each thing it keeps in step
        self,
        *,
        catalogue: Catalogue,
        originals: Originals,
        index: PassageIndex,
        encoder: Encoder,
        steps: Steps = Steps(),
        swap: IndexSwap | None = None,
        limits: Limits = Limits(),
    ) -> None:
        self.catalogue = catalogue
        self.originals = originals
        self._index = index
        self._encoder = encoder
        self._steps = steps
        self._swap = swap
        self.limits = limits
        self._writer = threading.Lock()

    def add(self, data: bytes, *, name: str, replace: str | None = None, progress: Progress = silent) -> IngestResult:
        """Take a file in as a new report, or as the new version of the report it is.

        It is the same report when ``replace`` names it, or when issuer, number and date are equal. Bytes that are
        there already change nothing (status unchanged). ``name`` is the file's own name, for people.

        Raises ``UnreadableReport`` (also code file-too-large), ``RefusedReport``, ``NotFound`` (unknown ``replace``),
        ``ModelUnavailable``, ``IndexUnavailable``, ``CatalogueUnavailable``; nothing has changed then.
        """
        check_size(len(data), limit=self.limits.max_bytes)
        file = _File(data, shown_name(name), sha256_of(data))
        with self._writer:
            if replace is not None:
                self.catalogue.current(replace)
            known = self.catalogue.find_by_sha(file.sha256)
            if known is not None:
                return unchanged(known, name=file.name, wanted=replace)
            return self._take_in(file, report_id=replace, progress=progress)

    def remove(self, report_id: str) -> RemoveResult:
        """Remove a report, all its versions, points and originals. Raises ``NotFound``, ``CatalogueUnavailable``."""
        with self._writer:
            last = self.catalogue.history(report_id)[-1]
            removed = self.catalogue.remove(report_id)
            clean = [self._drop_points(version_id) for version_id in removed.version_ids]
            clean += [self.drop_unused_original(sha256) for sha256 in removed.sha256s]
        return RemoveResult(
            report_id=report_id,
            name=last.name,
            title=last.meta.title,
            versions=len(removed.version_ids),
            leftovers=not all(clean),
        )

    def rebuild(self, *, progress: Progress = silent) -> RebuildResult:
        """Embed every visible passage again into a new index, then swap. Raises ``IndexUnavailable`` and others."""
        if self._swap is None:
            raise IndexUnavailable("Chỉ mục này không hỗ trợ dựng lại.", code="rebuild-unsupported")
        with self._writer:
            result, self._index = rebuild_index(self.catalogue, self._swap, encoder=self._encoder, progress=progress)
        return result

    def reread(self, *, progress: Progress = silent) -> tuple[IngestResult, ...]:
        """Read every visible report again from its original, as a new version of itself; for a better parser.

        Report ids stay, version ids change (older citations keep their text). A report that can no longer be read
        keeps its version and gets a failed result. Raises what concerns no single file, as ``add`` does.
        """
        results: list[IngestResult] = []
        with self._writer:
            visible = self.catalogue.visible()
            for done, info in enumerate(visible):
                progress("reread", done, len(visible))
                results.append(self._reread_one(info))
        progress("reread", len(visible), len(visible))
        return tuple(results)

    def check(self, *, repair: bool = False) -> CheckReport:
        """Compare catalogue, originals and index; with ``repair`` mend what can be mended."""
        with self._writer:
            checker = Checker(
                catalogue=self.catalogue,
                originals=self.originals,
                index=self._index,
                encoder=self._encoder,
                reading_version=READING_VERSION,
                staged_grace=self.limits.staged_grace,
            )
            return checker.run(repair=repair)

    def drop_unused_original(self, sha256: str) -> bool:
        """Delete an original that no version and no waiting job needs; tell whether that (or nothing) was done."""
        with suppress(IngestError):
            if sha256 not in self.catalogue.sha256s():
                self.originals.delete(sha256)
            return True
        LOG.warning("original %s could not be removed; check will", sha256)
        return False

    # --- the path ---------------------------------------------------------------------------------------------

    def _take_in(self, file: _File, *, report_id: str | None, progress: Progress) -> IngestResult:
        progress("read", 0, 1)
        new = self._read(file)
        progress("read", 1, 1)
        target = report_id or self.catalogue.same_report(new.report.meta)
        staged: str | None = None
        try:
            self.originals.put(file.data)
            staged = self.catalogue.stage(new, report_id=target)
            info = self.catalogue.info(staged)
            index_version(self._index, info, new.passages, encoder=self._encoder, progress=progress)
            progress("publish", 0, 1)
            old = self.catalogue.publish(staged)
        except BaseException:
            self._take_back(staged, file.sha256)
            raise
        progress("publish", 1, 1)
        clean = old is None or self._drop_points(old)
        return added(new, info, was_replaced=old is not None, clean=clean)

    def _read(self, file: _File) -> NewVersion:
        report = self._steps.read(file.data, name=file.name)
        generation = self.catalogue.next_generation(file.sha256)
        # Ids from the bytes alone where possible: two installations then rank equal scores alike. Read again, the
        # same bytes need other ids, for both versions stand in the index until the new one is published.
        key = f"{file.sha256}:{generation}" if generation else file.sha256
        passages = self._steps.passages(report, key=key)
        if not passages:
            raise UnreadableReport(f"Tệp {file.name} không có đoạn văn nào để tra cứu.", code="no-text")
        figures = self._steps.figures(report, passages)
        return NewVersion(
            sha256=file.sha256,
            name=file.name,
            media_type=media_type(report.format),
            size=len(file.data),
            generation=generation,
            report=report,
            passages=passages,
            figures=figures,
            balance=balance_sheet(report, passages, figures),
            reading_version=READING_VERSION,
            fingerprint=self._encoder.embedder.fingerprint,
        )

    def _reread_one(self, info: VersionInfo) -> IngestResult:
        try:
            file = _File(self.originals.read(info.sha256), info.name, info.sha256)
            return self._take_in(file, report_id=info.report_id, progress=silent)
        except (UnreadableReport, RefusedReport, NotFound) as error:
            return failed(error, name=info.name)

    def _take_back(self, staged: str | None, sha256: str) -> None:
        """Undo an unfinished adding: the row first, so that a version which did get published keeps its points."""
        with suppress(IngestError):
            if staged is None or self.catalogue.discard(staged):
                if staged is not None:
                    self._drop_points(staged)
                self.drop_unused_original(sha256)
            return
        LOG.warning("version %s could not be taken back; check will", staged)

    def _drop_points(self, version_id: str) -> bool:
        with suppress(IngestError):
            self._index.delete_version(version_id)
            return True
        LOG.warning("points of version %s could not be removed; check will", version_id)
        return False


def check_size(size: int, *, limit: int) -> None:
    """Raise ``UnreadableReport`` (code file-too-large) when ``size`` bytes are more than ``limit``."""
    if size > limit:
        raise UnreadableReport(f"Tệp lớn {_megabytes(size)}, vượt giới hạn {_megabytes(limit)}.", code="file-too-large")


def _megabytes(size: int) -> str:
    # Rounded up, so that a file just over the limit is not said to be as large as the limit.
    tenths = -(-size // 100_000)
    return f"{tenths // 10},{tenths % 10} MB"
