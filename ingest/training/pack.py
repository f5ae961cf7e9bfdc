"""Write model folders: the embedding, which both numpy and sentence-transformers read, and the reranker.

Each vector is kept as int8 with one float32 factor of its own: the ``embeddings`` and ``weights`` tensors that
sentence-transformers' StaticEmbedding multiplies back on loading (the layout of model2vec). Files hold no dates and no
version numbers, so the same vectors give the same bytes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from ingest.interaction import FORMAT, InteractionWeights, WordRows

_MODULES = [
    {
        "idx": 0,
        "name": "0",
        "path": "",
        "type": "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding",
    },
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.base.modules.normalize.Normalize"},
]
_CONFIG = {
    "default_prompt_name": None,
    "model_type": "SentenceTransformer",
    "prompts": {"document": "", "query": ""},
    "similarity_fn_name": "cosine",
}
_INT8_MAX = 127


def write_model(folder: Path, *, tokenizer: Tokenizer, vectors: NDArray[np.float32]) -> None:
    """Write tokenizer, weights (shape (vocabulary, dim)) and settings into ``folder``; other files stay."""
    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    rows, factors = quantise(vectors)
    _save(folder / "model.safetensors", {"embeddings": rows, "weights": factors})
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    _write(folder / "modules.json", _MODULES)
    _write(folder / "config_sentence_transformers.json", _CONFIG)
    _write(folder / "1_Normalize" / "config.json", {"module_input_name": "sentence_embedding"})


def write_interaction(folder: Path, *, words: WordRows, weights: InteractionWeights) -> None:
    """Write the files ``ingest.interaction.load_interaction`` reads into ``folder``; other files stay."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {
        "rows": weights.rows,
        **{name: getattr(weights, name).astype(np.float16) for name in ("factors", "importance", "before", "after")},
        "mixed": np.array(weights.mixed, dtype=np.float32),
    }
    _save(folder / "model.safetensors", tensors)
    (folder / "accented.txt").write_text("\n".join(words.accented), encoding="utf-8")
    (folder / "bare.txt").write_text("\n".join(words.bare), encoding="utf-8")
    numbers = {name: getattr(weights, name) for name in ("steepness", "middle", "scale")}
    _write(folder / "interaction.json", {"format": FORMAT, "shared": words.shared, **numbers})


def quantise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return int8 rows and float32 factors, ``rows * factors[:, None]`` near ``vectors``; a zero row has factor 0."""
    factors = (np.abs(vectors).max(axis=1) / _INT8_MAX).astype(np.float32)
    safe = np.where(factors > 0, factors, np.float32(1.0))
    return np.rint(vectors / safe[:, None]).astype(np.int8), factors


def _save(path: Path, tensors: dict[str, NDArray[Any]]) -> None:
    save_file(tensors, path)
    path.chmod(0o644)  # safetensors writes it for the owner only, but a service account must read it


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
