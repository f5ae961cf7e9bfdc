"""Training pairs from the public texts: (anchor, passage), where the passage answers or continues the anchor.

Every text leaves this module as the tokenizer wants it (``ingest.vi.normalise``); documents listed in
``overlap_exclude.json`` are dropped, because they share text with a benchmark passage.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ingest.vi.normalise import canonical, fold, unify

Source = Callable[[Path], Iterator["Pair"]]
Statutes = dict[tuple[str, str], str]  # an article's text by (law, article)

_SPACED_BEFORE = re.compile(r" +([,.;:!?)\]}%…”])")
_SPACED_AFTER = re.compile(r"([(\[{“]) +")
_HEADING = re.compile(r"^=+ *(.+?) *=+$", re.MULTILINE)
_ARTICLE = re.compile(r"^Điều +\d+[a-z]?\. *(.+)$", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[.!?]) +(?=[A-ZÀ-ỸĐ])")
# Sections of an encyclopedia article that say nothing about its subject.
_EMPTY_HEADINGS = frozenset({"xem thêm", "tham khảo", "liên kết ngoài", "chú thích", "ghi chú", "thư mục"})
_MIN_WORDS = 12
_MOST_PASSAGES = 2
# The published split of the news set (VNDS): 150,704 articles.
_NEWS_PARTS = (("train", 105_418), ("val", 22_642), ("test", 22_644))


@dataclass(frozen=True, slots=True)
class Pair:
    """An anchor (question, title, heading, sentence) and a passage about it, both unified.

    Pairs of one ``group`` share a passage or a document: none is a counter-example of another.
    """

    anchor: str
    passage: str
    group: str


def sources() -> dict[str, Source]:
    """Return the pair sources by the name the recipe's shares use."""
    return {"news": news_pairs, "wiki": wiki_pairs, "questions": question_pairs, "laws": law_pairs}


def news_pairs(data: Path) -> Iterator[Pair]:
    """Yield title-abstract, title-lead and abstract-lead pairs of the news articles."""
    for number, article in enumerate(news_articles(data)):
        title, abstract, lead = (clean(undo_segmentation(part)) for part in article)
        for anchor, passage in ((title, abstract), (title, lead), (abstract, lead)):
            if _worth(passage) and anchor:
                yield Pair(anchor, passage, str(number))


def news_articles(data: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (title, abstract, lead) as stored: words joined by ``_``, blanks before punctuation."""
    dropped = _dropped(data, "vietnews")
    rows = _rows(data / "vietnews_title_abstract_lead.jsonl.gz")
    for name, row in zip(_news_ids(), rows, strict=False):
        if name not in dropped:
            yield row["title"], row["abstract"], " ".join(row["lead"])


def wiki_pairs(data: Path) -> Iterator[Pair]:
    """Yield heading-section pairs ("title heading") and pairs of a first sentence with what follows it."""
    for title, heading, body in wiki_paragraphs(data):
        text = clean(body)
        if not _worth(text):
            continue
        yield Pair(clean(f"{title} {heading}"), text, text)
        first, _, rest = _first_sentence(body)
        if _worth(first) and _worth(rest):
            yield Pair(clean(first), clean(rest), text)


def wiki_paragraphs(data: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (title, heading, paragraph) as written, without the dropped articles; an opening has heading ""."""
    dropped = _dropped(data, "viwiki2017")
    for row in _rows(data / "viwiki.jsonl.gz"):
        if row["title"] not in dropped:
            for heading, body in wiki_sections(row["text"]):
                yield row["title"], heading, body


def wiki_sections(text: str) -> Iterator[tuple[str, str]]:
    """Yield (heading, paragraph) of one article; the opening paragraphs have heading ""."""
    parts = _HEADING.split(text)
    for heading, body in zip(["", *parts[1::2]], parts[0::2], strict=True):
        if heading.strip().lower() not in _EMPTY_HEADINGS:
            for paragraph in body.split("\n"):
                if paragraph.strip():
                    yield heading.strip(), paragraph.strip()


def question_pairs(data: Path) -> Iterator[Pair]:
    """Yield question-passage pairs of the ViQuAD training set and of ALQAC."""
    for question, context in squad_pairs(data / "train_ViQuAD.json.gz"):
        yield Pair(clean(question), clean(context), context)
    for articles, asked in article_questions(data):
        for question, keys in asked:
            for key in keys:
                if key in articles:
                    yield Pair(clean(question), clean(articles[key]), articles[key])


def article_questions(data: Path) -> Iterator[tuple[Statutes, list[tuple[str, list[tuple[str, str]]]]]]:
    """Yield for each ALQAC set the articles by (law, article) and [(question, keys of its articles)], as written."""
    for laws, questions in (
        ("2022_law", "2022_questions"),
        ("2023_law", "2023_train"),
        ("2023_law", "2025_train_questions"),
    ):
        rows = _json(data / "alqac" / f"{questions}.json.gz")
        asked = [
            (row["text"], [(ref["law_id"], ref["article_id"]) for ref in row["relevant_articles"]]) for row in rows
        ]
        yield _statutes(data / "alqac" / f"{laws}.json.gz"), asked


def legal_questions(data: Path) -> Iterator[tuple[str, str]]:
    """Yield (question, passage that answers it) of the SoICT set, as written; two passages of a question at most."""
    for row in _rows(data / "soict_legal" / "test_pairs.jsonl.gz"):
        for text in row["contexts"][:_MOST_PASSAGES]:
            yield row["question"], text


def law_pairs(data: Path) -> Iterator[Pair]:
    """Yield pairs of an article's heading and its text."""
    for articles in law_articles(data):
        for heading, body in articles:
            text = clean(body)
            yield Pair(clean(heading), text, text)


def law_articles(data: Path) -> Iterator[list[tuple[str, str]]]:
    """Yield for each law the (heading, text) of its articles, as written, without very short ones."""
    for row in _rows(data / "laws.jsonl.gz"):
        parts = _ARTICLE.split(row["text"])
        yield [(heading, body) for heading, body in zip(parts[1::2], parts[2::2], strict=True) if _worth(clean(body))]


def squad_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (question, passage) as written, of a file in SQuAD 1.1 format."""
    for article in _json(path)["data"]:
        for paragraph in article["paragraphs"]:
            for qa in paragraph["qas"]:
                yield qa["question"], paragraph["context"]


def undo_segmentation(text: str) -> str:
    """Undo word segmentation: ``_`` to a blank, no blank before closing or after opening punctuation."""
    return _SPACED_AFTER.sub(r"\1", _SPACED_BEFORE.sub(r"\1", text.replace("_", " ")))


def clean(text: str) -> str:
    """Return ``unify(canonical(text))`` with single blanks; done word by word, as unifying is local to a word."""
    return " ".join(_word(word) for word in text.split())


def bare(text: str) -> str:
    """Return a unified text without accents, as many people type."""
    return " ".join(_bare_word(word) for word in text.split())


@lru_cache(maxsize=500_000)
def _bare_word(word: str) -> str:
    return fold(word)


@lru_cache(maxsize=500_000)
def _word(word: str) -> str:
    return unify(canonical(word))


def _first_sentence(body: str) -> tuple[str, str, str]:
    found = _SENTENCE_END.search(body)
    return (body, "", "") if found is None else (body[: found.start()], " ", body[found.end() :])


def _worth(text: str) -> bool:
    return text.count(" ") >= _MIN_WORDS


def _dropped(data: Path, name: str) -> frozenset[str]:
    return frozenset(_json(data / "overlap_exclude.json")[name]["union"])


def _statutes(path: Path) -> Statutes:
    return {(law["id"], article["id"]): article["text"] for law in _json(path) for article in law["articles"]}


def _news_ids() -> Iterator[str]:
    """Yield the ids of the news rows, which the file leaves out: three parts in a row, each counted from 1."""
    for part, size in _NEWS_PARTS:
        for number in range(1, size + 1):
            yield f"{part}/{number:06d}"


def _json(path: Path) -> Any:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return json.load(file)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
