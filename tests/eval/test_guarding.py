from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from rich.console import Console

from eval.fresh import fresh_services, sample_questions, sample_reports
from eval.guarding import UNCHANGED, Campaign, Drafted, campaign, corpus_of, drafts_of
from eval.questions import load
from eval.robustness import show_guarded
from service.domain import Abstention, Answer, Draft, Status
from service.ground.faults import Texts
from service.ground.guard import Frame, ground, ground_abstention
from service.ports import Services
from service.retrieve.corpus import Corpus

FIGURES = 60  # questions of the sample set: enough drafts for every kind of fault
LEAST_STOPPED = 0.99


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    with fresh_services(sample_reports(suffix=".txt")) as opened:
        yield opened


@pytest.fixture(scope="module")
def drafts(services: Services) -> list[Drafted]:
    return drafts_of(load([sample_questions()])[:FIGURES], services)


@pytest.fixture(scope="module")
def corpus(services: Services) -> Corpus:
    return corpus_of(services)


@pytest.fixture(scope="module")
def done(drafts: list[Drafted], corpus: Corpus) -> Campaign:
    return campaign(drafts, corpus, seed=7)


def share(done: Campaign, *, true: bool) -> float:
    fed = [one for one in done.fed if one.true is true]
    return sum(one.stopped for one in fed) / len(fed)


def test_faults_are_stopped_and_true_drafts_pass(done: Campaign) -> None:
    assert sum(not one.true for one in done.fed) >= 300
    assert share(done, true=False) >= LEAST_STOPPED
    assert share(done, true=True) <= 0.02


def test_every_fault_of_form_is_stopped(done: Campaign) -> None:
    told = {kind: (fed, stopped) for kind, true, fed, stopped in done.rows() if not true}
    for kind in ("digit", "uncited", "span beyond the text", "number added"):
        fed, stopped = told[kind]
        assert fed == stopped > 0, kind


def test_a_campaign_is_repeatable(drafts: list[Drafted], corpus: Corpus) -> None:
    assert campaign(drafts[:5], corpus, seed=7) == campaign(drafts[:5], corpus, seed=7)
    assert campaign(drafts[:5], corpus, seed=7) != campaign(drafts[:5], corpus, seed=8)


def test_a_guard_that_lets_everything_through_is_seen(drafts: list[Drafted], corpus: Corpus) -> None:
    def blind(draft: Draft, frame: Frame, *, texts: Texts) -> Answer:
        shown = ground(replace(draft, claims=()), frame, texts=texts)
        text = " ".join(claim.text for claim in draft.claims)
        return replace(shown, status=Status.ANSWERED, answer=text, short_answer=draft.short_answer)

    def deaf(draft: Draft, frame: Frame, *, texts: Texts) -> Answer:
        return ground_abstention(Abstention("Không."), frame)

    assert not any(one.stopped for one in campaign(drafts[:5], corpus, seed=7, guard=blind).fed)
    assert all(one.stopped for one in campaign(drafts[:5], corpus, seed=7, guard=deaf).fed)


def test_the_table_has_a_row_for_each_kind_and_the_sums(done: Campaign) -> None:
    out = io.StringIO()
    show_guarded(done, Console(file=out, width=200), missed=True)
    lines = out.getvalue().splitlines()
    assert lines[1].split("\t")[:2] == [UNCHANGED, "true"]
    sums = [line.split("\t") for line in lines if line.startswith("total\t")]
    assert [(row[1], row[2]) for row in sums] == [
        ("true", str(sum(one.true for one in done.fed))),
        ("false", str(sum(not one.true for one in done.fed))),
    ]
    missed = [one for one in done.fed if one.stopped == one.true]
    assert sum(line.startswith("[") for line in lines) == len(missed)
