"""Comparing catalogue, originals and index, and mending the difference.

The catalogue and the originals are the truth (invariant 2), so mending goes: leftovers out of the catalogue first,
then the index is made to follow the catalogue, and files nobody needs go last. A missing original cannot be mended;
it is only told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from ingest.catalogue.store import Catalogue
from ingest.errors import NotFound
from ingest.index.port import PassageIndex
from ingest.indexing import Encoder, index_version
from ingest.originals import Originals


class ProblemKind(StrEnum):
    """What can be wrong."""

    STAGED_LEFT = "staged-left"  # a version staged by a run that died
    ORPHAN_POINTS = "orphan-points"  # points of a version that is not visible
    MISSING_POINTS = "missing-points"  # a visible version whose points are not exactly its passages
    MISSING_ORIGINAL = "missing-original"
    DAMAGED_ORIGINAL = "damaged-original"
    UNUSED_ORIGINAL = "unused-original"
    HALF_WRITTEN = "half-written"  # a file that was being written when a run died
    OLD_READING = "old-reading"  # read by older parser or figure rules


@dataclass(frozen=True, slots=True)
class Problem:
    """One difference. ``subject`` is a version id or a SHA-256; ``message`` is Vietnamese."""

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

    def run(self, *, repair: bool) -> CheckReport:
        """Return what is wrong, mended where ``repair`` says so and it can be."""
        problems = [
            *self._staged(repair=repair),
            *self._orphans(repair=repair),
            *self._points(repair=repair),
            *self._lost_originals(),
            *self._unused_originals(repair=repair),
            *self._old_readings(),
        ]
        visible = self.catalogue.visible()
        return CheckReport(
            reports=len(visible),
            passages=sum(v.counts.passages for v in visible),
            originals=len(self.originals.list()),
            problems=tuple(problems),
        )

    def _staged(self, *, repair: bool) -> Iterator[Problem]:
        for left in self.catalogue.staged(older_than=self.staged_grace):
            if repair and self.catalogue.discard(left.version_id):
                self.index.delete_version(left.version_id)
            message = f"Phiên bản của tệp {left.name} bị bỏ dở khi nạp."
            yield Problem(ProblemKind.STAGED_LEFT, left.version_id, message, repaired=repair)

    def _orphans(self, *, repair: bool) -> Iterator[Problem]:
        known = {v.version_id for v in self.catalogue.visible()}
        known |= {v.version_id for v in self.catalogue.staged()}
        for version_id in sorted(self.index.version_ids() - known):
            if repair:
                self.index.delete_version(version_id)
            message = "Chỉ mục còn giữ các đoạn của một phiên bản không còn dùng."
            yield Problem(ProblemKind.ORPHAN_POINTS, version_id, message, repaired=repair)

    def _points(self, *, repair: bool) -> Iterator[Problem]:
        for info in self.catalogue.visible():
            wanted, found = self.catalogue.passage_ids(info.version_id), self.index.point_ids(info.version_id)
            if wanted == found:
                continue
            if repair:
                if found - wanted:
                    self.index.delete_version(info.version_id)
                passages = self.catalogue.load(info.version_id).passages
                index_version(self.index, info, passages, encoder=self.encoder)
            message = f"Chỉ mục giữ {len(found & wanted)}/{len(wanted)} đoạn của báo cáo {info.name}"
            message += f" và thừa {len(found - wanted)} đoạn." if found - wanted else "."
            yield Problem(ProblemKind.MISSING_POINTS, info.version_id, message, repaired=repair)

    def _lost_originals(self) -> Iterator[Problem]:
        names = {v.sha256: v.name for v in self.catalogue.visible()}
        for sha256 in sorted(self.catalogue.sha256s()):
            name = names.get(sha256, sha256[:12])
            try:
                self.originals.read(sha256)
            except NotFound as error:
                damaged = error.code == "original-damaged"
                kind = ProblemKind.DAMAGED_ORIGINAL if damaged else ProblemKind.MISSING_ORIGINAL
                message = f"Tệp gốc {name} {'bị hỏng' if damaged else 'không còn'}; hãy chép lại từ bản sao lưu."
                yield Problem(kind, sha256, message)

    def _unused_originals(self, *, repair: bool) -> Iterator[Problem]:
        for sha256 in sorted(self.originals.list(older_than=self.staged_grace) - self.catalogue.sha256s()):
            if repair:
                self.originals.delete(sha256)
            message = "Tệp gốc không thuộc báo cáo nào."
            yield Problem(ProblemKind.UNUSED_ORIGINAL, sha256, message, repaired=repair)
        for name in self.originals.half_written(older_than=self.staged_grace):
            if repair:
                self.originals.drop_half_written(name)
            message = "Tệp gốc ghi dở."
            yield Problem(ProblemKind.HALF_WRITTEN, name, message, repaired=repair)

    def _old_readings(self) -> Iterator[Problem]:
        for info in self.catalogue.visible():
            if info.reading_version != self.reading_version:
                message = (
                    f"Báo cáo {info.name} được đọc bằng bộ quy tắc cũ; hãy chạy: hoibaocao ingest rebuild --reread"
                )
                yield Problem(ProblemKind.OLD_READING, info.version_id, message)
