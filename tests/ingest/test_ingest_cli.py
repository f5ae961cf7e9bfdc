from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from ingest.catalogue.store import Catalogue
from ingest.cli import make_ingest_app
from ingest.errors import CatalogueUnavailable, FingerprintMismatch, IndexLocked, IndexUnavailable, ModelUnavailable
from ingest.exit_codes import ExitCode
from ingest.pipeline import Ingestor
from ingest.preparing import Limits
from tests.ingest.ingest_fakes import World, broken, opened_world, world

__all__ = ["world"]

OLD = "số 05/BC-UBND\nXảy ra 18 vụ"
NEW = "số 05/BC-UBND\nXảy ra 19 vụ"


@contextmanager
def lent(thing: Any) -> Iterator[Any]:
    yield thing


class Shell:
    """Runs commands on a world, in a folder of files."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self.folder = folder
        self.app = make_ingest_app(lambda: lent(world.ingestor))

    def file(self, name: str, text: str | bytes) -> str:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return str(path)

    def __call__(self, *words: str, code: ExitCode = ExitCode.OK, stdin: bytes = b"") -> str:
        result = CliRunner().invoke(self.app, list(words), input=stdin)
        assert result.exit_code == code, result.output + repr(result.exception)
        self.complaint = result.stderr
        return result.stdout

    def json(self, *words: str, code: ExitCode = ExitCode.OK) -> Any:
        return json.loads(self(*words, "--json", code=code))

    def report_ids(self) -> list[str]:
        return [info.report_id for info in self.world.catalogue.visible()]


@pytest.fixture
def shell(world: World, tmp_path: Path) -> Shell:
    return Shell(world, tmp_path / "files")


def test_add_says_what_became_of_each_file(shell: Shell) -> None:
    first, second = shell.file("một.txt", OLD), shell.file("hai.txt", NEW)
    assert shell("add", first).split("\t")[:2] == ["một.txt", "đã đọc"]
    assert [row["outcome"] for row in shell.json("add", first, second)] == ["unchanged", "replaced"]
    assert shell.complaint == "2 tệp: 1 không đổi; 1 đã thay phiên bản.\n"
    assert shell.world.texts() == [NEW]


def test_add_json_has_the_balance_sheet(shell: Shell) -> None:
    (row,) = shell.json("add", shell.file("a.txt", OLD))
    assert row["report_id"] == shell.report_ids()[0]
    assert (row["status"], row["error"], row["issues"]) == ("complete", None, [])
    balance = row["balance"]
    assert [balance[name] for name in ("sections", "tables", "figures", "passages", "indexed")] == [1, 0, 1, 2, 2]
    assert balance["numbers"] == 2 == balance["in_figures"] + sum(balance["left_out"].values())
    assert row["quality"] in ("full", "mostly", "check")


def test_folders_patterns_and_stdin(shell: Shell) -> None:
    shell.file("kho/a.txt", "A")
    shell.file("kho/sâu/b.md", "B")
    shell.file("kho/.ẩn/c.txt", "C")
    shell.file("kho/~$b.docx", "D")
    shell.file("kho/ảnh.gif", "E")
    shell.file("khác/f.txt", "F")
    kho, mẫu = str(shell.folder / "kho"), str(shell.folder / "kh*" / "*.txt")
    names = [line.split("\t")[0] for line in shell("add", kho, mẫu).splitlines()]
    assert names == ["a.txt", "b.md", "f.txt"]
    assert shell("add", "-", "--name", "g.txt", stdin=b"G").startswith("g.txt\t")
    assert sorted(shell.world.texts()) == ["A", "B", "F", "G"]


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ([b"\xff"], ExitCode.FAILURE),
        (["MẬT"], ExitCode.REFUSED),
        (["MẬT", b"\xff"], ExitCode.FAILURE),
        (["A", b"\xff"], ExitCode.PARTIAL),
        (["A", "MẬT"], ExitCode.PARTIAL),
        (["A?"], ExitCode.PARTIAL),
        (["A", "A"], ExitCode.OK),
    ],
)
def test_exit_codes_of_add(shell: Shell, texts: list[str | bytes], code: ExitCode) -> None:
    shell("add", *(shell.file(f"{number}.txt", text) for number, text in enumerate(texts)), code=code)


def test_a_failed_file_says_why_and_the_others_go_on(shell: Shell) -> None:
    bad, good, missing = shell.file("hỏng.txt", b"\xff"), shell.file("tốt.txt", "A"), str(shell.folder / "mất.txt")
    rows = shell.json("add", bad, missing, good, code=ExitCode.PARTIAL)
    errors = [row["error"]["code"] if row["error"] else None for row in rows]
    assert errors == ["damaged-file", "file-not-found", None]
    assert "Tệp hỏng.txt bị hỏng." in shell("add", bad, code=ExitCode.FAILURE)
    assert shell.world.texts() == ["A"]


def test_a_defect_stops_one_file_only(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    prepare = shell.world.ingestor.prepare

    def sometimes(data: bytes, **options: Any) -> Any:
        return broken(ZeroDivisionError())() if data == b"A" else prepare(data, **options)

    monkeypatch.setattr(shell.world.ingestor, "prepare", sometimes)
    rows = shell.json("add", shell.file("a.txt", "A"), shell.file("b.txt", "B"), code=ExitCode.PARTIAL)
    assert [row["outcome"] for row in rows] == ["failed", "read"]
    assert rows[0]["error"]["code"] == "internal-error"
    assert "ZeroDivisionError" in caplog.text


def test_too_large_files_are_not_even_read(tmp_path: Path) -> None:
    with opened_world(tmp_path / "data", limits=Limits(max_bytes=3)) as world:
        shell = Shell(world, tmp_path / "files")
        (row,) = shell.json("add", shell.file("a.txt", "ABCD"), code=ExitCode.FAILURE)
        assert row["error"]["code"] == "file-too-large"
        assert "vượt giới hạn" in shell("add", "-", stdin=b"ABCD", code=ExitCode.FAILURE)
        shell("add", "-", stdin=b"ABC")


def test_a_dependency_that_fails_stops_the_batch(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [shell.file(f"{n}.txt", f"Bản {n}") for n in range(3)]
    upsert = shell.world.index.upsert
    calls = iter((upsert, broken(IndexUnavailable("Chỉ mục không trả lời."))))
    monkeypatch.setattr(shell.world.index, "upsert", lambda points: next(calls)(points))
    rows = shell.json("add", *files, code=ExitCode.UNAVAILABLE)
    assert [row["outcome"] for row in rows] == ["read"]
    assert "Chỉ mục không trả lời." in shell.complaint
    assert "còn 2 tệp chưa nạp" in shell.complaint
    shell.world.assert_in_step()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (IndexLocked("Dịch vụ đang chạy."), ExitCode.TRY_AGAIN),
        (IndexUnavailable("Không mở được."), ExitCode.UNAVAILABLE),
        (FingerprintMismatch("Khác mô hình."), ExitCode.UNAVAILABLE),
        (ModelUnavailable("Mất mô hình."), ExitCode.UNAVAILABLE),
        (CatalogueUnavailable("Khóa."), ExitCode.UNAVAILABLE),
        (KeyboardInterrupt(), ExitCode.INTERRUPTED),
    ],
)
@pytest.mark.parametrize(
    "words", [["add", "x"], ["list"], ["tree", "abcd"], ["remove", "abcd"], ["rebuild"], ["check"]]
)
def test_what_cannot_be_opened_is_told(error: BaseException, code: ExitCode, words: list[str]) -> None:
    result = CliRunner().invoke(make_ingest_app(broken(error)), words)
    assert result.exit_code == code
    assert result.stdout == ""
    assert getattr(error, "message", "Đã dừng theo yêu cầu.") in result.stderr


def test_list_and_its_filters(shell: Shell) -> None:
    assert shell("list") == ""
    shell("add", shell.file("a.txt", OLD))
    line = shell("list", "--area", "dong ha", "--year", "2024").rstrip("\n").split("\t")
    assert line[:2] == [shell.report_ids()[0], "a.txt"]
    assert "quý I/2024" in line
    (row,) = shell.json("list", "--issuer", "uy ban nhan dan")
    assert (row["number"], row["issued_on"], row["counts"]["passages"]) == ("05/BC-UBND", "2024-03-20", 2)
    assert shell.json("list", "--year", "1999") == []


def test_tree_by_the_beginning_of_an_id(shell: Shell) -> None:
    shell("add", shell.file("a.txt", OLD))
    report_id = shell.report_ids()[0]
    assert shell("tree", report_id[:8]) == "root [p2]\n"
    assert shell.json("tree", report_id)["sections"][0]["kind"] == "root"
    shell("tree", report_id[:3], code=ExitCode.USAGE)
    shell("tree", "không có", code=ExitCode.NOT_FOUND)


def test_remove_asks_or_wants_yes(shell: Shell) -> None:
    shell("add", shell.file("a.txt", OLD))
    report_id = shell.report_ids()[0]
    shell("remove", report_id, code=ExitCode.USAGE)
    assert "--yes" in shell.complaint
    assert report_id in shell("remove", "--dry-run", report_id)
    assert shell.world.texts() == [OLD]
    assert "Đã xóa" in shell("remove", "--yes", report_id, report_id[:8])
    assert shell.world.texts() == []
    shell("remove", "--yes", report_id, code=ExitCode.NOT_FOUND)


def test_remove_with_leftovers_is_partial(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell("add", shell.file("a.txt", OLD))
    monkeypatch.setattr(shell.world.index, "delete_version", broken(IndexUnavailable("Không trả lời.")))
    assert "check --repair" in shell("remove", "--yes", shell.report_ids()[0], code=ExitCode.PARTIAL)


def test_rebuild_and_reread(shell: Shell) -> None:
    shell("add", shell.file("a.txt", OLD))
    shell.world.index.points = {}
    assert "1 báo cáo, 2 đoạn" in shell("rebuild")
    assert shell.json("rebuild") == {"reports": 1, "passages": 2, "fingerprint": "toy-1"}
    assert [row["outcome"] for row in shell.json("rebuild", "--reread")] == ["replaced"]
    shell.world.assert_in_step()


def test_check_and_repair(shell: Shell) -> None:
    shell("add", shell.file("a.txt", OLD))
    assert "Không còn sai lệch nào." in shell("check")
    shell.world.index.points = {}
    assert "CẦN SỬA\tmissing-points" in shell("check", code=ExitCode.FAILURE)
    assert shell.json("check", code=ExitCode.FAILURE)["sound"] is False
    assert "đã sửa\tmissing-points" in shell("check", "--repair")
    assert shell.json("check") == {"sound": True, "reports": 1, "passages": 2, "originals": 1, "problems": []}


@pytest.mark.parametrize(
    "words", [["add"], ["add", "a", "b", "--replace", "abcd"], ["nothing"], ["list", "--year", "x"]]
)
def test_misuse_is_exit_2(shell: Shell, words: list[str]) -> None:
    shell(*words, code=ExitCode.USAGE)


def test_an_empty_folder_is_misuse(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "rỗng").mkdir()
    shell("add", str(tmp_path / "rỗng"), code=ExitCode.USAGE)


def test_list_tree_and_rebuild_can_do_without_the_index(world: World) -> None:
    world.ingestor.add(OLD.encode(), name="a.txt")
    locked: Callable[[], AbstractContextManager[Ingestor]] = broken(IndexLocked("Dịch vụ đang chạy."))

    def catalogue() -> AbstractContextManager[Catalogue]:
        return lent(world.catalogue)

    app = make_ingest_app(locked, open_catalogue=catalogue, open_rebuilder=lambda: lent(world.ingestor))
    report_id = world.catalogue.visible()[0].report_id
    for words in (["list"], ["tree", report_id], ["rebuild"], ["remove", "--dry-run", report_id]):
        assert CliRunner().invoke(app, words).exit_code == ExitCode.OK
    assert CliRunner().invoke(app, ["check"]).exit_code == ExitCode.TRY_AGAIN


def test_help_is_vietnamese(shell: Shell) -> None:
    text = shell("--help")
    for word in ("Nạp báo cáo", "Liệt kê", "In cây mục", "Xóa báo cáo", "Dựng lại", "So danh mục"):
        assert word in text


def test_results_are_a_table_on_a_terminal(shell: Shell, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    shell("add", shell.file("[đỏ].txt", OLD))
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit) as left:
        typer.main.get_command(shell.app).main(["list"])
    assert left.value.code == 0
    text = capsys.readouterr().out
    assert "[đỏ].txt" in text
    assert "Cơ quan" in text
