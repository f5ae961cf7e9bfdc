"""The stores as the service has them, small reports to fill them with, and a kill between any two steps of the path."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from ingest.catalogue.store import Catalogue, open_catalogue
from ingest.embed import Embedder
from ingest.index import edge
from ingest.indexing import Encoder
from ingest.originals import Originals
from ingest.pipeline import Ingestor
from ingest.rebuilding import IndexSwap
from ingest.serving import Serving
from service.ask import AskService
from service.auth.roles import local_principal
from service.domain import Ask
from service.retrieve.corpus import Corpus
from service.retrieve.search import Searcher
from service.worker import JobWorker

PLACES = ("An Phú", "Bình Minh", "Cẩm Sơn", "Đông Xuân", "Gia Hòa", "Hải Long")
# Everything that changes a store, by store: the kill may come before or after any of them.
WRITES = {
    "originals": ("put", "delete", "note_revision"),
    "catalogue": ("stage", "publish", "discard", "remove", "note_fingerprint"),
    "index": ("upsert", "delete_version"),
    "jobs": ("create", "claim", "finish", "fail"),
    "swap": ("begin", "commit", "discard", "retire"),
}
Hook = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Stores:
    """One process's hold of the stores."""

    catalogue: Catalogue
    originals: Originals
    serving: Serving
    ingestor: Ingestor
    worker: JobWorker
    asker: AskService


def report_file(place: str, version: int) -> bytes:
    """Return version ``version`` of the report of a commune: same number and date, other figures."""
    draw = random.Random(f"{place}-{version}")
    lines = [
        f"ỦY BAN NHÂN DÂN XÃ {place.upper()}",
        f"Số: {10 + PLACES.index(place)}/BC-UBND",
        f"{place}, ngày 25 tháng 3 năm 2024",
        "BÁO CÁO",
        f"Kết quả công tác quý I năm 2024 của xã {place}",
        "I. KẾT QUẢ",
        f"1. Trên địa bàn xã xảy ra {draw.randint(2, 90)} vụ cháy.",
        f"2. Thu ngân sách đạt {draw.randint(100, 900)} triệu đồng.",
    ]
    lines += [f"{n}. Tổ {n} trồng được {draw.randint(10, 999)} cây xanh, nuôi {n} đàn ong." for n in range(3, 40)]
    return "\n\n".join(lines).encode()


@contextmanager
def opened(folder: Path, embedder: Embedder, *, hook: Hook | None = None) -> Iterator[Stores]:
    """Open the stores in ``folder`` as a start of the service does, its own mending included.

    ``hook`` is told before and after every write ("catalogue.publish:before").
    """
    catalogue, originals = open_catalogue(f"sqlite:///{folder}/catalogue.db"), Originals(folder / "originals")
    place, model = folder / "index", {"fingerprint": embedder.fingerprint, "dim": embedder.dim}
    index = edge.open_edge_index(place, **model)  # type: ignore[arg-type]
    serving = Serving(_hooked(index, "index", hook), Encoder(embedder))

    def begin(_model: Embedder) -> Any:
        new = edge.begin_rebuild(place, serving=_bare(serving.now.index), **model)  # type: ignore[arg-type]
        return _hooked(new, "index", hook)

    swap = IndexSwap(
        begin=begin,
        commit=lambda new: edge.commit_rebuild(_bare(new), serving=_bare(serving.now.index)),
        discard=lambda new: edge.discard_rebuild(_bare(new)),
        retire=lambda old: edge.discard_rebuild(_bare(old)),
    )
    if hook is not None:
        catalogue.jobs = cast(Any, _Hooked(catalogue.jobs, "jobs", hook))
        swap = IndexSwap(*(_told(getattr(swap, name), f"swap.{name}", hook) for name in WRITES["swap"]))
    ingestor = Ingestor(
        catalogue=_hooked(catalogue, "catalogue", hook),
        originals=_hooked(originals, "originals", hook),
        serving=serving,
        swap=swap,
    )
    ingestor.recover()
    worker = JobWorker(catalogue=catalogue, originals=originals, ingestor=ingestor)
    try:
        yield Stores(
            catalogue=catalogue,
            originals=originals,
            serving=serving,
            ingestor=ingestor,
            worker=worker,
            asker=AskService(searcher=Searcher(corpus=Corpus(catalogue), serving=serving)),
        )
    finally:
        serving.close()
        catalogue.close()


def answers(stores: Stores) -> dict[str, tuple[str, ...]]:
    """Return what a fixed set of questions is answered, by question: status, short answer, every quote."""
    found = {}
    for place in PLACES:
        for asked in ("xảy ra bao nhiêu vụ cháy", "thu ngân sách đạt bao nhiêu"):
            question = f"Xã {place} {asked} trong quý I năm 2024?"
            answer = stores.asker.ask(Ask(question=question), principal=local_principal())
            quotes = (citation.quote for citation in answer.citations)
            found[question] = (answer.status.value, answer.short_answer or "", *quotes)
    return found


def kill_at(count: int) -> Hook:
    """Return a hook that kills this process, as ``kill -9`` does, at its ``count``-th call (1-based)."""
    left = count

    def hook(_step: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return hook


def _hooked(store: Any, name: str, hook: Hook | None) -> Any:
    return store if hook is None else _Hooked(store, name, hook)


def _bare(index: Any) -> edge.EdgeIndex:
    return cast(edge.EdgeIndex, index._store if isinstance(index, _Hooked) else index)


def _told(call: Callable[..., Any], name: str, hook: Hook) -> Callable[..., Any]:
    def wrapped(*args: Any, **options: Any) -> Any:
        hook(f"{name}:before")
        result = call(*args, **options)
        hook(f"{name}:after")
        return result

    return wrapped


class _Hooked:
    """A store that tells the hook of every write."""

    def __init__(self, store: Any, name: str, hook: Hook) -> None:
        self._store, self._name, self._hook = store, name, hook

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        return _told(found, f"{self._name}.{name}", self._hook) if name in WRITES[self._name] else found
