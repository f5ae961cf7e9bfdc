"""The public Vietnamese sets, read from the folder of public data (``benchmark/`` and ``train/`` in it).

Two documents with the same text are one. ViQuAD's questions are searched among the passages of all its three parts:
the 493 of the test part alone would flatter everybody.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from eval.retrieval.sets import RetrievalSet

# (question id, question, text of a document that answers it)
Asked = tuple[str, str, str]

_VIQUAD = ("train/train_ViQuAD.json.gz", "benchmark/dev_ViQuAD.json.gz", "benchmark/test_ViQuAD.json.gz")


def xquad(data: Path) -> RetrievalSet:
    """XQuAD, Vietnamese part: 1,190 questions over its 240 passages."""
    asked = list(_squad(data / "benchmark" / "xquad.vi.json"))
    return _made("xquad", asked, (text for _, _, text in asked))


def viquad_test(data: Path) -> RetrievalSet:
    """UIT-ViQuAD 1.0 test: 2,210 questions over the 5,109 passages of train, dev and test."""
    return _viquad("viquad-test", data, "benchmark/test_ViQuAD.json.gz")


def viquad_dev(data: Path) -> RetrievalSet:
    """UIT-ViQuAD 1.0 dev: 2,285 questions over the same 5,109 passages. The only set that may be tuned on."""
    return _viquad("viquad-dev", data, "benchmark/dev_ViQuAD.json.gz")


def zalo(data: Path) -> RetrievalSet:
    """Zalo 2019: questions with at least one true passage over all labelled passages, true or not, without titles."""
    rows = list(_rows(data / "benchmark" / "zalo2019_labelled_pairs.jsonl.gz"))
    ids: dict[str, str] = {}
    for row in rows:
        if row["label"]:
            ids.setdefault(row["question"], f"z{len(ids):04d}")
    asked = ((ids[row["question"]], row["question"], row["text"]) for row in rows if row["label"])
    return _made("zalo", asked, (row["text"] for row in rows))


def vicov(data: Path) -> RetrievalSet:
    """UIT-ViCoV19QA test: 500 long colloquial questions over the answers of train, val and test together."""
    parts = {name: list(_rows(data / "benchmark" / "vicov" / f"{name}.jsonl.gz")) for name in ("test", "val", "train")}
    asked = ((row["id"], row["question"], row["answer"]) for row in parts["test"])
    return _made("vicov", asked, (row["answer"] for rows in parts.values() for row in rows))


# By the name they are called on the command line.
PUBLIC: dict[str, Callable[[Path], RetrievalSet]] = {
    "xquad": xquad,
    "viquad-test": viquad_test,
    "zalo": zalo,
    "vicov": vicov,
    "viquad-dev": viquad_dev,
}
# For tuning: not part of a run of everything.
TUNING = frozenset(("viquad-dev",))


def _viquad(name: str, data: Path, questions: str) -> RetrievalSet:
    pool = (text for part in _VIQUAD for _, _, text in _squad(data / part))
    return _made(name, _squad(data / questions), pool)


def _made(name: str, asked: Iterable[Asked], pool: Iterable[str]) -> RetrievalSet:
    ids = {text: f"d{number:05d}" for number, text in enumerate(dict.fromkeys(pool))}
    queries: dict[str, str] = {}
    qrels: dict[str, dict[str, int]] = {}
    for qid, question, text in asked:
        queries[qid] = question
        qrels.setdefault(qid, {})[ids[text]] = 1
    return RetrievalSet(name, queries, {number: text for text, number in ids.items()}, qrels)


def _squad(path: Path) -> Iterator[Asked]:
    """Yield the questions of a file in SQuAD 1.1 format with their passages."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
        articles = json.load(file)["data"]
    for article in articles:
        for paragraph in article["paragraphs"]:
            for qa in paragraph["qas"]:
                yield qa["id"], qa["question"], paragraph["context"]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
