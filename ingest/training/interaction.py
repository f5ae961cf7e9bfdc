"""Training of the reranker (``ingest.interaction``): the right passage of a list must score above the others.

The loss is the softmax cross-entropy over the list. The tables of neighbours (a word's vector times a matrix) are made
once a step for all words, not for every word of every text: that is what makes it quick on a processor.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from ingest.interaction import PADDING, STRETCH, WORD, Ids, InteractionWeights, WordRows
from ingest.training.lists import Choice
from ingest.training.pack import quantise
from ingest.training.recipe import InteractionRecipe
from ingest.vi.normalise import fold

_log = logging.getLogger(__name__)
_TOLD = 200  # steps between two lines of progress


@dataclass(frozen=True, slots=True)
class Texts:
    """Word rows of texts by number, as written and without accents."""

    accented: tuple[Ids, ...]
    bare: tuple[Ids, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """One source: ``questions[i]`` asks for passage ``right[i]``, against ``others[i]`` (numbers of passages)."""

    questions: Texts
    right: tuple[int, ...]
    others: tuple[tuple[int, ...], ...]


class Interaction(torch.nn.Module):  # type: ignore[misc]  # torch is read untyped
    """The model as torch sees it; ``ingest.interaction`` scores the same with numpy."""

    def __init__(self, rows: int, *, dim: int, importance: NDArray[np.float32]) -> None:
        super().__init__()
        self.rows = torch.nn.Parameter(torch.randn(rows, dim) / dim**0.5)
        # softplus of it is the importance: always positive.
        self.importance = torch.nn.Parameter(torch.from_numpy(np.log(np.expm1(importance))))
        self.before = torch.nn.Parameter(torch.zeros(dim, dim))
        self.after = torch.nn.Parameter(torch.zeros(dim, dim))
        self.steepness = torch.nn.Parameter(torch.tensor(8.0))
        self.middle = torch.nn.Parameter(torch.tensor(0.6))
        self.mixed = torch.nn.Parameter(torch.tensor([0.5, 0.5, 0.1]))
        self.scale = torch.nn.Parameter(torch.tensor(2.0))

    def forward(self, questions: torch.Tensor, passages: torch.Tensor) -> torch.Tensor:
        """Return scores (lists, passages) for word rows (lists, words) and (lists, passages, words), 0 for padding."""
        tables = self._tables()
        cosines = torch.einsum("bqd,bkld->bkql", self._mixed(questions, tables), self._mixed(passages, tables))
        matches = torch.sigmoid(self.steepness * (cosines - self.middle)) * (passages != PADDING)[:, :, None, :]
        importance = functional.softplus(functional.embedding(questions, self.importance[:, None])[..., 0])
        importance = importance * (questions != PADDING)
        filled = functional.pad(matches, (0, -matches.shape[-1] % STRETCH))
        blocks = filled.unflatten(-1, (-1, STRETCH)).amax(-1)
        stretches = torch.maximum(blocks, functional.pad(blocks[..., 1:], (0, 1)))
        weights = importance[:, None, :]
        whole = (blocks.amax(-1) * weights).sum(-1)
        stretch = (stretches * weights[..., None]).sum(2).amax(-1)
        block = (blocks * weights[..., None]).sum(2).amax(-1)
        mixed = self.mixed[0] * whole + self.mixed[1] * stretch + self.mixed[2] * block
        return self.scale * mixed / (importance.sum(1)[:, None] + 1e-6).sqrt()

    def _tables(self) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        own = functional.normalize(self.rows, dim=-1)
        own = torch.cat([torch.zeros_like(own[:1]), own[1:]])
        return own, own @ self.before, own @ self.after

    @staticmethod
    def _mixed(ids: torch.Tensor, tables: tuple[torch.Tensor, torch.Tensor, torch.Tensor]) -> torch.Tensor:
        none = torch.zeros_like(ids[..., :1])
        before, after = torch.cat([none, ids[..., :-1]], -1), torch.cat([ids[..., 1:], none], -1)
        texts = zip((ids, before, after), tables, strict=True)
        own, left, right = (functional.embedding(of, table) for of, table in texts)
        return functional.normalize(own + left + right, dim=-1)


def trained_weights(model: Interaction) -> InteractionWeights:
    """Return the weights as they are shipped: unit vectors rounded to int8."""
    with torch.no_grad():
        unit = functional.normalize(model.rows, dim=-1)
        unit[PADDING] = 0.0
        importance = functional.softplus(model.importance)
    rows, factors = quantise(unit.numpy())
    first, second, third = model.mixed.tolist()
    return InteractionWeights(
        rows=rows,
        factors=factors,
        importance=importance.numpy(),
        before=model.before.detach().numpy(),
        after=model.after.detach().numpy(),
        steepness=model.steepness.item(),
        middle=model.middle.item(),
        mixed=(first, second, third),
        scale=model.scale.item(),
    )


def word_rows(choices: Iterable[Choice], *, recipe: InteractionRecipe) -> WordRows:
    """Choose the words with a row of their own: the frequent ones, as written and without accents; no rare number."""
    counts: Counter[str] = Counter()
    for choice in choices:
        counts.update(WORD.findall(choice.question))
        counts.update(WORD.findall(choice.passage)[: recipe.passage_words])
    bare: Counter[str] = Counter()
    for word, count in counts.items():
        bare[fold(word)] += count
    return WordRows(
        _frequent(counts, recipe.accented, recipe=recipe),
        _frequent(bare, recipe.bare, recipe=recipe),
        shared=recipe.shared,
    )


def _frequent(counts: Mapping[str, int], size: int, *, recipe: InteractionRecipe) -> list[str]:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    fewest = {True: recipe.fewest_of_number, False: recipe.fewest}
    return [word for word, count in ranked if count >= fewest[word[0].isdigit()]][:size]


class PassageNumbers:
    """Every distinct passage once: its number and its word rows."""

    def __init__(self, words: WordRows, *, longest: int) -> None:
        self._words, self._longest = words, longest
        self._known: dict[str, int] = {}
        self._rows: list[tuple[Ids, Ids]] = []

    def of(self, text: str) -> int:
        """Return the passage's 0-based number."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = len(self._rows)
            self._rows.append(both(self._words, text, longest=self._longest))
        return known

    def texts(self) -> Texts:
        """Return the word rows of all passages so far."""
        return Texts(tuple(one for one, _ in self._rows), tuple(one for _, one in self._rows))


def both(words: WordRows, text: str, *, longest: int) -> tuple[Ids, Ids]:
    """Return the rows of a unified text's first ``longest`` words, as written and without accents."""
    found = WORD.findall(text)[:longest]
    return words.of(found, bare=False), words.of(found, bare=True)


def numbered(choices: Sequence[Choice], passages: PassageNumbers, words: WordRows, *, longest: int) -> Lists:
    """Turn the choices of a source into numbers; questions are cut after ``longest`` words."""
    questions = [both(words, choice.question, longest=longest) for choice in choices]
    return Lists(
        Texts(tuple(one for one, _ in questions), tuple(one for _, one in questions)),
        tuple(passages.of(choice.passage) for choice in choices),
        tuple(tuple(passages.of(text) for text in choice.others) for choice in choices),
    )


def train_interaction(
    lists: Mapping[str, Lists], passages: Texts, rows: int, *, recipe: InteractionRecipe
) -> Interaction:
    """Return the trained model of ``rows`` word vectors. The same input gives the same model."""
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.threads)
    model = Interaction(rows, dim=recipe.dim, importance=_rarity(passages, rows))
    rates = {name: recipe.rate * recipe.rates.get(name, 1.0) for name, _ in model.named_parameters()}
    groups = [{"params": [value], "lr": rates[name]} for name, value in model.named_parameters()]
    optimiser = torch.optim.Adam(groups, betas=(0.9, 0.99), fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate_at(step, recipe.steps))
    running = 0.0
    for step, (questions, candidates) in enumerate(_batches(lists, passages, recipe=recipe), 1):
        optimiser.zero_grad(set_to_none=True)
        loss = functional.cross_entropy(model(questions, candidates), torch.zeros(len(questions), dtype=torch.long))
        loss.backward()
        optimiser.step()
        schedule.step()
        running += float(loss.detach())
        if step % _TOLD == 0:
            _log.info("reranker: step %d of %d, loss %.3f", step, recipe.steps, running / _TOLD)
            running = 0.0
    return model


def _rarity(passages: Texts, rows: int) -> NDArray[np.float32]:
    """Return where the importance of words starts: the logarithm of passages over passages with the word."""
    found = np.zeros(rows)
    for ids in (*passages.accented, *passages.bare):
        found[np.unique(ids)] += 1
    return np.clip(np.log(len(passages.accented) / (found + 3.0)), 0.3, 9.0).astype(np.float32)


def _batches(
    lists: Mapping[str, Lists], passages: Texts, *, recipe: InteractionRecipe
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Yield (questions, candidates) as ``Interaction`` wants them; the right passage is the first candidate."""
    rng = Random(recipe.seed)
    names = [name for name in recipe.shares if lists.get(name) and lists[name].right]
    odds = [recipe.shares[name] for name in names]
    for _ in range(recipe.steps):
        source = lists[rng.choices(names, odds)[0]]
        bare = rng.random() < recipe.bare_share
        asked, texts = (
            (source.questions.bare, passages.bare) if bare else (source.questions.accented, passages.accented)
        )
        chosen = rng.sample(range(len(source.right)), min(recipe.batch, len(source.right)))
        candidates: list[Ids] = []
        for number in chosen:
            others = rng.sample(source.others[number], min(recipe.candidates - 1, len(source.others[number])))
            while len(others) < recipe.candidates - 1:
                others.append(source.right[rng.choice(chosen)])
            candidates += [texts[one] for one in (source.right[number], *others)]
        yield _padded([asked[number] for number in chosen]), _padded(candidates).unflatten(0, (len(chosen), -1))


def _padded(texts: Sequence[Ids]) -> torch.Tensor:
    longest = max(1, *(len(ids) for ids in texts))
    rows = np.full((len(texts), longest), PADDING, dtype=np.int64)
    for row, ids in zip(rows, texts, strict=True):
        row[: len(ids)] = ids
    return torch.from_numpy(rows)


def _rate_at(step: int, steps: int) -> float:
    warm = max(1, min(200, steps // 5))
    return min((step + 1) / warm, max(0.03, 1 - step / steps))
