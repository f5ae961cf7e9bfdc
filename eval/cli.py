"""``hoibaocao eval``: translation only.

Tables and JSON go to standard output, progress and complaints to standard error; exit codes are those of
``ingest.exit_codes``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from eval import formats_show, reporting
from eval.asked_again import ask_again
from eval.asking import Backend, in_process
from eval.cli_bench import make_bench_app
from eval.cli_exits import set_exits
from eval.formats import InFormat, groups_of, measure
from eval.formats_make import Format, missing_programs
from eval.fresh import fresh_services, report_files, sample_questions, sample_reports
from eval.guarding import campaign, corpus_of, drafts_of
from eval.over_http import OverHttp
from eval.pinning import pin, section_number, write_set
from eval.questions import Kind, Question, SetInvalid, load
from eval.robustness import show_guarded, show_retyped
from eval.runner import SEED, run
from eval.runner import Progress as Told
from ingest.domain import Span
from ingest.exit_codes import ExitCode
from service.cli_exits import complain
from service.domain import Mode
from service.ports import Services
from service.settings import load_settings
from service.wiring import build

SetFiles = Annotated[list[Path] | None, typer.Argument(metavar="TỆP...", help="Bộ câu hỏi dạng JSONL.")]
WithSamples = Annotated[
    bool, typer.Option("--samples", help="Nạp các báo cáo mẫu vào kho tạm; không nêu tệp thì hỏi bộ câu hỏi mẫu.")
]
WithReports = Annotated[
    list[Path] | None,
    typer.Option(metavar="ĐƯỜNG_DẪN", help="Nạp các tệp hoặc thư mục báo cáo này vào kho tạm rồi hỏi."),
]


def make_eval_app() -> typer.Typer:
    """Return the ``eval`` group."""
    app = typer.Typer(no_args_is_help=True, help="Đo chất lượng trả lời bằng bộ câu hỏi có đáp án.")
    app.command("run")(run_set)
    app.command("pin")(pin_set)
    app.command("retype")(retype_set)
    app.command("guard")(guard_set)
    app.command("formats")(compare_formats)
    app.add_typer(make_bench_app(), name="bench")
    return app


def run_set(
    files: SetFiles = None,
    samples: WithSamples = False,
    reports: WithReports = None,
    url: Annotated[str | None, typer.Option(help="Hỏi dịch vụ đang chạy ở địa chỉ này.")] = None,
    key: Annotated[str | None, typer.Option(help="Khóa truy cập cho --url.")] = None,
    mode: Annotated[Mode, typer.Option(help="Cách soạn câu trả lời.")] = Mode.EXTRACTIVE,
    only: Annotated[list[Kind] | None, typer.Option(help="Chỉ hỏi các câu thuộc loại này.")] = None,
    everywhere: Annotated[
        bool, typer.Option("--everywhere", help="Hỏi mọi báo cáo đã nạp, kể cả câu hỏi nêu tên một báo cáo.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
    out: Annotated[Path | None, typer.Option(help="Ghi từng câu hỏi và câu trả lời vào tệp JSONL này.")] = None,
    show_errors: Annotated[bool, typer.Option("--show-errors", help="In các câu chưa đúng.")] = False,
    fail_under: Annotated[
        float | None, typer.Option(min=0, max=100, help="Mã thoát 6 khi tỷ lệ đúng (cột right, %) thấp hơn mức này.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Mầm ngẫu nhiên của khoảng tin cậy.")] = SEED,
) -> None:
    """Hỏi cả bộ câu hỏi, chấm điểm và in bảng theo loại câu hỏi."""
    sets = _sets(files, samples=samples)
    if url and (samples or reports):
        raise typer.BadParameter("Không dùng --url cùng --samples hoặc --reports.")
    with set_exits():
        questions = _chosen(load(sets), only or [])
        questions = tuple(replace(one, report="") for one in questions) if everywhere else questions
        loaded = _loaded(samples=samples, reports=reports)
        with (
            _backend(loaded=loaded, url=url, key=key, mode=mode) as backend,
            _progress("Đang hỏi") as progress,
        ):
            done = run(questions, backend, seed=seed, progress=progress)
        if out is not None:
            reporting.write_lines(done, out)
    console = Console()
    if as_json:
        print(json.dumps(reporting.as_dict(done, sets), ensure_ascii=False, indent=2))
    else:
        reporting.show(done, console)
    if show_errors:
        reporting.show_errors(done, Console(stderr=True) if as_json else console)
    right = done.total.means["right"] or 0.0
    if fail_under is not None and 100 * right < fail_under:
        raise typer.Exit(ExitCode.QUALITY_GATE)


def retype_set(
    files: SetFiles = None,
    samples: WithSamples = False,
    reports: WithReports = None,
    show: Annotated[bool, typer.Option("--show", help="In các câu gõ lại mà trích dẫn đầu tiên đổi khác.")] = False,
    seed: Annotated[int, typer.Option(help="Mầm ngẫu nhiên của lỗi gõ.")] = SEED,
) -> None:
    """Hỏi lại mỗi câu có đáp án theo 5 cách gõ: không dấu, NFD, chữ hoa, đổi trật tự từ, một lỗi gõ."""
    with set_exits():
        sets = _sets(files, samples=samples)
        questions = load(sets)
        loaded = _loaded(samples=samples, reports=reports)
        with (
            _backend(loaded=loaded, url=None, key=None, mode=Mode.EXTRACTIVE) as backend,
            _progress("Đang hỏi lại") as progress,
        ):
            done = ask_again(questions, backend, seed=seed, progress=progress)
    show_retyped(done, Console(), changed=show)


def guard_set(
    files: SetFiles = None,
    samples: WithSamples = False,
    reports: WithReports = None,
    show: Annotated[bool, typer.Option("--show", help="In các câu sai mà không bị chặn và câu đúng bị chặn.")] = False,
    seed: Annotated[int, typer.Option(help="Mầm ngẫu nhiên của các lỗi được cài.")] = SEED,
) -> None:
    """Thử bộ phận kiểm chứng: câu trả lời dự thảo đúng phải qua, bị sửa sai phải bị chặn."""
    with set_exits():
        questions = load(_sets(files, samples=samples))
        loaded = _loaded(samples=samples, reports=reports)
        with (
            _services(loaded) as services,
            _progress("Đang thử") as progress,
        ):
            drafts = drafts_of(questions, services, progress=progress)
            done = campaign(drafts, corpus_of(services), seed=seed)
    show_guarded(done, Console(), missed=show)


def compare_formats(
    files: SetFiles = None,
    samples: WithSamples = False,
    reports: WithReports = None,
    only: Annotated[list[Format] | None, typer.Option("--format", help="Chỉ các định dạng này.")] = None,
    show: Annotated[bool, typer.Option("--show", help="In từng chỗ khác và từng câu hỏi đổi kết quả.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
    keep: Annotated[Path | None, typer.Option(help="Giữ các tệp được tạo trong thư mục này.")] = None,
    seed: Annotated[int, typer.Option(help="Mầm ngẫu nhiên của bản quét cũ.")] = SEED,
) -> None:
    """Tạo cùng một báo cáo ở mọi định dạng, đọc lại và so với bản gốc: mục, chú thích, bảng, số liệu, điểm hỏi đáp."""
    if lacking := missing_programs():
        complain(f"Chưa cài {', '.join(lacking)}: cần LibreOffice và poppler để tạo các định dạng.")
        raise typer.Exit(ExitCode.FAILURE)
    samples = samples or not reports
    chosen = [one.value for one in only or Format]
    results: list[InFormat] = []
    with set_exits(), TemporaryDirectory(prefix="hoibaocao-formats-") as folder, _progress("Đang so") as progress:
        questions = load(_sets(files, samples=samples)) if files or samples else ()
        for group in groups_of(questions, samples=samples, reports=report_files(reports or [])):
            for one in measure(group, keep or Path(folder), formats=chosen, seed=seed):
                results.append(one)
                progress(len(results), len(chosen))
    if as_json:
        print(json.dumps(formats_show.as_dict(results, seed), ensure_ascii=False, indent=2))
    else:
        formats_show.show(results, Console(), each=show)
        print(f"seed: {seed}")


def pin_set(
    source: Annotated[Path, typer.Argument(metavar="TỆP", help="Bộ câu hỏi dẫn chứng bằng trích nguyên văn.")],
    target: Annotated[Path, typer.Argument(metavar="TỆP_MỚI", help="Nơi ghi bộ câu hỏi dẫn chứng bằng vị trí.")],
    reports: Annotated[list[Path], typer.Option(metavar="ĐƯỜNG_DẪN", help="Tệp hoặc thư mục báo cáo được hỏi.")],
) -> None:
    """Thay trích nguyên văn trong dẫn chứng bằng vị trí và mã băm, để bộ câu hỏi không chép chữ của báo cáo."""
    with set_exits():
        questions = load([source])
        with fresh_services(report_files(reports)) as services:
            pinned, lost = pin(questions, in_process(services).reports(), partial(_section, services))
        write_set(pinned, target)
    for qid in lost:
        complain(f"{qid}: không thấy câu trích trong báo cáo, bỏ câu hỏi này")
    print(f"{len(pinned)}/{len(questions)}")


def _section(services: Services, report_id: str, span: Span) -> str:
    """Return the number of the section of the passage a span stands in, "" when it has none."""
    version = next(one for one in services.catalogue.visible() if one.report_id == report_id)
    passages = services.catalogue.load(version.version_id).passages
    return next((section_number(p.section_path) for p in passages if any(s.covers(span) for s in p.spans)), "")


def _sets(files: list[Path] | None, *, samples: bool) -> list[Path]:
    sets = list(files or []) or ([sample_questions()] if samples else [])
    if not sets:
        raise typer.BadParameter("Cần ít nhất một tệp câu hỏi, hoặc --samples.")
    return sets


def _loaded(*, samples: bool, reports: list[Path] | None) -> tuple[Path, ...]:
    return (*(sample_reports() if samples else ()), *report_files(reports or []))


def _chosen(questions: tuple[Question, ...], only: list[Kind]) -> tuple[Question, ...]:
    chosen = tuple(one for one in questions if not only or one.kind in only)
    if not chosen:
        raise SetInvalid("Không có câu hỏi nào thuộc loại đã chọn.")
    return chosen


@contextmanager
def _backend(*, loaded: Sequence[Path], url: str | None, key: str | None, mode: Mode) -> Iterator[Backend]:
    if url is not None:
        with OverHttp(url, mode=mode, key=key) as connected:
            yield connected
    else:
        with _services(loaded) as services:
            yield in_process(services, mode=mode)


def _services(loaded: Sequence[Path]) -> AbstractContextManager[Services]:
    """Return services over a store of their own with the given reports; without any, the user's own."""
    return fresh_services(loaded) if loaded else build(load_settings())


@contextmanager
def _progress(what: str) -> Iterator[Told]:
    screen = Console(stderr=True)
    with Progress(console=screen, disable=not screen.is_terminal, transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
