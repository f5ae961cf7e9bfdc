"""The command line `hoibaocao`. Translation only: each command opens what it needs and prints what it gets.

Standard output carries the result, standard error the complaints; exit codes are those of ``ingest.exit_codes``.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Annotated, cast

import typer

from ingest.catalogue.store import Catalogue
from ingest.cli import make_ingest_app
from ingest.cli_doors import Rebuilder
from ingest.errors import IndexLocked
from ingest.exit_codes import ExitCode
from ingest.pipeline import Ingestor
from ingest.preparing import Limits
from service import wiring
from service.api.answers import clean_question
from service.api.schemas import AnswerOut, answer_out, as_of
from service.auth.roles import Role, local_principal
from service.cli_exits import exits, printable
from service.domain import Ask, Filters, Mode
from service.errors import ServiceBusy
from service.remote_ingest import RemoteIngestor, RemoteRebuilder, as_ingest_errors
from service.settings import Settings, load_settings, with_model
from service.store.api_keys import ApiKeys

if TYPE_CHECKING:
    from service.running import RunningService

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Hỏi Báo Cáo: hỏi đáp trên báo cáo hành chính, mọi số liệu đều dẫn nguồn.",
)
keys = typer.Typer(no_args_is_help=True, help="Tạo, xem và thu hồi khóa truy cập.")


def main() -> None:
    """Run the command line."""
    app()


@app.command("ask")
def ask(
    question: Annotated[str, typer.Argument(metavar="CÂU_HỎI", help="Câu hỏi bằng tiếng Việt.")],
    as_json: Annotated[bool, typer.Option("--json", help="In nguyên câu trả lời dạng JSON.")] = False,
    mode: Annotated[Mode, typer.Option(help="Cách soạn câu trả lời.")] = Mode.AUTO,
    at: Annotated[str | None, typer.Option("--as-of", help="Theo các phiên bản có hiệu lực vào ngày này.")] = None,
) -> None:
    """Hỏi một câu và in câu trả lời kèm nguồn."""
    with exits():
        settings = load_settings()
        cleaned = clean_question(question, max_chars=settings.limits.question_max_chars)
        answer = _answer(settings, cleaned, mode=mode, at=at)
    print(answer.model_dump_json(indent=2) if as_json else printable(shown(answer)))
    if answer.status != "answered":
        raise typer.Exit(ExitCode.NOT_FOUND)


@app.command("serve")
def serve(
    host: Annotated[str | None, typer.Option(help="Địa chỉ lắng nghe; mặc định theo cấu hình.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Cổng; 0 là cổng trống bất kỳ.")] = None,
) -> None:
    """Chạy dịch vụ: trang hỏi đáp và API."""
    from service import cli_serve  # the web stack is not for the other commands

    with exits():
        settings = load_settings()
        cli_serve.serve(settings, host=host or settings.host, port=settings.port if port is None else port)


@app.command("doctor")
def doctor() -> None:
    """Kiểm tra máy này đã sẵn sàng chưa và chỉ ra việc cần làm."""
    from service import cli_doctor

    with exits():
        settings = load_settings()
        findings = list(cli_doctor.examine(settings))
    for finding in findings:
        print(f"[{'ĐƯỢC' if finding.sound else 'LỖI'}] {finding.part}: {finding.message}")
    if not all(finding.sound for finding in findings):
        raise typer.Exit(ExitCode.FAILURE)


@keys.command("create")
def create_key(
    label: Annotated[str, typer.Option(help="Khóa này cấp cho ai, cho phần mềm nào.")],
    role: Annotated[Role, typer.Option(help="Quyền: đọc, sửa báo cáo, quản trị.")] = Role.READER,
) -> None:
    """Tạo khóa mới. Khóa chỉ hiện một lần."""
    with exits(), _stored_keys() as stored:
        key = stored.create(label=label, role=role)
    print(f"Mã khóa: {key.id}\nKhóa truy cập (chỉ hiện một lần, hãy cất giữ): {key.token}")


@keys.command("list")
def list_keys() -> None:
    """Liệt kê các khóa, không hiện nội dung khóa."""
    with exits(), _stored_keys() as stored:
        for key in stored.list():
            state = "đã thu hồi" if key.revoked_at else "còn dùng"
            print(printable(f"{key.id}\t{key.role}\t{state}\t{key.created_at:%d/%m/%Y}\t{key.label}"))


@keys.command("revoke")
def revoke_key(key_id: Annotated[str, typer.Argument(metavar="MÃ_KHÓA", help="Mã khóa (xem keys list).")]) -> None:
    """Thu hồi một khóa; có hiệu lực ngay."""
    with exits(), _stored_keys() as stored:
        stored.revoke(key_id)
    print(f"Đã thu hồi khóa {key_id}.")


@app.command(
    "eval",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
)
def evaluate(context: typer.Context) -> None:
    """Chạy bộ câu hỏi đánh giá."""
    # The evaluation stands above the service and may import it, so it is looked up by name, and only here.
    module = importlib.import_module("eval.cli")
    module.make_eval_app()(args=context.args, prog_name="hoibaocao eval")


def shown(answer: AnswerOut) -> str:
    """Return an answer as plain text: the sentences, then each citation with its quote."""
    lines = [answer.answer]
    lines += [f"Lưu ý: {warning.message}" for warning in answer.warnings]
    for one in answer.citations:
        place = " › ".join(one.section_path)
        note = f", chú thích {one.footnote}" if one.footnote else ""
        page = f", trang {one.page}" if one.page else ""
        lines += ["", f"[{one.index}] {one.report_title}: {place}{note}{page}", f"    “{' '.join(one.quote.split())}”"]
    if answer.suggestions:
        lines += ["", "Có thể hỏi tiếp:", *(f"  - {one}" for one in answer.suggestions)]
    return "\n".join(lines)


def _answer(settings: Settings, question: str, *, mode: Mode, at: str | None) -> AnswerOut:
    try:
        filters = Filters(as_of=as_of(at) if at else None)
    except ValueError as error:
        raise typer.BadParameter("--as-of cần ngày dạng 2024-03-31 (hoặc kèm giờ: 2024-03-31T08:00).") from error
    try:
        with wiring.build(settings) as services:
            asked = Ask(question=question, mode=mode, filters=filters)
            return answer_out(services.asker.ask(asked, principal=local_principal()))
    except IndexLocked:
        from service import running

        service = running.find(settings)
        try:
            return service.ask(question, mode=mode.value, as_of=at)
        finally:
            service.close()


@contextmanager
def _open_ingestor() -> Iterator[Ingestor]:
    """Give the ingestor or, while a running service holds the index, that service in its place."""
    with ExitStack() as stack, as_ingest_errors():
        settings = load_settings()
        try:
            found = stack.enter_context(wiring.build_ingestor(settings))
        except IndexLocked:
            found = cast(Ingestor, _remote(settings, stack))
        yield found


def _remote(settings: Settings, stack: ExitStack) -> RemoteIngestor:
    service = _running(settings, stack)
    catalogue = stack.enter_context(wiring.build_catalogue(settings))
    return RemoteIngestor(service, catalogue, Limits(max_bytes=settings.limits.max_upload_bytes))


@contextmanager
def _open_catalogue() -> Iterator[Catalogue]:
    with as_ingest_errors(), wiring.build_catalogue(load_settings()) as catalogue:
        yield catalogue


@contextmanager
def _open_rebuilder(model: str | None = None) -> Iterator[Rebuilder]:
    """Give what makes the index anew: the running service where there is one, so that it goes on answering."""
    with ExitStack() as stack, as_ingest_errors():
        settings = with_model(load_settings(), model)
        try:
            service = _running(settings, stack)
        except ServiceBusy:
            yield stack.enter_context(wiring.build_rebuilder(settings))
        else:
            yield RemoteRebuilder(service, settings.embedding)


def _running(settings: Settings, stack: ExitStack) -> RunningService:
    from service import running

    service = running.find(settings)
    stack.callback(service.close)
    return service


@contextmanager
def _stored_keys() -> Iterator[ApiKeys]:
    with wiring.build_catalogue(load_settings()) as catalogue:
        yield ApiKeys(catalogue.engine)


app.add_typer(keys, name="keys")
app.add_typer(
    make_ingest_app(_open_ingestor, open_catalogue=_open_catalogue, open_rebuilder=_open_rebuilder), name="ingest"
)

if __name__ == "__main__":
    main()
