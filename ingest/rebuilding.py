"""The index made anew from the catalogue, beside the one that answers, with the same model or another.

Passages are embedded while questions are answered and reports come and go. Only the last step keeps writers away:
what came or went meanwhile is caught up with, the new index becomes the serving one on the disk (or the server), and
the new pair of index and model takes the place of the old. Any failure before that leaves everything as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

from ingest.catalogue.records import VersionInfo
from ingest.catalogue.store import Catalogue
from ingest.embed import Embedder
from ingest.errors import NotFound
from ingest.index.port import PassageIndex
from ingest.indexing import Encoder, Progress, index_version, silent
from ingest.serving import Served, Serving

# Rounds of catching up before writers are made to wait for the rest.
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class IndexSwap:
    """How an index is built anew beside the one that serves (see ``begin_rebuild`` in ``ingest.index``).

    ``begin`` returns an empty index for a model; ``commit`` makes it the one that is opened from now on; ``discard``
    throws away one that will not be used; ``retire`` closes and removes the one that served until the commit. All
    raise ``IndexUnavailable``.
    """

    begin: Callable[[Embedder], PassageIndex]
    commit: Callable[[PassageIndex], object]
    discard: Callable[[PassageIndex], None]
    retire: Callable[[PassageIndex], None]


@dataclass(frozen=True, slots=True)
class RebuildResult:
    """What a rebuild put into the new index."""

    reports: int
    passages: int
    fingerprint: str


def rebuild_index(
    catalogue: Catalogue,
    swap: IndexSwap,
    *,
    encoder: Encoder,
    serving: Serving | None = None,
    writers: AbstractContextManager[object] | None = None,
    progress: Progress = silent,
) -> tuple[RebuildResult, PassageIndex]:
    """Embed every searchable passage of the catalogue into a new index and let that serve; return it as well.

    ``serving``: what answers meanwhile and is given the new pair; None where nothing is open. ``writers`` keeps the
    catalogue from changing while it is entered. Raises ``IndexUnavailable``, ``ModelUnavailable``,
    ``CatalogueUnavailable``; the old index serves on then.
    """
    filling, committing, old = _Filling(catalogue, swap.begin(encoder.embedder), encoder, progress), False, None
    try:
        for _ in range(_ROUNDS):
            if not filling.catch_up():
                break
        with writers or nullcontext():
            filling.catch_up()
            committing = True
            swap.commit(filling.index)
            if serving is not None:
                old = serving.switch(Served(filling.index, encoder))
    except BaseException:
        if not committing:
            swap.discard(filling.index)
        elif serving is None or serving.now.index is not filling.index:
            # It may be the serving one on the disk by now: what is left over, the next start sweeps.
            filling.index.close()
        raise
    if old is not None:
        swap.retire(old.index)
    fingerprint = encoder.embedder.fingerprint
    others = [info.version_id for info in filling.wanted if info.fingerprint != fingerprint]
    catalogue.note_fingerprint(others, fingerprint)
    reports = len({info.report_id for info in filling.wanted})
    return RebuildResult(reports, sum(filling.held.values()), fingerprint), filling.index


@dataclass(frozen=True, slots=True)
class IndexBuilder:
    """Rebuilds an index that is not open (another model made it, or it is damaged), then closes it."""

    catalogue: Catalogue
    encoder: Encoder
    swap: IndexSwap

    def rebuild(self, *, progress: Progress = silent) -> RebuildResult:
        """Build the index anew from the catalogue. Raises ``IndexUnavailable``, ``ModelUnavailable``."""
        result, index = rebuild_index(self.catalogue, self.swap, encoder=self.encoder, progress=progress)
        index.close()
        return result


@dataclass(slots=True)
class _Filling:
    """A new index on its way to holding every searchable version."""

    catalogue: Catalogue
    index: PassageIndex
    encoder: Encoder
    progress: Progress
    held: dict[str, int] = field(default_factory=dict)  # passages by version
    wanted: tuple[VersionInfo, ...] = ()

    def catch_up(self) -> bool:
        """Put in the versions that are not there yet and drop those that are gone; tell whether any were put in."""
        self.wanted = self.catalogue.timeline.searchable()
        for version_id in self.held.keys() - {info.version_id for info in self.wanted}:
            self.index.delete_version(version_id)
            del self.held[version_id]
        missing = [info for info in self.wanted if info.version_id not in self.held]
        total = sum(info.counts.passages for info in self.wanted)
        self.progress("rebuild", sum(self.held.values()), total)
        for info in missing:
            self._put(info, total)
        return bool(missing)

    def _put(self, info: VersionInfo, total: int) -> None:
        before = sum(self.held.values())
        try:
            passages = self.catalogue.load(info.version_id).passages
        except NotFound:  # removed since it was listed
            return

        def tell(_stage: str, done: int, _of: int) -> None:
            self.progress("rebuild", before + done, total)

        if passages:
            index_version(self.index, info, passages, encoder=self.encoder, progress=tell)
        self.held[info.version_id] = len(passages)
