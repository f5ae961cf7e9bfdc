"""The visible reports as the service sees them: a snapshot, renewed when the catalogue changes."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from threading import Lock

from ingest.catalogue.records import StoredVersion, VersionInfo
from ingest.catalogue.store import Catalogue
from ingest.chunk import marks
from ingest.domain import Period, PeriodKind, Span
from ingest.samples import sample_digests
from ingest.vi.abbreviations import defined
from ingest.vi.normalise import fold, unify
from ingest.vi.periods import find_periods
from ingest.vi.words import words
from service.answer.grids import Grid, lay_open
from service.answer.opening import view
from service.answer.tokens import Bag, Rarity, bag, rarity
from service.answer.views import PassageView
from service.domain import Filters, ReportRef
from service.understand.lexicon import Lexicon, lexicon
from service.understand.places import place_names, same_place, vocabulary

# "báo cáo số 95", "chỉ thị 012/CT-UBND": a kind of document, perhaps "số", and a number that is no date.
_CALLED = re.compile(
    r"(?<!\w)(?:bao cao|ke hoach|chi thi|nghi quyet|quyet dinh|thong bao|van ban|cong van|to trinh|chuong trinh)"
    r"(?: so)?[: ]+(\d{1,5})(?! *%)"
)

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

# Opened versions kept in memory: a district's few years of reports.
MAX_OPEN_VERSIONS = 48
# Versions (the newest) whose words a snapshot is made of.
MAX_WORDINGS = 48
# Moments asked about whose snapshots are kept, beside that of now.
MAX_SNAPSHOTS = 4


@dataclass(frozen=True, slots=True)
class OpenVersion:
    """A version as questions are answered from it. ``views`` and ``laid`` grow as passages and tables are asked for."""

    stored: StoredVersion
    ref: ReportRef
    marks: tuple[Span, ...]
    views: dict[str, PassageView]
    laid: dict[int, tuple[Grid, ...]] = field(default_factory=dict)

    def view(self, passage_id: str) -> PassageView | None:
        """Return an opened passage, None when the version has no such passage (an index gone stale)."""
        known = self.views.get(passage_id)
        if known is not None:
            return known
        passage = next((p for p in self.stored.passages if p.id == passage_id), None)
        if passage is None:
            return None
        opened = view(passage, self.stored.figures.get(passage_id, ()), text=self.stored.report.text, marks=self.marks)
        self.views[passage_id] = opened
        return opened

    def grids(self, section: int) -> tuple[Grid, ...]:
        """Return the tables of a section laid open, () for none."""
        if section not in self.laid:
            self.laid[section] = lay_open(self.stored.report, self.stored.passages, self.view, section=section)
        return self.laid[section]


@dataclass(frozen=True, slots=True)
class Wording:
    """What a version gives to a snapshot; it takes longer to work out than the version to load."""

    bags: tuple[Bag, ...]
    places: frozenset[str]
    written: str  # the unified words of the text between blanks
    spoken: str  # the same, folded
    defined: tuple[tuple[str, str], ...]  # the abbreviations it explains, unified, with their words


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All visible versions at one catalogue revision. ``places``: folded form -> name as written.

    ``defined``: the abbreviations reports explain, unified -> their words; of several explanations the newest.
    """

    revision: int
    refs: tuple[ReportRef, ...]
    places: dict[str, str]
    rarity: Rarity
    spoken: tuple[str, ...] = ()
    lexicon: Lexicon = field(default_factory=lambda: lexicon(()))
    defined: Mapping[str, str] = field(default_factory=dict)

    def said(self, phrase: str) -> bool:
        """Tell whether the folded words of ``phrase`` stand side by side in any report."""
        return any(f" {phrase} " in text for text in self.spoken)


class Corpus:
    """Reads the catalogue; safe to share between threads. Methods raise ``CatalogueUnavailable``."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._open: OrderedDict[str, OpenVersion] = OrderedDict()
        self._wordings: OrderedDict[str, Wording] = OrderedDict()
        self._now: Snapshot | None = None
        self._snapshots: OrderedDict[tuple[int, tuple[str, ...]], Snapshot] = OrderedDict()
        self._lock = Lock()

    def snapshot(self, as_of: datetime | None = None) -> Snapshot:
        """Return the reports in force at ``as_of`` (now for None), places, word rarities; anew after each change."""
        revision = self._catalogue.revision()
        now = self._now
        if as_of is None and now is not None and now.revision == revision:
            return now
        found = self._catalogue.visible() if as_of is None else self._catalogue.timeline.at(as_of)
        key = (revision, tuple(info.version_id for info in found))
        with self._lock:
            known = self._snapshots.get(key)
        made = known or self._made(revision, tuple(report_ref(info) for info in found))
        with self._lock:
            for old in [one for one in self._snapshots if one[0] != revision]:
                del self._snapshots[old]
            self._snapshots[key] = made
            self._snapshots.move_to_end(key)
            self._now = made if as_of is None else self._now
            while len(self._snapshots) > MAX_SNAPSHOTS:
                self._snapshots.popitem(last=False)
        return made

    def _made(self, revision: int, refs: tuple[ReportRef, ...]) -> Snapshot:
        # The newest reports stand for the whole: rarities and places change little beyond them.
        opened = [self._wording(ref.version_id) for ref in refs[-MAX_WORDINGS:]]
        return Snapshot(
            revision=revision,
            refs=refs,
            # A bare name that is a report's own area means that area, whatever else is called so.
            places=vocabulary({name for one in opened for name in one.places})
            | vocabulary({ref.area for ref in refs if ref.area}),
            rarity=rarity(b for one in opened for b in one.bags),
            spoken=tuple(one.spoken for one in opened),
            lexicon=lexicon(one.written for one in opened),
            defined={short: phrase for one in opened for short, phrase in one.defined},
        )

    def revision(self) -> int:
        """Return the catalogue's revision now; a snapshot with another one is of an older state."""
        return self._catalogue.revision()

    def version(self, version_id: str) -> OpenVersion:
        """Return a version opened; the least recently used ones are let go. Raises ``NotFound``."""
        with self._lock:
            known = self._open.get(version_id)
            if known is not None:
                self._open.move_to_end(version_id)
                return known
        opened = _opened(self._catalogue.load(version_id))
        with self._lock:
            self._open[version_id] = opened
            while len(self._open) > MAX_OPEN_VERSIONS:
                self._open.popitem(last=False)
        return opened

    def _wording(self, version_id: str) -> Wording:
        with self._lock:
            known = self._wordings.get(version_id)
            if known is not None:
                self._wordings.move_to_end(version_id)
                return known
        made = _wording_of(self.version(version_id).stored)
        with self._lock:
            self._wordings[version_id] = made
            while len(self._wordings) > MAX_WORDINGS:
                self._wordings.popitem(last=False)
        return made

    def text(self, version_id: str) -> str:
        """Return the canonical text of a version. Raises ``NotFound``."""
        return self.version(version_id).stored.report.text


def report_ref(info: VersionInfo) -> ReportRef:
    """Return what the service needs to know of a version."""
    meta = info.meta
    return ReportRef(
        report_id=info.report_id,
        version_id=info.version_id,
        title=meta.title or info.name,
        issuer=meta.issuer,
        number=meta.number,
        area=meta.area,
        period=meta.period or period_named(meta.title or info.name, meta.issued_on),
        issued_on=meta.issued_on.isoformat() if meta.issued_on else "",
        doc_type=meta.doc_type,
        sample=info.sha256 in sample_digests(),
        scanned=info.counts.pages_recognised > 0,
    )


def period_named(name: str, issued_on: date | None) -> Period | None:
    """Return the period that a title or file name tells ("xa-a-2023-thang-5.txt"), else the year of issue; or None."""
    plain = fold(name).replace("-", " ").replace("_", " ")
    years = {int(found) for found in _YEAR.findall(plain)}
    year = years.pop() if len(years) == 1 else (issued_on.year if issued_on else None)
    if year is None:
        return None
    parts = [p for _, p in find_periods(_YEAR.sub(" ", plain)) if p.year is None and p.kind is not PeriodKind.DATE]
    return replace(parts[0], year=year) if len(parts) == 1 else Period(PeriodKind.YEAR, year)


def matching(refs: Sequence[ReportRef], filters: Filters) -> tuple[ReportRef, ...]:
    """Return the reports that meet the caller's filters; all of them for empty filters."""
    return tuple(ref for ref in refs if _meets(ref, filters))


def answering(refs: Sequence[ReportRef], filters: Filters, *, place: str | None) -> tuple[ReportRef, ...]:
    """Return the reports of ``refs`` a question may be answered from: those that meet the filters.

    The bundled samples step back as soon as there is a report of the reader's own, so that an invented figure never
    stands in for a real one; asked for by id or by their own district they still answer.
    """
    chosen = matching(refs, filters)
    if filters.report_ids or all(ref.sample for ref in refs):
        return chosen
    return tuple(ref for ref in chosen if not ref.sample or (place is not None and same_place(place, ref.area)))


def named_in(question: str, refs: Sequence[ReportRef]) -> tuple[ReportRef, ...]:
    """Return the reports a question calls by number ("báo cáo số 95", "chỉ thị 012"); all when it calls none."""
    asked = {m.group(1).lstrip("0") for m in _CALLED.finditer(fold(question))}
    called = tuple(ref for ref in refs if ref.number and ref.number.split("/")[0].lstrip("0") in asked)
    return called or tuple(refs)


def newest_year(refs: Sequence[ReportRef]) -> int | None:
    """Return the last year the reports tell of, from which "năm ngoái" is counted; None where none has a year."""
    years = [ref.period.last_year or ref.period.year for ref in refs if ref.period is not None]
    return max((year for year in years if year is not None), default=None)


def _meets(ref: ReportRef, filters: Filters) -> bool:
    if filters.report_ids and ref.report_id not in filters.report_ids:
        return False
    if filters.issuer and fold(filters.issuer) not in fold(ref.issuer):
        return False
    period = ref.period
    if filters.year is not None and (period is None or not _year_inside(filters.year, period.year, period.last_year)):
        return False
    first, last = _months(filters)
    if first is None or last is None:
        return True
    if period is None:
        return False
    return (period.first_month or 1) <= last and first <= (period.last_month or 12)


def _months(filters: Filters) -> tuple[int | None, int | None]:
    if filters.month is not None:
        return filters.month, filters.month
    if filters.quarter is not None:
        return 3 * filters.quarter - 2, 3 * filters.quarter
    return None, None


def _year_inside(year: int, first: int | None, last: int | None) -> bool:
    return first is not None and first <= year <= (last or first)


def _opened(stored: StoredVersion) -> OpenVersion:
    return OpenVersion(stored=stored, ref=report_ref(stored.info), marks=marks(stored.report), views={})


def _wording_of(stored: StoredVersion) -> Wording:
    written = f" {' '.join(word.text for word in words(stored.report.text))} "
    return Wording(
        bags=tuple(bag(p.text, p.context) for p in stored.passages),
        places=place_names(stored.report.text),
        written=written,
        spoken=fold(written),
        defined=tuple((unify(short), phrase) for short, phrase in defined(stored.report.text)),
    )
