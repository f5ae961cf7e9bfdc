"""The one command: read the texts, train the embedding and the reranker, write their folders."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from random import Random

from ingest.training.corpus import Pair, clean, news_articles, sources
from ingest.training.interaction import PassageNumbers, numbered, train_interaction, trained_weights, word_rows
from ingest.training.lists import choice_sources
from ingest.training.pack import write_interaction, write_model
from ingest.training.recipe import InteractionRecipe, Recipe
from ingest.training.train import encode, train
from ingest.training.vocabulary import Counts, build_tokenizer

_log = logging.getLogger(__name__)


def build_model(data: Path, out: Path, *, recipe: Recipe) -> None:
    """Train on the files under ``data`` and write the model folder ``out``. The same files give the same model."""
    pairs = {name: list(source(data)) for name, source in sources().items()}
    _log.info("pairs: %s", {name: len(found) for name, found in pairs.items()})
    tokenizer = build_tokenizer(count(pairs, data=data), sizes=recipe.vocabulary)
    _log.info("vocabulary: %d", tokenizer.get_vocab_size())
    encoded = {
        name: encode(found, tokenizer=tokenizer, max_chars=recipe.max_chars) for name, found in pairs.items() if found
    }
    vectors = train(encoded, tokenizer=tokenizer, recipe=recipe)
    write_model(out, tokenizer=tokenizer, vectors=vectors)
    _log.info("written: %s", out)


def build_reranker(data: Path, out: Path, *, recipe: InteractionRecipe) -> None:
    """Train the reranker on the files under ``data``, write it to ``out``. The same files give the same model."""
    choices = {name: list(source(data, Random(recipe.seed))) for name, source in choice_sources().items()}
    _log.info("lists: %s", {name: len(found) for name, found in choices.items()})
    words = word_rows(chain.from_iterable(choices.values()), recipe=recipe)
    passages = PassageNumbers(words, longest=recipe.passage_words)
    lists = {name: numbered(found, passages, words, longest=recipe.question_words) for name, found in choices.items()}
    _log.info("word vectors: %d", len(words))
    model = train_interaction(lists, passages.texts(), len(words), recipe=recipe)
    write_interaction(out, words=words, weights=trained_weights(model))
    _log.info("written: %s", out)


def count(pairs: Mapping[str, Sequence[Pair]], *, data: Path) -> Counts:
    """Count syllables and numbers of all passages and anchors, and the words of the segmented news."""
    counts = Counts()
    for found in pairs.values():
        for pair in found:
            counts.add_text(pair.anchor)
            counts.add_text(pair.passage)
    for article in news_articles(data):
        for part in article:
            counts.add_segmented(clean(part))
    return counts


def main(arguments: Sequence[str] | None = None) -> None:
    """Parse the command line and build both models, or the one asked for."""
    parser = argparse.ArgumentParser(prog="python -m ingest.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the training files")
    parser.add_argument("--out", type=Path, help="embedding folder to write")
    parser.add_argument("--reranker", type=Path, help="reranker folder to write")
    parser.add_argument("--steps", type=int, help="batches to train on (for trying)")
    parser.add_argument("--seed", type=int)
    options = parser.parse_args(arguments)
    if options.out is None and options.reranker is None:
        parser.error("give --out, --reranker or both")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    changed = {name: value for name in ("steps", "seed") if (value := getattr(options, name)) is not None}
    if options.out is not None:
        build_model(options.data, options.out, recipe=replace(Recipe(), **changed))
    if options.reranker is not None:
        build_reranker(options.data, options.reranker, recipe=replace(InteractionRecipe(), **changed))


if __name__ == "__main__":
    main()
