"""The order of candidates once more, by what question and passage say to each other.

Search compares vectors made of each text alone; a reranker reads both side by side, which is slower and better. The
shipped one compares word vectors on numpy (``ingest.interaction``); any CrossEncoder of sentence-transformers serves
too, by name or folder. Nothing is downloaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.errors import ModelUnavailable
from ingest.interaction import load_interaction
from ingest.model_files import LOAD_ERRORS, FileHashes, content_fingerprint, model_folder, read_json
from ingest.model_texts import TextRules, text_rules
from ingest.transformer import not_loaded, quiet

_BATCH = 8
# The setting that leaves the order of the search as it is.
OFF = "off"
SHIPPED_RERANKER = Path(__file__).with_name("reranker")
_KIND = "mô hình xếp lại"
# Without a head of its own a model would be given one of random weights, and its scores would mean nothing.
_WITH_SCORES = ("ForSequenceClassification", "ForCausalLM")
_LOWEST = float(np.finfo(np.float32).min)


class Reranker(Protocol):
    """Scores passages against a question. Safe to share between threads."""

    @property
    def fingerprint(self) -> str:
        """Return a stable name of weights, tokenizer and settings."""
        ...

    @property
    def prior_weight(self) -> float:
        """Return what the score of the search adds at most to these scores; 0 where they stand alone."""
        ...

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Return shape (len(passages),), higher is better; shape (0,) for no passages.

        Scores are finite, and comparable within one call only.
        """
        ...


def load_reranker(source: str | Path | None = None, *, hashes: FileHashes | None = None) -> Reranker | None:
    """Return the CrossEncoder in folder ``source``, or the one of that name in the local Hugging Face cache.

    None and "" are the shipped reranker, ``OFF`` is none: the order of the search stays. Raises ``ModelUnavailable``
    when there is no such model, when it is damaged or is not one that gives one score for a pair, or when an extra it
    needs (``models``, ``words``) is not installed. ``hashes``: see ``content_fingerprint``.
    """
    if source == OFF:
        return None
    if source is None or source == "":
        return load_interaction(SHIPPED_RERANKER)
    folder = model_folder(source, kind=_KIND)
    model = _cross_encoder(folder)
    rules = text_rules(folder, vocabulary=model.tokenizer.get_vocab().keys(), limit=model.max_seq_length)
    fingerprint = content_fingerprint(folder, salt=rules.mark, hashes=hashes)
    return CrossEncoderReranker(model, rules=rules, fingerprint=fingerprint)


def best_first(reranker: Reranker, question: str, found: Sequence[tuple[str, float]]) -> list[int]:
    """Return the 0-based places of ``found`` (text, positive score of the search), best first; ties stay in order."""
    scores = reranker.scores(question, [text for text, _ in found])
    order = np.argsort(-(scores + reranker.prior_weight * prior_of(found)), kind="stable")
    return [int(place) for place in order]


def prior_of(found: Sequence[tuple[str, float]]) -> NDArray[np.float32]:
    """Return shape (len(found),): the positive scores of the search, 1 for the highest."""
    highest = max((score for _, score in found), default=1.0)
    return np.array([score / highest for _, score in found], dtype=np.float32)


class CrossEncoderReranker:
    """A CrossEncoder of sentence-transformers with one output."""

    prior_weight = 0.0

    def __init__(self, model: Any, *, rules: TextRules, fingerprint: str) -> None:
        self.fingerprint = fingerprint
        self.rules = rules
        self._model = model
        if rules.max_tokens is not None:
            model.max_seq_length = rules.max_tokens

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """See ``Reranker.scores``. Texts are made ready as for embedding models; longer ones are cut."""
        if not passages:
            return np.zeros(0, dtype=np.float32)
        asked = self.rules.query(question)
        pairs = [(asked, self.rules.passage(passage)) for passage in passages]
        found = self._model.predict(pairs, batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True)
        return np.nan_to_num(np.asarray(found, dtype=np.float32).reshape(len(passages)), nan=_LOWEST)


def _cross_encoder(folder: Path) -> Any:
    kinds = read_json(folder / "config.json").get("architectures") or [""]
    if not str(kinds[0]).endswith(_WITH_SCORES):
        raise ModelUnavailable(f"Mô hình {folder} ({kinds[0] or 'không rõ loại'}) không phải mô hình xếp lại.")
    try:
        import torch
        from sentence_transformers import CrossEncoder
    except ImportError as error:
        raise ModelUnavailable(
            f"Mô hình xếp lại {folder} cần phần cài thêm “models”: hãy chạy pip install 'hoibaocao[models]', "
            "hoặc bỏ thiết lập mô hình xếp lại."
        ) from error
    quiet()
    try:
        # The scores as the model gives them: squeezed into 0..1, the best ones would all be 1.
        plain = torch.nn.Identity()
        model = CrossEncoder(
            str(folder),
            device="cpu",
            local_files_only=True,
            activation_fn=plain,
            model_kwargs={"dtype": torch.float32},
        )
        outputs = int(model.num_labels)
    except LOAD_ERRORS as error:
        raise not_loaded(folder, error, kind=_KIND) from error
    if outputs != 1:
        raise ModelUnavailable(f"Mô hình {folder} cho {outputs} điểm mỗi cặp, không phải mô hình xếp lại (một điểm).")
    return model
