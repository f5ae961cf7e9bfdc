"""Lists the reranker learns from: a question, the passage that answers it, and others that look as if they did.

The others are what our own lexical search finds (questions, news) or the rest of the same article or law, so telling
the right one takes more than its subject. Every text is unified (``ingest.training.corpus.clean``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from random import Random

from ingest.training.cloze import cloze
from ingest.training.corpus import (
    Statutes,
    article_questions,
    clean,
    law_articles,
    legal_questions,
    news_articles,
    squad_pairs,
    undo_segmentation,
    wiki_paragraphs,
)
from ingest.training.lexical_search import LexicalSearch

Source = Callable[[Path, Random], Iterator["Choice"]]

OTHERS = 25  # counter-examples kept for a list; a step draws some of them
_FEWEST_OTHERS = 5
_LONGEST = 2_500  # characters of a passage
_SHORTEST = 25  # words of an encyclopedia paragraph
_CLOZES, _HEADINGS = 14, 5  # made questions and headings taken from one article
_NEWS, _NEWS_ASKED = 24_000, 12_000  # news texts searched, and titles that search them


@dataclass(frozen=True, slots=True)
class Choice:
    """A question, its passage, and counter-examples, at least one."""

    question: str
    passage: str
    others: tuple[str, ...]


def choice_sources() -> dict[str, Source]:
    """Return the sources by the name the recipe's shares use."""
    return {
        "viquad": viquad_choices,
        "legal": legal_choices,
        "laws": law_choices,
        "cloze": cloze_choices,
        "headings": heading_choices,
        "news": news_choices,
    }


def viquad_choices(data: Path, rng: Random) -> Iterator[Choice]:
    """Yield the questions of ViQuAD's training set; the others are what lexical search finds among its passages."""
    pairs = [(clean(question), clean(context)) for question, context in squad_pairs(data / "train_ViQuAD.json.gz")]
    yield from _searched(pairs, list(dict.fromkeys(passage for _, passage in pairs)))


def legal_choices(data: Path, rng: Random) -> Iterator[Choice]:
    """Yield legal questions with the articles that answer them, against other articles lexical search finds."""
    for statutes, asked in article_questions(data):
        yield from _over_articles(asked, statutes)
    pairs = [(clean(question), clean(text)[:_LONGEST]) for question, text in legal_questions(data)]
    yield from _searched(pairs, list(dict.fromkeys(text for _, text in pairs)))


def law_choices(data: Path, rng: Random) -> Iterator[Choice]:
    """Yield the heading of a law's article with its text, against the articles around it."""
    for articles in law_articles(data):
        texts = [clean(body)[:_LONGEST] for _, body in articles]
        for place, (heading, _) in enumerate(articles):
            near = texts[max(0, place - 10) : place] + texts[place + 1 : place + 11]
            yield from _choice(clean(heading), texts[place], near)


def cloze_choices(data: Path, rng: Random) -> Iterator[Choice]:
    """Yield made questions about encyclopedia paragraphs, against other paragraphs of the same article."""
    for title, paragraphs in _articles(data):
        for place in rng.sample(range(len(paragraphs)), min(_CLOZES, len(paragraphs))):
            made = cloze(paragraphs[place][1], subject=title, rng=rng)
            if made is not None:
                rest = [text for _, text in paragraphs[:place] + paragraphs[place + 1 :]]
                rng.shuffle(rest)
                yield from _choice(*made, rest)


def heading_choices(data: Path, rng: Random) -> Iterator[Choice]:
    """Yield title and heading with a paragraph below it, against paragraphs below other headings of the article."""
    for title, paragraphs in _articles(data):
        for heading, text in rng.sample(paragraphs, min(_HEADINGS, len(paragraphs))):
            rest = [other for under, other in paragraphs if under != heading]
            rng.shuffle(rest)
            if heading:
                yield from _choice(f"{title} {heading}", text, rest)


def news_choices(data: Path, rng: Random) -> Iterator[Choice]:
    """Yield titles with their abstract or lead, against those of other news that lexical search finds."""
    articles = [tuple(clean(undo_segmentation(part)) for part in article) for article in news_articles(data)]
    rng.shuffle(articles)
    pairs = [(title, rng.choice((abstract, lead))) for title, abstract, lead in articles[:_NEWS] if abstract and lead]
    yield from _searched(pairs[:_NEWS_ASKED], list(dict.fromkeys(text for _, text in pairs)))


def _articles(data: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield (title, [(heading, paragraph)]) of the articles with enough paragraphs to choose among, unified."""
    for title, rows in groupby(wiki_paragraphs(data), key=lambda row: row[0]):
        paragraphs = [(clean(heading), clean(text)[:_LONGEST]) for _, heading, text in rows]
        long = [(heading, text) for heading, text in paragraphs if text.count(" ") >= _SHORTEST]
        if len(long) > _FEWEST_OTHERS:
            yield clean(title), long


def _over_articles(asked: Sequence[tuple[str, Sequence[tuple[str, str]]]], statutes: Statutes) -> Iterator[Choice]:
    texts = {key: clean(text)[:_LONGEST] for key, text in statutes.items()}
    pairs = [(clean(question), texts[key]) for question, keys in asked for key in keys if key in texts]
    yield from _searched(pairs, list(dict.fromkeys(texts.values())))


def _searched(pairs: Sequence[tuple[str, str]], passages: Sequence[str]) -> Iterator[Choice]:
    """Yield a choice for each pair; a passage that answers the same question elsewhere in ``pairs`` is no other."""
    right: Mapping[str, set[str]] = {question: set() for question, _ in pairs}
    for question, passage in pairs:
        right[question].add(passage)
    search = LexicalSearch(passages)
    found = search.best([question for question, _ in pairs], limit=OTHERS + 8)
    for (question, passage), best in zip(pairs, found, strict=True):
        yield from _choice(question, passage, [passages[n] for n in best if passages[n] not in right[question]])


def _choice(question: str, passage: str, others: Sequence[str]) -> Iterator[Choice]:
    rest = [text for text in others if text != passage][:OTHERS]
    if question and passage and len(rest) >= _FEWEST_OTHERS:
        yield Choice(question, passage, tuple(rest))
