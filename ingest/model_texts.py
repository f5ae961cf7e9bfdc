"""How a model wants its texts: prefixes, letters as written or lower-cased, words joined, where they are cut.

Each of these is taken from the last of these sources that says it:

1. what vocabulary and configuration show: a vocabulary with capitals wants texts as written, one of joined Vietnamese
   words wants words joined, and there are only so many positions;
2. the table of known models (``known_models.toml``), by the model's name or that of its folder;
3. ``prompts`` of its ``config_sentence_transformers.json``;
4. ``hoibaocao.json`` beside it, a JSON object with any of the fields of ``TextRules``;
5. the settings.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from ingest.errors import ModelUnavailable
from ingest.model_files import OWN_SETTINGS, read_json
from ingest.segment import segmenter_version, words_joined
from ingest.vi.normalise import canonical, has_accents, unify

# Raised whenever prepare() gives another text for any input: an index made with the old one must be rebuilt.
TEXT_VERSION = "1"

# Part of a vocabulary that must have a feature before it counts as the vocabulary's own: a few stray tokens do not.
_SHARE = 0.01
_JOINED = re.compile(r"[^\W\d_]+(?:_[^\W\d_]+)+(?:@@)?")
# RoBERTa and its kin number positions from the padding's id on, so that many of the stated ones are not there.
_OFFSET_TYPES = frozenset({"roberta", "xlm-roberta", "camembert", "xlm-roberta-xl", "phobert"})
_QUERY_KEYS = ("query", "search_query", "retrieval.query")
_PASSAGE_KEYS = ("passage", "document", "search_document", "retrieval.passage")


class TextForm(StrEnum):
    """As the author wrote it (NFC), or also lower-cased and in one tone spelling."""

    AS_WRITTEN = "as_written"
    PREPARED = "prepared"


class Segmenter(StrEnum):
    """What joins the syllables of a word."""

    NONE = "none"
    PYVI = "pyvi"


@dataclass(frozen=True, slots=True)
class TextRules:
    """How texts are made ready. ``max_tokens`` None: no cut. ``known_as``: the name in the table, "" for none."""

    query_prefix: str = ""
    passage_prefix: str = ""
    max_tokens: int | None = None
    text: TextForm = TextForm.PREPARED
    segmenter: Segmenter = Segmenter.NONE
    known_as: str = ""

    def query(self, text: str) -> str:
        """Return a question as the model gets it."""
        return self.query_prefix + self.ready(text)

    def passage(self, text: str) -> str:
        """Return a passage as the model gets it."""
        return self.passage_prefix + self.ready(text)

    def ready(self, text: str) -> str:
        """Return ``text`` without a prefix; the empty text stays empty."""
        made = prepare(text) if self.text is TextForm.PREPARED else canonical(text)
        return words_joined(made) if self.segmenter is Segmenter.PYVI and made else made

    @property
    def mark(self) -> str:
        """Name everything here that changes vectors, for the fingerprint. Raises ``ModelUnavailable`` (no pyvi)."""
        rules = {name: value for name, value in asdict(self).items() if name != "known_as"}
        version = segmenter_version() if self.segmenter is Segmenter.PYVI else ""
        return json.dumps([TEXT_VERSION, rules, version], ensure_ascii=True, sort_keys=True)


def prepare(text: str) -> str:
    """Return ``text`` as models of Vietnamese without capitals get it: NFC, lower case, one tone spelling."""
    return unify(canonical(text))


def text_rules(
    folder: Path, *, vocabulary: Collection[str], limit: int | None = None, settings: Mapping[str, object] | None = None
) -> TextRules:
    """Return the rules for the model in ``folder``; see the head of this file.

    ``vocabulary``: its tokens. ``limit``: the longest text its library reads, in tokens. ``settings``: fields of
    ``TextRules`` that the operator has set. Raises ``ModelUnavailable`` for a file that is damaged or says odd things.
    """
    said: dict[str, Any] = _shown(vocabulary)
    for source in (known_model(folder), _prompts(folder), _own(folder), settings or {}):
        said.update(source)
    cuts = [cut for cut in (said.pop("max_tokens", None), limit, _positions(folder)) if cut]
    return TextRules(
        **{
            **said,
            "text": TextForm(said["text"]),
            "segmenter": Segmenter(said["segmenter"]),
            "max_tokens": min(cuts, default=None),
        }
    )


def allowed(name: str, value: object) -> bool:
    """Tell whether ``value`` may stand for the field ``name`` of ``TextRules`` in a file or setting."""
    if name in {"query_prefix", "passage_prefix"}:
        return isinstance(value, str)
    if name == "max_tokens":
        return type(value) is int and value > 0
    kinds: dict[str, type[StrEnum]] = {"text": TextForm, "segmenter": Segmenter}
    return name in kinds and value in [str(kind) for kind in kinds[name]]


def known_model(place: Path) -> dict[str, Any]:
    """Return what the table says of a model by the names in its path, with ``known_as``; {} for one it does not have.

    ``BAAI/bge-m3``, ``bge-m3``, ``BAAI_bge-m3`` and ``models--BAAI--bge-m3/snapshots/...`` are all the same name.
    """
    parts = place.absolute().parts
    cached = [part.removeprefix("models--") for part in parts if part.startswith("models--")]
    names = {_plain(name) for name in (*cached, *parts[-1:])}
    for name, said in _table().items():
        owner, _, model = name.partition("/")
        if {_plain(model), _plain(f"{owner}-{model}"), _plain(f"{owner}--{model}")} & names:
            return {**said, "known_as": name}
    return {}


@cache
def _table() -> dict[str, dict[str, Any]]:
    read = tomllib.loads(Path(__file__).with_name("known_models.toml").read_text(encoding="utf-8"))
    return {
        name: {key: value for key, value in one.items() if key not in {"names", "source"}}
        for one in read["model"]
        for name in one["names"]
    }


def _plain(name: str) -> str:
    return re.sub(r"[-_.]", "-", name.lower())


def _shown(vocabulary: Collection[str]) -> dict[str, Any]:
    """Return what the tokens show. Special tokens ("<s>", "[CLS]") do not count."""
    tokens = [token for token in vocabulary if not re.fullmatch(r"<.*>|\[.*\]", token)]
    enough = max(1.0, _SHARE * len(tokens))
    capitals = sum(token != token.lower() for token in tokens)
    joined = sum(bool(_JOINED.fullmatch(token)) and has_accents(token) for token in tokens)
    return {
        "text": TextForm.AS_WRITTEN if capitals >= enough else TextForm.PREPARED,
        "segmenter": Segmenter.PYVI if joined >= enough else Segmenter.NONE,
    }


def _prompts(folder: Path) -> dict[str, Any]:
    """Return the prefixes the model's own files name; an empty one says nothing, libraries write it by themselves."""
    config = read_json(folder / "config_sentence_transformers.json", missing={})
    prompts = config.get("prompts") or {}
    default = prompts.get(config.get("default_prompt_name") or "", "")
    found = {
        "query_prefix": next((prompts[key] for key in _QUERY_KEYS if prompts.get(key)), default),
        "passage_prefix": next((prompts[key] for key in _PASSAGE_KEYS if prompts.get(key)), default),
    }
    return {name: prefix for name, prefix in found.items() if prefix}


def _own(folder: Path) -> dict[str, Any]:
    own = read_json(folder / OWN_SETTINGS, missing={})
    wrong = sorted(n for n, value in own.items() if not allowed(n, value)) if isinstance(own, dict) else [str(own)]
    if wrong:
        raise ModelUnavailable(f"Tệp {OWN_SETTINGS} trong {folder} có thiết lập không hợp lệ: {', '.join(wrong)}")
    return dict(own)


def _positions(folder: Path) -> int | None:
    """Return how many tokens the model has positions for; None where its configuration names none."""
    config = read_json(folder / "config.json", missing={})
    positions = config.get("max_position_embeddings")
    if not isinstance(positions, int) or positions < 1:
        return None
    return positions - (int(config.get("pad_token_id", 1)) + 1 if config.get("model_type") in _OFFSET_TYPES else 0)
