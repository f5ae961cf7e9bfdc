"""The engine over the sample reports: scope, refusals, wording by a model and its fallback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eval.fresh import fresh_services, sample_reports
from ingest.errors import DiskFull
from service.answer.candidates import Material
from service.answer.phrases import claim_stretch, claim_text
from service.ask import AskService
from service.domain import Answer, Ask, Claim, Draft, Earlier, Evidence, Filters, Mode, Principal, Query, Status
from service.ground.faults import faults
from service.ports import Services
from service.store.conversations import Conversations

READER = Principal("tester", frozenset({"reader"}))
ACCIDENTS = "Quý I có bao nhiêu vụ tai nạn giao thông?"


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    with fresh_services(sample_reports()) as built:
        yield built


@pytest.fixture
def engine(services: Services) -> AskService:
    assert isinstance(services.asker, AskService)
    return services.asker


class Wording:
    """A stand-in for a language model: words the found draft as told."""

    def __init__(self, *claims: str | None) -> None:
        self.claims = claims

    def draft(self, query: Query, material: Material, found: Draft) -> Draft | None:
        del query, material
        if self.claims == (None,):
            return None
        worded = tuple(Claim(text, (0,)) for text in self.claims if text is not None)
        return replace(found, claims=worded, engine="llm", model="stand-in", prompt_version="answer/1")


class Reading:
    """A recorder that reads the conversations there are and keeps nothing."""

    def __init__(self, conversations: Conversations) -> None:
        self.conversations = conversations

    def record(self, answer: Answer, *, owner: str) -> None:
        del answer, owner

    def earlier(self, conversation_id: str, *, owner: str, last: int) -> tuple[Earlier, ...]:
        return self.conversations.earlier(conversation_id, owner=owner, last=last)


def worded(engine: AskService, *claims: str | None) -> Answer:
    service = AskService(searcher=engine.searcher, writer=Wording(*claims))
    return service.ask(Ask(ACCIDENTS, mode=Mode.LLM), principal=READER)


def test_a_quarter_without_a_year_is_the_newest_and_says_so(engine: AskService) -> None:
    answer = engine.ask(Ask(ACCIDENTS), principal=READER)
    assert (answer.status, answer.short_answer, answer.mode) == (Status.ANSWERED, "19 vụ", "extractive")
    assert [w.code for w in answer.warnings] == ["newest-period", "sample-report"]
    assert "quý I/2024" in answer.understood_as
    assert engine.ask(Ask(ACCIDENTS, filters=Filters(year=2023)), principal=READER).short_answer == "14 vụ"


def test_filters_that_match_nothing_find_nothing(engine: AskService) -> None:
    answer = engine.ask(Ask(ACCIDENTS, filters=Filters(report_ids=("no-such-report",))), principal=READER)
    assert (answer.status, answer.citations) == (Status.NOT_FOUND, ())


def test_saying_no_names_what_was_searched_and_the_nearest(engine: AskService) -> None:
    answer = engine.ask(Ask("Quý III năm 2024 có bao nhiêu vụ tai nạn giao thông?"), principal=READER)
    assert answer.status is Status.NOT_FOUND and answer.short_answer is None
    assert "quý III/2024" in answer.answer and "tai nạn giao thông" in answer.answer.lower()
    assert answer.suggestions
    follow = engine.ask(Ask(answer.suggestions[0]), principal=READER)
    assert follow.status is Status.ANSWERED


def talk(services: Services, *questions: str, principal: Principal = READER) -> list[Answer]:
    """Ask the questions one after the other in one conversation."""
    answers: list[Answer] = []
    for question in questions:
        conversation = answers[-1].conversation_id if answers else None
        answers.append(services.asker.ask(Ask(question, conversation), principal=principal))
    return answers


def test_a_conversation_carries_over_what_a_follow_up_leaves_out(services: Services) -> None:
    told = talk(
        services,
        "Đàn lợn quý I năm 2023 có bao nhiêu con?",
        "Thế còn đàn bò?",
        "đạt bao nhiêu % kế hoạch?",
        "quy 1 nam 2024 thi sao",
        "còn gia cầm?",
    )
    assert [answer.short_answer for answer in told] == ["41.350 con", "3.216 con", "97,5%", "98,4%", "95,3%"]
    assert told[1].question == "Thế còn đàn bò?"  # as typed
    assert told[1].understood_as.startswith("Đàn bò quý I năm 2023 có bao nhiêu con?")
    assert all(answer.citations for answer in told)


def test_a_follow_up_about_what_is_not_told_is_refused_not_answered_for_another_period(services: Services) -> None:
    told = talk(services, "Quý I năm 2024 đàn lợn có bao nhiêu con?", "Thế còn đàn bò?", "quý III thì sao?")
    assert [answer.status for answer in told] == [Status.ANSWERED, Status.ANSWERED, Status.NOT_FOUND]
    assert "quý III/2024" in told[-1].answer


def test_a_new_topic_takes_nothing_from_the_conversation(services: Services) -> None:
    told = talk(
        services, "Quý I năm 2023 có bao nhiêu vụ tai nạn giao thông?", "Tổng đàn lợn là bao nhiêu con?", "ai ký?"
    )
    assert told[1].understood_as.startswith("Tổng đàn lợn là bao nhiêu con?")
    assert told[1].short_answer == "45.276 con" and told[2].short_answer


def test_a_reading_that_is_not_answered_gives_way_to_the_question_alone(services: Services) -> None:
    asked = ("Quý III năm 2022 có bao nhiêu vụ tai nạn giao thông?", "Có bao nhiêu vụ cháy?")
    first, second = talk(services, *asked)
    assert first.status is Status.NOT_FOUND
    assert second.short_answer == "03 vụ" and second.understood_as.startswith(asked[1])


def test_a_conversation_of_somebody_else_is_not_leaned_on(services: Services) -> None:
    first = talk(services, "Đàn lợn quý I năm 2023 có bao nhiêu con?")[0]
    asker = services.asker
    assert isinstance(asker, AskService)
    other = AskService(searcher=asker.searcher, recorder=Reading(services.conversations))
    stranger = Principal("stranger", frozenset({"reader"}))
    asked = Ask("đạt bao nhiêu % kế hoạch?", first.conversation_id)
    assert other.ask(asked, principal=stranger).status is Status.CLARIFY
    assert other.ask(asked, principal=READER).short_answer == "91,9%"
    assert AskService(searcher=asker.searcher).ask(asked, principal=READER).status is Status.CLARIFY


def test_start_questions_are_answerable_and_of_the_newest_report(engine: AskService) -> None:
    questions = engine.suggestions()
    assert 2 <= len(questions) <= 4
    for question in questions:
        answer = engine.ask(Ask(question), principal=READER)
        assert answer.status is Status.ANSWERED and answer.figures, question


def test_follow_ups_are_answerable(engine: AskService) -> None:
    answer = engine.ask(Ask("Tổng đàn lợn quý I năm 2024?"), principal=READER)
    assert answer.suggestions
    for question in answer.suggestions:
        assert engine.ask(Ask(question), principal=READER).status is Status.ANSWERED, question


def test_a_model_that_words_truly_is_shown(engine: AskService) -> None:
    answer = worded(engine, "Trong quý I/2024 đã xảy ra 19 vụ tai nạn giao thông")
    assert (answer.mode, answer.model, answer.prompt_version) == ("llm", "stand-in", "answer/1")
    assert answer.answer == "Trong quý I/2024 đã xảy ra 19 vụ tai nạn giao thông. [1]"
    assert answer.short_answer == "19 vụ" and answer.citations[0].quote


@pytest.mark.parametrize(
    "claim",
    [
        "Xảy ra 91 vụ tai nạn giao thông",
        "Quý II/2024 xảy ra 19 vụ tai nạn giao thông",
        "Tình hình an toàn giao thông được bảo đảm",  # true or not, it leaves the figure out
        None,
    ],
)
def test_a_model_that_invents_or_fails_gives_way_to_the_reports_words(engine: AskService, claim: str | None) -> None:
    answer = worded(engine, claim)
    assert (answer.status, answer.mode, answer.short_answer) == (Status.ANSWERED, "extractive", "19 vụ")
    assert "91" not in answer.answer
    assert [w.code for w in answer.warnings].count("llm-fallback") == 1


def test_without_a_model_llm_mode_falls_back(engine: AskService) -> None:
    answer = engine.ask(Ask(ACCIDENTS, mode=Mode.LLM), principal=READER)
    assert answer.mode == "extractive" and "llm-fallback" in [w.code for w in answer.warnings]


def test_the_guard_passes_what_every_figure_would_be_answered_with(engine: AskService) -> None:
    checked = 0
    for ref in engine.corpus.snapshot().refs:
        opened = engine.corpus.version(ref.version_id)
        for passage in opened.stored.passages:
            seen = opened.view(passage.id)
            assert seen is not None
            for figure in seen.figures:
                stretch = claim_stretch(seen, figure)
                spans = seen.reading.spans(stretch.start, stretch.end)
                evidence = {i: Evidence(ref, passage, span) for i, span in enumerate(spans)}
                claim = Claim(claim_text(seen, stretch, figure), tuple(evidence))
                assert faults(claim, evidence, texts=engine.corpus.text) == [], claim.text
                checked += 1
    assert checked > 1000


def test_a_removed_report_is_forgotten_at_once() -> None:
    with fresh_services(sample_reports()[:1]) as services:
        before = services.asker.ask(Ask("Tổng đàn lợn là bao nhiêu?"), principal=READER)
        assert before.status is Status.ANSWERED
        services.ingestor.remove(before.citations[0].report_id)
        after = services.asker.ask(Ask("Tổng đàn lợn là bao nhiêu?"), principal=READER)
        assert (after.status, after.citations) == (Status.NOT_FOUND, ())


def test_a_sample_never_stands_in_for_a_report_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "bao-cao.txt"
    own.write_text(
        "ỦY BAN NHÂN DÂN\nHUYỆN SÔNG MƠ\n\nBÁO CÁO\n\nTình hình quý I năm 2021\n\n"
        "1. Trật tự: Quý I, trên địa bàn xảy ra 07 vụ tai nạn giao thông, 01 người chết.\n",
        encoding="utf-8",
    )
    with fresh_services([*sample_reports(), own]) as services:
        answer = services.asker.ask(Ask(ACCIDENTS), principal=READER)
        assert (answer.short_answer, answer.warnings) == ("07 vụ", ())
        asked = services.asker.ask(
            Ask("Quý I/2024 huyện Vân Trạch có bao nhiêu vụ tai nạn giao thông?"), principal=READER
        )
        assert (asked.short_answer, [w.code for w in asked.warnings]) == ("19 vụ", ["sample-report"])


def test_an_abbreviation_of_two_senses_is_read_by_the_question_or_asked_back(engine: AskService) -> None:
    pupils = engine.ask(Ask("Quý I năm 2024 có bao nhiêu HS giỏi cấp tỉnh?"), principal=READER)
    assert pupils.status is Status.ANSWERED
    assert "học sinh giỏi" in pupils.understood_as
    assert "học sinh giỏi" in pupils.citations[0].quote


def test_what_is_typed_badly_is_answered_as_meant(engine: AskService) -> None:
    meant = engine.ask(Ask(ACCIDENTS), principal=READER)
    typed = engine.ask(Ask("quys I cos bao nhieeu vuj tai nạngiao thoong??"), principal=READER)
    assert typed.citations == meant.citations
    assert "tai nạn giao thông" in typed.understood_as
    assert typed.question == "quys I cos bao nhieeu vuj tai nạngiao thoong??"


class Full(Reading):
    """A recorder whose disk is full."""

    def record(self, answer: Answer, *, owner: str) -> None:
        raise DiskFull


def test_a_full_disk_takes_no_answer_away(services: Services, engine: AskService) -> None:
    full = AskService(searcher=engine.searcher, recorder=Full(services.conversations))
    answer = full.ask(Ask(ACCIDENTS), principal=READER)
    assert (answer.status, answer.short_answer) == (Status.ANSWERED, "19 vụ")
    assert answer.warnings[-1].code == "not-recorded"
