"""The guard put to the test: true drafts of the engine must pass, the same drafts made false must be stopped."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from eval import corrupting, rewording
from eval.asking import in_process
from eval.questions import Question
from eval.runner import Progress, run, silent
from ingest.domain import Figure, Passage, Span
from ingest.vi.normalise import fold
from ingest.vi.numbers import find_numbers
from service.ask import AskService, Guard
from service.domain import Answer, Claim, Draft, Evidence, Status
from service.ground.faults import Texts
from service.ground.guard import Frame, ground
from service.ports import Services
from service.retrieve.corpus import Corpus, OpenVersion
from service.understand.places import bare_name, place_names

UNCHANGED = "unchanged"
SHORT = "short answer"


@dataclass(frozen=True, slots=True)
class Drafted:
    """What the engine proposed for a question, before the guard, with what the guard was given beside it."""

    draft: Draft
    frame: Frame


@dataclass(frozen=True, slots=True)
class Fed:
    """One draft fed to the guard. ``text``: what was to be shown; ``stopped``: it was not (or not that part of it)."""

    kind: str
    true: bool
    text: str
    stopped: bool


@dataclass(frozen=True, slots=True)
class Campaign:
    """All that was fed, in order; ``drafts``: how many true drafts it was made from."""

    fed: tuple[Fed, ...]
    drafts: int
    seed: int

    def rows(self) -> tuple[tuple[str, bool, int, int], ...]:
        """Return (kind, true, fed, stopped) for each kind in the order met, then the sums of true and false ones."""
        kinds = list(dict.fromkeys((one.kind, one.true) for one in self.fed))
        rows = [(kind, true, [f for f in self.fed if (f.kind, f.true) == (kind, true)]) for kind, true in kinds]
        rows += [("total", true, [f for f in self.fed if f.true is true]) for true in (True, False)]
        return tuple((kind, true, len(fed), sum(f.stopped for f in fed)) for kind, true, fed in rows)


def drafts_of(questions: Sequence[Question], services: Services, *, progress: Progress = silent) -> list[Drafted]:
    """Return every draft the engine of ``services`` makes for the questions, also those its guard would stop."""
    searcher = _engine(services).searcher
    seen: list[Drafted] = []

    def watch(draft: Draft, frame: Frame, *, texts: Texts) -> Answer:
        seen.append(Drafted(draft, frame))
        return ground(draft, frame, texts=texts)

    watched = AskService(searcher=searcher, recorder=services.conversations, guard=watch)
    run(questions, in_process(replace(services, asker=watched)), progress=progress)
    unlike = {(one.draft.claims, one.draft.evidence, one.draft.short_answer): one for one in seen}
    return list(unlike.values())


def corpus_of(services: Services) -> Corpus:
    """Return the visible reports as the engine of ``services`` sees them. Raises TypeError for another asker."""
    return _engine(services).corpus


def campaign(drafts: Sequence[Drafted], corpus: Corpus, *, seed: int, guard: Guard = ground) -> Campaign:
    """Feed every draft to ``guard`` unchanged, reworded and corrupted in every way that applies to it."""
    fed: list[Fed] = []
    for number, one in enumerate(drafts):
        draw = random.Random(f"{seed} {number}")
        fed += [_fed_true(kind, draft, one.frame, corpus, guard) for kind, draft in true_forms(one.draft)]
        for kind, draft, text in false_forms(one.draft, corpus, draw):
            answer = guard(draft, one.frame, texts=corpus.text)
            shown = answer.short_answer == text if kind.startswith(SHORT) else _shows(answer, text)
            fed.append(Fed(kind, true=False, text=text, stopped=not shown))
    return Campaign(tuple(fed), len(drafts), seed)


def true_forms(draft: Draft) -> Iterator[tuple[str, Draft]]:
    """Yield (kind, draft) for the draft itself and its rewordings."""
    yield UNCHANGED, draft
    figure = draft.figures[0].figure.text if draft.figures else ""
    for kind, reword in rewording.WAYS.items():
        # Shown arithmetic is not reworded: it has one form.
        sums = [draft.computation is not None and draft.computation.expression in claim.text for claim in draft.claims]
        texts = [None if s else reword(claim.text, figure) for s, claim in zip(sums, draft.claims, strict=True)]
        if not any(texts):
            continue
        claims = tuple(replace(claim, text=text or claim.text) for claim, text in zip(draft.claims, texts, strict=True))
        yield kind, replace(draft, claims=claims)


def false_forms(draft: Draft, corpus: Corpus, draw: random.Random) -> Iterator[tuple[str, Draft, str]]:
    """Yield (kind, draft, text): ``text`` is what is false of the draft, a claim or its short answer."""
    claims = [claim for claim in draft.claims if claim.evidence]
    if not claims:
        return
    claim = draw.choice(claims)
    alone = replace(draft, claims=(claim,))
    basis = _basis(draft, claim, corpus)
    for kind, corrupt in corrupting.WAYS.items():
        text = corrupt(claim.text, basis, draw)
        if text is not None:
            yield kind, replace(alone, claims=(replace(claim, text=text),), short_answer=None), text
        short = corrupt(draft.short_answer, basis, draw) if draft.short_answer and not draft.computation else None
        if short is not None:
            yield f"{SHORT}: {kind}", replace(draft, short_answer=short), short
    for kind, make in _IN_REPORT.items():
        false = make(alone, claim, _version(draft.evidence[claim.evidence[0]], corpus), draw)
        if false is not None:
            yield kind, *false
    yield "uncited", replace(alone, claims=(replace(claim, evidence=()),)), claim.text
    yield "span beyond the text", _moved(alone, claim, _beyond(draft.evidence[claim.evidence[0]], corpus)), claim.text
    other = _other_report(draft.evidence[claim.evidence[0]], corpus, claim, draw)
    if other is not None:
        yield "another report", _moved(alone, claim, other), claim.text


def _engine(services: Services) -> AskService:
    if not isinstance(services.asker, AskService):
        raise TypeError("drafts are seen inside the engine only")
    return services.asker


def _fed_true(kind: str, draft: Draft, frame: Frame, corpus: Corpus, guard: Guard) -> Fed:
    answer = guard(draft, frame, texts=corpus.text)
    shown = all(_shows(answer, claim.text) for claim in draft.claims)
    kept = draft.short_answer is None or answer.short_answer == draft.short_answer
    text = " ".join(claim.text for claim in draft.claims) + (f" | {draft.short_answer}" if not kept else "")
    return Fed(kind, true=True, text=text, stopped=not (shown and kept))


def _shows(answer: Answer, text: str) -> bool:
    return answer.status is Status.ANSWERED and text.rstrip() in answer.answer


def _basis(draft: Draft, claim: Claim, corpus: Corpus) -> corrupting.Basis:
    cited = [draft.evidence[i] for i in claim.evidence]
    periods = [one.report.period for one in cited if one.report.period is not None]
    years = {year for period in periods for year in (period.year, period.last_year) if year is not None}
    return corrupting.Basis(tuple(_quote(one, corpus) for one in cited), frozenset(years))


def _quote(evidence: Evidence, corpus: Corpus) -> str:
    return evidence.span.of(corpus.text(evidence.report.version_id))


def _version(evidence: Evidence, corpus: Corpus) -> OpenVersion:
    return corpus.version(evidence.report.version_id)


def _moved(draft: Draft, claim: Claim, *evidence: Evidence) -> Draft:
    """Return the draft with ``claim`` alone, resting on ``evidence``; what else it had is left out."""
    moved = replace(claim, evidence=tuple(range(len(evidence))))
    return replace(draft, claims=(moved,), evidence=evidence, short_answer=None, figures=(), computation=None)


def _beyond(evidence: Evidence, corpus: Corpus) -> Evidence:
    length = len(corpus.text(evidence.report.version_id))
    return replace(evidence, span=Span(evidence.span.start, length + 7))


def _other_report(evidence: Evidence, corpus: Corpus, claim: Claim, draw: random.Random) -> Evidence | None:
    """Return the same place in another report, where that has one and does not say the same there."""
    others = [ref for ref in corpus.snapshot().refs if ref.version_id != evidence.report.version_id]
    fitting = [ref for ref in others if evidence.span.end <= len(corpus.text(ref.version_id))]
    if not fitting:
        return None
    moved = replace(evidence, report=draw.choice(fitting))
    return None if fold(claim.text) in fold(_quote(moved, corpus)) else moved


# Gives a draft made false with something of its own report, and the text that is false; None where it does not apply.
_InReport = Callable[[Draft, Claim, OpenVersion, random.Random], tuple[Draft, str] | None]


def _other_passage(draft: Draft, claim: Claim, version: OpenVersion, draw: random.Random) -> tuple[Draft, str] | None:
    """Cite another passage of the report that does not say the same."""
    cited = draft.evidence[claim.evidence[0]]
    passages = [p for p in _passages(version) if p.id != cited.passage.id and fold(claim.text) not in fold(p.text)]
    if not passages:
        return None
    passage = draw.choice(passages)
    moved = _moved(draft, claim, Evidence(cited.report, passage, passage.spans[0]))
    return None if _says_all(claim, passage) else (moved, claim.text)


def _other_place(draft: Draft, claim: Claim, version: OpenVersion, draw: random.Random) -> tuple[Draft, str] | None:
    """Say it of another place of the report: instead of its own or in front."""
    named = sorted(place_names(claim.text))
    near = fold(" ".join(e.passage.text + " ".join(e.passage.section_path) for e in draft.evidence))
    own = fold(f"{version.ref.area} {version.ref.issuer} {version.ref.title}")
    bare = {place: fold(bare_name(place)) for place in sorted(place_names(version.stored.report.text))}
    others = [place for place, name in bare.items() if " " in name and name not in near and name not in own]
    if not others:
        return None
    other = draw.choice(others)
    if named:
        text = claim.text.replace(bare_name(draw.choice(named)), bare_name(other), 1)
    else:
        text = f"Tại {other}, {claim.text[:1].lower()}{claim.text[1:]}"
    return replace(draft, claims=(replace(claim, text=text),), short_answer=None), text


def _added_sentence(draft: Draft, claim: Claim, version: OpenVersion, draw: random.Random) -> tuple[Draft, str] | None:
    """Add a number said elsewhere in the report to the claim, under the claim's own citation."""
    figure = _elsewhere(draft, claim, version, draw)
    if figure is None:
        return None
    text = f"{claim.text.rstrip('. ')}; {figure.indicator} {figure.text}"
    return replace(draft, claims=(replace(claim, text=text),), short_answer=None), text


def _added_claim(draft: Draft, claim: Claim, version: OpenVersion, draw: random.Random) -> tuple[Draft, str] | None:
    """Add a claim with a number said elsewhere in the report, under this claim's citation."""
    figure = _elsewhere(draft, claim, version, draw)
    if figure is None:
        return None
    text = f"{figure.indicator[:1].upper()}{figure.indicator[1:]} {figure.text}"
    return replace(draft, claims=(claim, replace(claim, text=text))), text


def _elsewhere(draft: Draft, claim: Claim, version: OpenVersion, draw: random.Random) -> Figure | None:
    near = {n.value for i in claim.evidence for n in find_numbers(draft.evidence[i].passage.text)}
    figures = [f for found in version.stored.figures.values() for f in found if f.value not in near and f.indicator]
    return draw.choice(figures) if figures else None


def _passages(version: OpenVersion) -> list[Passage]:
    return [p for p in version.stored.passages if p.spans]


def _says_all(claim: Claim, passage: Passage) -> bool:
    """Tell whether the other passage holds every number of the claim: then it may say the same in other words."""
    known = {n.value for n in find_numbers(passage.text)}
    own = {n.value for n in find_numbers(claim.text)}
    return bool(own) and own <= known


_IN_REPORT: dict[str, _InReport] = {
    "place": _other_place,
    "another passage": _other_passage,
    "number added": _added_sentence,
    "claim added": _added_claim,
}
