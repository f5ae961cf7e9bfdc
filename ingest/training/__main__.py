"""The one command: read the texts, build the tokenizer, train, write the folder."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.training.corpus import Pair, clean, news_articles, sources
from ingest.training.pack import write_model
from ingest.training.recipe import Recipe
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
    """Parse the command line and build the model."""
    standard = Recipe()
    parser = argparse.ArgumentParser(prog="python -m ingest.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the training files")
    parser.add_argument("--out", type=Path, required=True, help="model folder to write")
    parser.add_argument("--steps", type=int, default=standard.steps, help="batches to train on")
    parser.add_argument("--seed", type=int, default=standard.seed)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    build_model(options.data, options.out, recipe=replace(standard, steps=options.steps, seed=options.seed))


if __name__ == "__main__":
    main()
