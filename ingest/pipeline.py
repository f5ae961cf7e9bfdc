"""The path of a report: bytes → original, catalogue, index. The only place that keeps the three in step.

Preparing (``preparing``: read, passages, figures, vectors) is slow, touches no store and runs side by side.
Committing is short and one at a time: store the original, stage in the catalogue, put the points in the index, count
them, publish (one transaction: from here on the new version answers), drop points nobody needs any more. Whatever
fails before publishing is taken back and the old version goes on answering; whatever fails after it is only a leftover
for ``check``. A report is read before its bytes are stored: one that may not be stored never touches the disk.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from ingest import preparing
from ingest.catalogue.records import NewVersion, VersionInfo, VersionStatus
from ingest.catalogue.store import Catalogue, utc_now
from ingest.check import Checker, CheckReport, Problem, ProblemKind
from ingest.domain import IngestResult, IngestStatus
from ingest.errors import IndexUnavailable, IngestError, NotFound, RefusedReport, UnreadableReport
from ingest.indexing import Encoder, Progress, Vectors, encode, put_version, silent
from ingest.originals import Originals, sha256_of
from ingest.preparing import File, Limits, Prepared, Steps, check_size, prepare_file, read_file
from ingest.pruning import PruneResult, PruneRule, prunable
from ingest.rebuilding import IndexSwap, RebuildResult, rebuild_index
from ingest.results import RemoveResult, added, failed, shown_name, unchanged
from ingest.serving import Serving

LOG = logging.getLogger(__name__)


class Ingestor:
    """Adds, removes, rebuilds and checks reports. Safe to call from threads: files are prepared side by side, and there
    is one writer at a time."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        originals: Originals,
        serving: Serving,
        steps: Steps | None = None,
        swap: IndexSwap | None = None,
        limits: Limits | None = None,
    ) -> None:
        self.catalogue = catalogue
        self.originals = originals
        self.serving = serving
        self._steps = steps or Steps()
        self._swap = swap
        self.limits = limits or Limits()
        self._writer = threading.Lock()
        self._rebuilding = threading.Lock()

    def add(self, data: bytes, *, name: str, replace: str | None = None, progress: Progress = silent) -> IngestResult:
        """Take a file in as a new report, or as the new version of the report it is: ``prepare``, then ``commit``.

        Raises as the two do; nothing has changed then.
        """
        return self.commit(self.prepare(data, name=name, replace=replace, progress=progress), progress=progress)

    def prepare(self, data: bytes, *, name: str, replace: str | None = None, progress: Progress = silent) -> Prepared:
        """Read a file and make its vectors, storing nothing; several threads may do so at once.

        ``name`` is the file's own name, for people. ``replace`` names the report it is a new version of.

        Raises ``UnreadableReport`` (also code file-too-large), ``RefusedReport``, ``NotFound`` (unknown ``replace``),
        ``ModelUnavailable``, ``CatalogueUnavailable``.
        """
        check_size(len(data), limit=self.limits.max_bytes)
        file = File(data, shown_name(name), sha256_of(data))
        if replace is not None:
            self.catalogue.current(replace)
        if self.catalogue.find_by_sha(file.sha256) is not None:
            return Prepared(file, replace)
        return self._prepared(file, replace=replace, progress=progress)

    def commit(self, prepared: Prepared, *, progress: Progress = silent) -> IngestResult:
        """Store what ``prepare`` made of a file and let it answer.

        It is the same report when ``replace`` named it, or when issuer, number and date are equal. Bytes that are
        there already change nothing (status unchanged).

        Raises ``NotFound`` (the report to replace is gone), ``IndexUnavailable``, ``CatalogueUnavailable``, and what
        ``prepare`` raises; nothing has changed then.
        """
        with self._writer:
            known = self._known(prepared)
            if known is not None:
                self.originals.put(prepared.file.data)  # mends one that was lost or damaged on the disk
                return unchanged(known, name=prepared.file.name, wanted=prepared.replace)
            if prepared.new is None:  # it was there when it was prepared, and has been removed since
                prepared = self._prepared(prepared.file, replace=prepared.replace, progress=progress)
            new, vectors = self._numbered(prepared)
            return self._take_in(prepared, new, vectors, progress=progress)

    def remove(self, report_id: str) -> RemoveResult:
        """Remove a report, all its versions, points and originals. Raises ``NotFound``, ``CatalogueUnavailable``."""
        with self._writer:
            last = self.catalogue.history(report_id)[-1]
            removed = self.catalogue.remove(report_id)
            clean = self._clear(removed.version_ids, removed.sha256s)
        count = len(removed.version_ids)
        return RemoveResult(report_id, last.name, last.meta.title, versions=count, leftovers=not clean)

    def prune(self, rule: PruneRule) -> PruneResult:
        """Remove the replaced versions that ``rule`` gives up. Raises ``CatalogueUnavailable``."""
        with self._writer:
            timeline = self.catalogue.timeline
            gone = timeline.forget([one.version_id for one in prunable(timeline.shown(), rule, now=utc_now())])
            unused = {one.sha256 for one in gone} - self.catalogue.sha256s()
            clean = self._clear([one.version_id for one in gone], unused)
        return PruneResult(gone, originals=len(unused), leftovers=not clean)

    def rebuild(self, *, encoder: Encoder | None = None, progress: Progress = silent) -> RebuildResult:
        """Embed every passage again into a new index, then use that; with ``encoder`` from then on with its model.

        Questions are answered and files taken in meanwhile. Raises ``IndexUnavailable`` and others; the old index and
        its model serve on then.
        """
        if self._swap is None:
            raise IndexUnavailable("Chỉ mục này không hỗ trợ dựng lại.", code="rebuild-unsupported")
        with self._rebuilding:
            result, _ = rebuild_index(
                self.catalogue,
                self._swap,
                encoder=encoder or self.serving.now.encoder,
                serving=self.serving,
                writers=self._writer,
                progress=progress,
            )
        return result

    def reread(self, *, progress: Progress = silent) -> tuple[IngestResult, ...]:
        """Read every visible report again from its original, as a new version of itself; for a better parser.

        Report ids stay, version ids change (older citations keep their text). A report that can no longer be read
        keeps its version and gets a failed result. Raises what concerns no single file, as ``add`` does.
        """
        results: list[IngestResult] = []
        visible = self.catalogue.visible()
        for done, info in enumerate(visible):
            progress("reread", done, len(visible))
            results.append(self._reread_one(info))
        progress("reread", len(visible), len(visible))
        return tuple(results)

    def check(self, *, repair: bool = False, deep: bool = False) -> CheckReport:
        """Compare catalogue, originals and index; with ``repair`` mend what can be mended. ``deep``: vectors too."""
        with self._writer:
            found = self._checker().run(repair=repair, deep=deep)
        if not repair:
            return found
        mended = tuple(replace(p, repaired=True) if self._mended_by_reading(p) else p for p in found.problems)
        return replace(found, problems=mended)

    def recover(self) -> tuple[Problem, ...]:
        """Mend what a killed process left behind; every start does. Raises ``CatalogueUnavailable`` and others."""
        with self._writer:
            return self._checker().quick()

    def drop_unused_original(self, sha256: str) -> bool:
        """Delete an original that no version and no waiting job needs; tell whether that (or nothing) was done."""
        with suppress(IngestError):
            if sha256 not in self.catalogue.sha256s():
                self.originals.delete(sha256)
            return True
        LOG.warning("original %s could not be removed; check will", sha256)
        return False

    # --- the path ---------------------------------------------------------------------------------------------

    def _prepared(
        self, file: File, *, replace: str | None, progress: Progress = silent, instead_of: str | None = None
    ) -> Prepared:
        return prepare_file(
            file,
            generation=self.catalogue.next_generation(file.sha256),
            steps=self._steps,
            encoder=self.serving.now.encoder,
            replace=replace,
            instead_of=instead_of,
            progress=progress,
        )

    def _checker(self) -> Checker:
        return Checker(
            catalogue=self.catalogue,
            originals=self.originals,
            index=self.serving.now.index,
            encoder=self.serving.now.encoder,
            reading_version=preparing.READING_VERSION,
            staged_grace=self.limits.staged_grace,
        )

    def _mended_by_reading(self, problem: Problem) -> bool:
        """Mend what takes reading files again; tell whether that was such a problem and is mended."""
        if problem.kind is ProblemKind.BROKEN_RECORD:
            info = self.catalogue.info(problem.subject)
            return info.status is VersionStatus.VISIBLE and self._reread_one(info).status is not IngestStatus.FAILED
        if problem.kind is not ProblemKind.OLDER_CATALOGUE:
            return False
        # Oldest first: of two files that are the same report, the later one is to answer.
        for sha256 in self.originals.oldest_first(self.originals.list() - self.catalogue.sha256s()):
            with suppress(UnreadableReport, RefusedReport, NotFound):
                self.add(self.originals.read(sha256), name=f"tệp gốc {sha256[:12]}")
        self.originals.note_revision(self.catalogue.revision())
        return True

    def _note_revision(self) -> None:
        with suppress(IngestError):
            if self.catalogue.revision() > self.originals.noted_revision():
                self.originals.note_revision(self.catalogue.revision())

    def _known(self, prepared: Prepared) -> VersionInfo | None:
        """Return the visible version that makes committing needless, None for none. Raises ``NotFound``."""
        current = None if prepared.replace is None else self.catalogue.current(prepared.replace)
        if prepared.instead_of is None:
            return self.catalogue.find_by_sha(prepared.file.sha256)
        # Read again meanwhile, or replaced: the newer one stays.
        return current if current is not None and current.version_id != prepared.instead_of else None

    def _numbered(self, prepared: Prepared) -> tuple[NewVersion, Vectors]:
        """Return what is to be staged, its passages named anew where the same bytes were staged since it was read."""
        new, vectors = prepared.new, prepared.vectors
        assert new is not None and vectors is not None
        generation = self.catalogue.next_generation(new.sha256)
        if generation != new.generation:
            new = read_file(
                prepared.file, generation=generation, steps=self._steps, fingerprint=new.fingerprint, report=new.report
            )
        encoder = self.serving.now.encoder
        if new.fingerprint != encoder.embedder.fingerprint:  # another model took over since it was prepared
            new = replace(new, fingerprint=encoder.embedder.fingerprint)
            vectors = encode(new.passages, encoder=encoder)
        return new, vectors

    def _take_in(self, prepared: Prepared, new: NewVersion, vectors: Vectors, *, progress: Progress) -> IngestResult:
        target = prepared.replace or self.catalogue.same_report(new.report.meta)
        staged: str | None = None
        progress("publish", 0, 1)
        try:
            self.originals.put(prepared.file.data)
            staged = self.catalogue.stage(new, report_id=target)
            info = self.catalogue.info(staged)
            put_version(self.serving.now.index, info, new.passages, vectors)
            old = self.catalogue.publish(staged)
        except BaseException:
            self._take_back(staged, new.sha256)
            raise
        progress("publish", 1, 1)
        clean = self._drop_spent(info)
        self._note_revision()
        return added(new, info, was_replaced=old is not None, clean=clean)

    def _reread_one(self, info: VersionInfo) -> IngestResult:
        try:
            file = File(self.originals.read(info.sha256), info.name, info.sha256)
            return self.commit(self._prepared(file, replace=info.report_id, instead_of=info.version_id))
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

    def _drop_spent(self, info: VersionInfo) -> bool:
        """Drop the points of older readings of the bytes just published: they need theirs but once.

        An older file keeps its points, for questions about the time when it was in force.
        """
        with suppress(IngestError):
            history = self.catalogue.history(info.report_id)
            spent = [v.version_id for v in history if v.sha256 == info.sha256 and v.version_id != info.version_id]
            clean = [self._drop_points(version_id) for version_id in spent]
            return all(clean)
        return False

    def _clear(self, version_ids: Iterable[str], sha256s: Iterable[str]) -> bool:
        """Drop what was kept of versions now gone from the catalogue; tell whether nothing is left over."""
        clean = [self._drop_points(version_id) for version_id in version_ids]
        clean += [self.drop_unused_original(sha256) for sha256 in sha256s]
        self._note_revision()
        return all(clean)

    def _drop_points(self, version_id: str) -> bool:
        with suppress(IngestError):
            self.serving.now.index.delete_version(version_id)
            return True
        LOG.warning("points of version %s could not be removed; check will", version_id)
        return False
