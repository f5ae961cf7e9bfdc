"""The models that the settings name, loaded."""

from __future__ import annotations

from ingest.embed import Options, StaticEmbedder, load_embedder
from ingest.model_files import FileHashes
from ingest.rerank import Reranker, load_reranker
from ingest.transformer import TransformerEmbedder
from service.settings import Embedding, Settings

_TEXT_FIELDS = ("query_prefix", "passage_prefix", "max_tokens", "text", "segmenter")


def embedder_of(
    settings: Settings, embedding: Embedding | None = None, *, remember: bool = True
) -> StaticEmbedder | TransformerEmbedder:
    """Return the embedding model of the settings, or the one ``embedding`` names instead.

    ``remember`` False reads every file of it again, where else hashes of large ones are kept in the data directory.
    Raises ``ModelUnavailable``.
    """
    wanted = embedding or settings.embedding
    said = wanted.model_dump(mode="json")
    options = Options(
        texts={name: said[name] for name in _TEXT_FIELDS if said[name] is not None},
        batch_tokens=wanted.batch_tokens,
        threads=wanted.threads,
        hashes=hashes_of(settings) if remember else None,
    )
    return load_embedder(wanted.model or None, options=options)


def reranker_of(settings: Settings) -> Reranker | None:
    """Return the reranker of the settings, None for none. Raises ``ModelUnavailable``."""
    return load_reranker(settings.rerank.model, hashes=hashes_of(settings))


def hashes_of(settings: Settings) -> FileHashes:
    """Return where hashes of large model files are kept."""
    return FileHashes(settings.data_dir / "model-hashes.json")
