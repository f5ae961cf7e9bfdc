"""Comparing catalogue, originals and index, and mending the difference.

The catalogue and the originals are the truth (invariant 2), so mending goes: leftovers out of the catalogue first,
then the index is made to follow the catalogue, and files nobody needs go last. What cannot be mended from what is there
is told, with what to do. ``quick`` is what every start does by itself: the leftovers of a process that was killed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import numpy as np

from ingest.catalogue.engine import damage
from ingest.catalogue.records import StoredVersion, VersionInfo
from ingest.catalogue.store import Catalogue
from ingest.errors import NotFound
from ingest.index.port import IndexPoint, PassageIndex, StoredPoint
from ingest.index.ranking import usable_dense
from ingest.indexing import Encoder, encode, index_version, payload_of, points_of
from ingest.originals import Originals

VECTOR_TOLERANCE = 1e-3  # of a component; engines keep 32-bit floats and normalise once more


class ProblemKind(StrEnum):
    """What can be wrong."""

    DAMAGED_CATALOGUE = "damaged-catalogue"  # the database file itself
    BROKEN_INDEX = "broken-index"  # the index cannot be opened (told by the command line, which makes it anew)
    OLDER_CATALOGUE = "older-catalogue"  # put back from a copy older than the originals
    STAGED_LEFT = "staged-left"  # a version staged by a run that died
    BROKEN_RECORD = "broken-record"  # rows of a version are missing
    ORPHAN_POINTS = "orphan-points"  # points of a version that is not searched
    MISSING_POINTS = "missing-points"  # a searched version whose points are not exactly its passages
    WRONG_POINTS = "wrong-points"  # points that do not say what their passages say
    OTHER_MODEL = "other-model"  # the catalogue names another embedding model than made the points
    MISSING_ORIGINAL = "missing-original"
    DAMAGED_ORIGINAL = "damaged-original"
    UNUSED_ORIGINAL = "unused-original"
    HALF_WRITTEN = "half-written"  # a file that was being written when a run died
    INTERRUPTED_JOB = "interrupted-job"
    OLD_READING = "old-reading"  # read by older parser or figure rules


@dataclass(frozen=True, slots=True)
class Problem:
    """One difference. ``subject`` is a version id, a SHA-256, a job id or a file; ``message`` is Vietnamese."""

    kind: ProblemKind
    subject: str
    message: str
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was looked at and found; ``sound`` when nothing is left to do."""

    reports: int
    passages: int
    originals: int
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """Tell whether every problem is repaired (true for none)."""
        return all(problem.repaired for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Checker:
    """One look over the three stores. The caller keeps writers away meanwhile."""

    catalogue: Catalogue
    originals: Originals
    index: PassageIndex
    encoder: Encoder
    reading_version: str
    staged_grace: timedelta

    def run(self, *, repair: bool, deep: bool = False) -> CheckReport:
        """Return what is wrong, mended where ``repair`` says so and it can be. ``deep`` compares vectors too."""
        broken = damage(self.catalogue.engine)
        if broken:  # nothing may be mended by a catalogue that cannot be trusted
            message = f"Tệp danh mục bị hỏng ({broken}); hãy dừng dịch vụ và chép lại từ bản sao lưu."
            return self._report([Problem(ProblemKind.DAMAGED_CATALOGUE, "catalogue", message)])
        problems = [
            *self._older_catalogue(),
            *self._staged(repair=repair),
            *self._broken_records(),
            *self._orphans(repair=repair),
            *self._points(repair=repair),
            *self._contents(repair=repair, deep=deep),
            *self._models(repair=repair),
            *self._lost_originals(),
            *self._unused_originals(repair=repair),
            *self._jobs(repair=repair),
            *self._old_readings(),
        ]
        return self._report(problems)

    def quick(self) -> tuple[Problem, ...]:
        """Mend what a killed process leaves, without reading originals or points; return what was mended."""
        problems = [*self._staged(repair=True), *self._orphans(repair=True)]
        wanted = sum(info.counts.passages for info in self.catalogue.timeline.searchable())
        if self.index.info().points != wanted:
            problems += self._points(repair=True)
        return (*problems, *self._unused_originals(repair=True))

    def catalogue_is_older(self) -> bool:
        """Tell whether the originals have seen a later state of the catalogue than there is."""
        return self.originals.noted_revision() > self.catalogue.revision()

    def _report(self, problems: list[Problem]) -> CheckReport:
        visible = () if any(p.kind is ProblemKind.DAMAGED_CATALOGUE for p in problems) else self.catalogue.visible()
        return CheckReport(
            reports=len(visible),
            passages=sum(v.counts.passages for v in visible),
            originals=len(self.originals.list()),
            problems=tuple(problems),
        )

    def _older_catalogue(self) -> Iterator[Problem]:
        if self.catalogue_is_older():
            unknown = len(self.originals.list() - self.catalogue.sha256s())
            message = (
                f"Danh mục cũ hơn kho tệp gốc (có lẽ vừa chép lại từ bản sao lưu): {unknown} tệp gốc chưa có trong "
                "danh mục sẽ được nạp lại khi chạy với --repair."
            )
            yield Problem(ProblemKind.OLDER_CATALOGUE, "catalogue", message)

    def _staged(self, *, repair: bool) -> Iterator[Problem]:
        for left in self.catalogue.staged(older_than=self.staged_grace):
            if repair and self.catalogue.discard(left.version_id):
                self.index.delete_version(left.version_id)
            message = f"Phiên bản của tệp {left.name} bị bỏ dở khi nạp."
            yield Problem(ProblemKind.STAGED_LEFT, left.version_id, message, repaired=repair)

    def _broken_records(self) -> Iterator[Problem]:
        for info in self.catalogue.timeline.searchable():
            lost = _lost_rows(self.catalogue.load(info.version_id))
            if lost:
                message = f"Danh mục thiếu {lost} của báo cáo {info.name}; cần đọc lại từ tệp gốc."
                yield Problem(ProblemKind.BROKEN_RECORD, info.version_id, message)

    def _orphans(self, *, repair: bool) -> Iterator[Problem]:
        known = {v.version_id for v in self.catalogue.timeline.searchable()}
        known |= {v.version_id for v in self.catalogue.staged()}
        for version_id in sorted(self.index.version_ids() - known):
            if repair:
                self.index.delete_version(version_id)
            message = "Chỉ mục còn giữ các đoạn của một phiên bản không còn dùng."
            yield Problem(ProblemKind.ORPHAN_POINTS, version_id, message, repaired=repair)

    def _points(self, *, repair: bool) -> Iterator[Problem]:
        for info in self.catalogue.timeline.searchable():
            wanted, found = self.catalogue.passage_ids(info.version_id), self.index.point_ids(info.version_id)
            if wanted == found:
                continue
            if repair:
                self._index_again(info, drop=bool(found - wanted))
            message = f"Chỉ mục giữ {len(found & wanted)}/{len(wanted)} đoạn của báo cáo {info.name}"
            message += f" và thừa {len(found - wanted)} đoạn." if found - wanted else "."
            yield Problem(ProblemKind.MISSING_POINTS, info.version_id, message, repaired=repair)

    def _contents(self, *, repair: bool, deep: bool) -> Iterator[Problem]:
        for info in self.catalogue.timeline.searchable():
            found = self.index.stored(info.version_id)
            passages = [p for p in self.catalogue.load(info.version_id).passages if p.id in found]
            if not passages:
                continue
            points = points_of(info, passages, encode(passages, encoder=self.encoder)) if deep else ()
            wrong = sum(found[p.id].payload != payload_of(info, p) for p in passages)
            wrong += sum(_vectors_differ(point, found[point.id]) for point in points)
            if wrong:
                if repair:
                    self._index_again(info, drop=False)
                message = f"{wrong} đoạn của báo cáo {info.name} trong chỉ mục không khớp với danh mục."
                yield Problem(ProblemKind.WRONG_POINTS, info.version_id, message, repaired=repair)

    def _index_again(self, info: VersionInfo, *, drop: bool) -> None:
        if drop:
            self.index.delete_version(info.version_id)
        passages = self.catalogue.load(info.version_id).passages
        if passages:
            index_version(self.index, info, passages, encoder=self.encoder)

    def _models(self, *, repair: bool) -> Iterator[Problem]:
        own = self.encoder.embedder.fingerprint
        others = [info for info in self.catalogue.timeline.searchable() if info.fingerprint != own]
        if others and repair:
            self.catalogue.note_fingerprint([info.version_id for info in others], own)
        for info in others:
            message = f"Danh mục ghi sai mô hình của chỉ mục cho báo cáo {info.name}."
            yield Problem(ProblemKind.OTHER_MODEL, info.version_id, message, repaired=repair)

    def _lost_originals(self) -> Iterator[Problem]:
        names = {v.sha256: v.name for v in (*self.catalogue.timeline.superseded(), *self.catalogue.visible())}
        for sha256 in sorted(self.catalogue.sha256s()):
            name = names.get(sha256, sha256[:12])
            try:
                self.originals.read(sha256)
            except NotFound as error:
                damaged = error.code == "original-damaged"
                kind = ProblemKind.DAMAGED_ORIGINAL if damaged else ProblemKind.MISSING_ORIGINAL
                state = "bị hỏng" if damaged else "không còn"
                message = f"Tệp gốc {name} {state}; hãy nạp lại đúng tệp đó, hoặc chép lại từ bản sao lưu."
                yield Problem(kind, sha256, message)

    def _unused_originals(self, *, repair: bool) -> Iterator[Problem]:
        if not self.catalogue_is_older():  # else they may be reports the catalogue has lost
            for sha256 in sorted(self.originals.list(older_than=self.staged_grace) - self.catalogue.sha256s()):
                if repair:
                    self.originals.delete(sha256)
                message = "Tệp gốc không thuộc báo cáo nào."
                yield Problem(ProblemKind.UNUSED_ORIGINAL, sha256, message, repaired=repair)
        for name in self.originals.half_written(older_than=self.staged_grace):
            if repair:
                self.originals.drop_half_written(name)
            yield Problem(ProblemKind.HALF_WRITTEN, name, "Tệp gốc ghi dở.", repaired=repair)

    def _jobs(self, *, repair: bool) -> Iterator[Problem]:
        running = self.catalogue.jobs.silent(for_=self.staged_grace)
        if running and repair:
            self.catalogue.jobs.retry_interrupted(silent_for=self.staged_grace)
        for job in running:
            message = f"Việc nạp {job.payload.get('name', job.id)} bị ngắt giữa chừng; dịch vụ sẽ làm tiếp khi chạy."
            yield Problem(ProblemKind.INTERRUPTED_JOB, job.id, message, repaired=repair)

    def _old_readings(self) -> Iterator[Problem]:
        for info in self.catalogue.visible():
            if info.reading_version != self.reading_version:
                message = (
                    f"Báo cáo {info.name} được đọc bằng bộ quy tắc cũ; hãy chạy: hoibaocao ingest rebuild --reread"
                )
                yield Problem(ProblemKind.OLD_READING, info.version_id, message)


def _lost_rows(stored: StoredVersion) -> str:
    """Return which rows of a version are missing, in Vietnamese; "" for none."""
    counts, figures = stored.info.counts, {f.span for found in stored.figures.values() for f in found}
    lost = {
        "đoạn": len(stored.passages) < counts.passages,
        "số liệu": len(figures) < counts.figures,
        "trang": len(stored.report.pages) < counts.pages,
    }
    return ", ".join(name for name, missing in lost.items() if missing)


def _vectors_differ(point: IndexPoint, found: StoredPoint) -> bool:
    wanted = usable_dense(point.dense)
    if wanted is None or found.dense is None:
        if wanted is not None or found.dense is not None:
            return True
    elif not np.allclose(wanted, found.dense, atol=VECTOR_TOLERANCE):
        return True
    terms = dict(zip(point.sparse.indices, point.sparse.values, strict=True))
    kept = dict(zip(found.sparse.indices, found.sparse.values, strict=True)) if found.sparse else {}
    return set(terms) != set(kept) or any(abs(terms[one] - kept[one]) > VECTOR_TOLERANCE for one in terms)
