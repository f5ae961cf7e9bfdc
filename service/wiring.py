"""Builds everything from the settings; nothing else makes objects.

Start-up is short and small on purpose: llama-index, torch, Alembic and the Qdrant client are imported only by the
paths that need them (a test holds the list).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

from ingest.catalogue.engine import reading
from ingest.catalogue.store import Catalogue, open_catalogue
from ingest.chunk import make_passages
from ingest.errors import CatalogueUnavailable
from ingest.figures import report_figures
from ingest.indexing import Encoder
from ingest.originals import Originals
from ingest.pipeline import Ingestor
from ingest.preparing import Limits, Steps
from ingest.rebuilding import IndexBuilder
from ingest.sandbox.kept import KeptAnswers
from ingest.sandbox.limits import Bounds
from ingest.sandbox.reader import Sandbox
from ingest.serving import Serving
from service.ask import AskService, Writer
from service.auth.gate import Gate
from service.errors import SettingsInvalid
from service.models import embedder_of, reranker_of
from service.page_images import PageImages
from service.ports import Services
from service.rebuilds import Rebuilds
from service.retrieve.corpus import Corpus
from service.retrieve.search import Searcher
from service.settings import Settings
from service.store.api_keys import ApiKeys
from service.store.audit import AuditLog
from service.store.conversations import Conversations
from service.store.database import check as check_store
from service.store.database import migrate
from service.store.feedback import FeedbackBook
from service.wiring_index import OpenIndex, open_index, swap_unopened
from service.worker import JobWorker

# Where several processes share a database, silence this long means that a job's worker has died.
SHARED_SILENCE = timedelta(minutes=10)
# ... and an unfinished version this old is nobody's any more.
SHARED_GRACE = timedelta(hours=1)
LOG = logging.getLogger("hoibaocao.start")


@contextmanager
def build(settings: Settings) -> Iterator[Services]:
    """Give everything the service needs and close it at the end; the worker is not started.

    Raises errors of ``ingest.errors`` (``IndexLocked``, ``FingerprintMismatch``, ``ModelUnavailable``,
    ``CatalogueUnavailable`` ...) and ``SettingsInvalid``.
    """
    with ExitStack() as stack:
        writer = _writer(settings)
        embedder = embedder_of(settings)
        catalogue = open_database(settings, stack)
        index = open_index(settings, embedder, stack, shared=_is_shared(catalogue))
        originals = Originals(settings.data_dir / "originals")
        kept = KeptAnswers()
        ingestor = _recovered(_ingestor(settings, catalogue, originals, index, kept))
        conversations, keys = Conversations(catalogue.engine), ApiKeys(catalogue.engine)
        searcher = Searcher(
            corpus=Corpus(catalogue),
            serving=index.serving,
            reranker=reranker_of(settings),
            rerank_depth=settings.rerank.depth,
        )
        yield Services(
            settings=settings,
            asker=AskService(
                searcher=searcher, writer=writer, recorder=conversations, llm_by_default=settings.llm.enabled
            ),
            catalogue=catalogue,
            originals=originals,
            ingestor=ingestor,
            worker=JobWorker(
                catalogue=catalogue,
                originals=originals,
                ingestor=ingestor,
                silent_for=_silence(catalogue),
            ),
            rebuilds=Rebuilds(
                catalogue=catalogue,
                rebuilder=ingestor,
                load=lambda wanted: Encoder(embedder_of(settings, wanted)),
                silent_for=_silence(catalogue),
            ),
            look=_sandbox(settings, kept).look,
            gate=make_gate(settings, keys),
            keys=keys,
            conversations=conversations,
            feedback=FeedbackBook(catalogue.engine),
            audit=AuditLog(catalogue.engine),
            page_images=_page_images(settings, catalogue, originals),
            checks=_checks(catalogue, index.serving),
        )


@contextmanager
def build_ingestor(settings: Settings) -> Iterator[Ingestor]:
    """Give only what takes reports in, for the command line. Raises as ``build``, ``IndexLocked`` above all."""
    with ExitStack() as stack:
        embedder = embedder_of(settings)
        catalogue = open_database(settings, stack)
        index = open_index(settings, embedder, stack, shared=_is_shared(catalogue), patient=True)
        yield _recovered(_ingestor(settings, catalogue, Originals(settings.data_dir / "originals"), index))


@contextmanager
def build_rebuilder(settings: Settings) -> Iterator[IndexBuilder]:
    """Give what makes the index anew without opening the old one (another model made it, or it is damaged)."""
    with ExitStack() as stack:
        embedder = embedder_of(settings)
        catalogue = open_database(settings, stack)
        yield IndexBuilder(catalogue, Encoder(embedder), swap_unopened(settings, stack))


@contextmanager
def build_catalogue(settings: Settings) -> Iterator[Catalogue]:
    """Give the catalogue alone; it can be read beside a running service."""
    with ExitStack() as stack:
        yield open_database(settings, stack)


def open_database(settings: Settings, stack: ExitStack) -> Catalogue:
    """Open the catalogue, with the service's tables beside it, until ``stack`` is closed."""
    prepare_data_dir(settings.data_dir)
    catalogue = open_catalogue(settings.database_url)
    stack.callback(catalogue.close)
    migrate(catalogue.engine)
    return catalogue


def make_gate(settings: Settings, keys: ApiKeys) -> Gate:
    """Return the gate over stored keys and those of the settings."""
    operator = [key.get_secret_value() for key in settings.auth.api_keys]
    return Gate(keys, operator_keys=operator, require_key=settings.auth.require_key)


def prepare_data_dir(folder: Path) -> None:
    """Make the data directory, readable for its owner only. Raises ``CatalogueUnavailable``."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CatalogueUnavailable(
            f"Không tạo được thư mục dữ liệu {folder}: {error.strerror}.", code="data-dir-unavailable"
        ) from error


def _ingestor(
    settings: Settings,
    catalogue: Catalogue,
    originals: Originals,
    index: OpenIndex,
    kept: KeptAnswers | None = None,
) -> Ingestor:
    return Ingestor(
        catalogue=catalogue,
        originals=originals,
        serving=index.serving,
        steps=Steps(_sandbox(settings, kept).read, make_passages, report_figures),
        swap=index.swap,
        limits=Limits(
            max_bytes=settings.limits.max_upload_bytes,
            staged_grace=SHARED_GRACE if _is_shared(catalogue) else timedelta(0),
        ),
    )


def _sandbox(settings: Settings, kept: KeptAnswers | None = None) -> Sandbox:
    # One for uploads being looked at, one for reports being read: neither waits for the other, nor reads it again.
    return Sandbox(Bounds(settings.parsing.max_seconds, settings.parsing.memory_mb), kept=kept)


def _is_shared(catalogue: Catalogue) -> bool:
    """Tell whether other processes may work on the same stores; the embedded ones have one owner."""
    return catalogue.engine.dialect.name != "sqlite"


def _silence(catalogue: Catalogue) -> timedelta:
    return SHARED_SILENCE if _is_shared(catalogue) else timedelta(0)


def _recovered(ingestor: Ingestor) -> Ingestor:
    """Mend what a killed process left; where several processes share the stores that is left to ``ingest check``."""
    if not _is_shared(ingestor.catalogue):
        for problem in ingestor.recover():
            LOG.warning("%s %s: mended at start", problem.kind.value, problem.subject)
    return ingestor


def _writer(settings: Settings) -> Writer | None:
    llm = settings.llm
    if not llm.enabled:
        return None
    if not llm.base_url or not llm.model:
        raise SettingsInvalid("Đã bật llm.enabled nhưng thiếu llm.base_url hoặc llm.model.")
    from service.llm import prompts
    from service.llm.client import LlmClient
    from service.llm.writer import LlmWriter

    # The client insists on a key; local endpoints take any.
    key = llm.api_key.get_secret_value() if llm.api_key else "none"
    client = LlmClient(base_url=llm.base_url, model=llm.model, api_key=key, timeout_s=llm.timeout_s)
    return LlmWriter(client=client, prompt=prompts.load("answer"))


def _page_images(settings: Settings, catalogue: Catalogue, originals: Originals) -> PageImages:
    images = PageImages(settings.data_dir / "page-images", read=originals.read, render=_sandbox(settings).page)
    images.forget(all_but=catalogue.sha256s())
    return images


def _checks(catalogue: Catalogue, serving: Serving) -> dict[str, Callable[[], None]]:
    def catalogue_answers() -> None:
        with reading(catalogue.engine):
            catalogue.revision()

    def index_answers() -> None:
        with serving.use() as served:
            served.index.info()

    def model_answers() -> None:
        with serving.use() as served:
            served.encoder.embedder.query("báo cáo")

    return {
        "catalogue": catalogue_answers,
        "store": lambda: check_store(catalogue.engine),
        "index": index_answers,
        "model": model_answers,
    }
