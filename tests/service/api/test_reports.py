from __future__ import annotations

import errno
import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.api.uploads import attachment, safe_name
from service.ports import Services
from tests.ingest.ingest_fakes import broken


def send(client: TestClient, data: bytes, *, name: str = "báo cáo.txt", **fields: str) -> Any:
    return client.post("/v1/reports", files={"file": (name, data)}, data=fields)


def added(client: TestClient, services: Services, data: bytes = b"Noi dung", **fields: str) -> Any:
    response = send(client, data, **fields)
    assert response.status_code == 202, response.text
    assert services.worker.run_next()
    return client.get(response.headers["location"]).json()


def test_an_upload_becomes_a_job_and_then_a_report(client: TestClient, services: Services) -> None:
    response = send(client, b"Noi dung")
    assert response.status_code == 202
    waiting = client.get(response.headers["location"]).json()
    assert (waiting["status"], waiting["result"], waiting["name"]) == ("queued", None, "báo cáo.txt")
    assert services.worker.run_next()
    job = client.get(response.headers["location"]).json()
    assert (job["status"], job["result"]["status"], job["result"]["balance"]["figures"]) == ("done", "complete", 3)
    report = client.get(f"/v1/reports/{job['result']['report_id']}").json()
    assert (report["title"], report["period"], report["issued_on"]) == ("Báo cáo thử", "quý I/2030", "2030-04-01")
    assert client.get("/v1/reports").json() == {"reports": [report], "next": None}
    assert services.audit.last(1) == (("local", "report.upload", job["id"]),)


def test_a_report_is_read_in_every_form(client: TestClient, services: Services) -> None:
    path = f"/v1/reports/{added(client, services)['result']['report_id']}"
    text = client.get(f"{path}/text").json()["text"]
    figures = client.get(f"{path}/figures").json()["figures"]
    assert {text[one["start"] : one["end"]] for one in figures} == {figures[0]["text"]}
    plain = client.get(f"{path}/text", headers={"Accept": "text/plain"})
    assert (plain.text, plain.headers["content-type"]) == (text, "text/plain; charset=utf-8")
    again = client.get(f"{path}/text", headers={"Accept": "text/plain", "If-None-Match": plain.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    tree = client.get(f"{path}/tree").json()["sections"]
    assert [(one["title"], [child["title"] for child in one["children"]]) for one in tree] == [("KẾT QUẢ", ["Nhỏ"])]
    assert text[tree[0]["start"] :].startswith("I. KẾT QUẢ")


def test_figures_come_in_pages(client: TestClient, services: Services) -> None:
    path = f"/v1/reports/{added(client, services)['result']['report_id']}/figures"
    first = client.get(path, params={"limit": 2}).json()
    rest = client.get(path, params={"limit": 2, "after": first["next"]}).json()
    assert (len(first["figures"]), len(rest["figures"]), rest["next"]) == (2, 1, None)


def test_the_original_is_a_download_with_a_safe_name(client: TestClient, services: Services) -> None:
    job = added(client, services, b"Noi dung", name='../..\\Tệp "xấu"\r\nX-Evil: 1\u202efdp.txt')
    response = client.get(f"/v1/reports/{job['result']['report_id']}/original")
    assert response.content == b"Noi dung"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-type"] == "application/octet-stream"
    disposition = response.headers["content-disposition"]
    assert disposition.startswith('attachment; filename="Te')
    assert "x-evil" not in response.headers
    assert disposition.isascii()


def test_reports_come_in_pages_newest_first(client: TestClient, services: Services) -> None:
    ids = [added(client, services, b"Noi dung %d" % n)["result"]["report_id"] for n in range(5)]
    seen, after = [], None
    while True:
        page = client.get("/v1/reports", params={"limit": 2} | ({"after": after} if after else {})).json()
        seen += [one["id"] for one in page["reports"]]
        after = page["next"]
        if after is None:
            break
    assert seen == ids[::-1]
    assert client.get("/v1/reports", params={"place": "xã Y"}).json()["reports"] == []
    assert len(client.get("/v1/reports", params={"year": 2030}).json()["reports"]) == 5


def test_replacing_keeps_the_old_version_readable(client: TestClient, services: Services) -> None:
    old = added(client, services, b"Cu")["result"]
    new = added(client, services, b"Moi", replace=old["report_id"])["result"]
    path = f"/v1/reports/{old['report_id']}"
    assert client.get(path).json()["version_id"] == new["version_id"] != old["version_id"]
    assert client.get(f"{path}/text", params={"version": old["version_id"]}).json()["version_id"] == old["version_id"]
    assert client.get(f"{path}/original", params={"version": old["version_id"]}).content == b"Cu"
    assert client.get(f"{path}/text", params={"version": "unknown"}).status_code == 404


def test_removing_takes_everything(client: TestClient, services: Services) -> None:
    path = f"/v1/reports/{added(client, services)['result']['report_id']}"
    assert client.delete(path).status_code == 204
    for rest in ("", "/text", "/tree", "/figures", "/original"):
        assert client.get(path + rest).status_code == 404
    assert client.delete(path).status_code == 404
    assert services.originals.list() == frozenset()


def zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, body in parts.items():
            package.writestr(name.replace("__", "/").replace("_dot_", "."), body)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b" \r\n", "empty-file"),
        (b"GIF89a" + b"\x00" * 50, "unsupported-format"),
        (zipped(word__document_dot_xml=b"<w/>" * 100)[:-30], "damaged-file"),
        (zipped(a=b"x"), "unsupported-format"),
    ],
)
def test_what_is_no_report_is_refused_at_once(client: TestClient, services: Services, data: bytes, code: str) -> None:
    response = send(client, data, name="baocao.docx")
    assert (response.status_code, response.json()["code"]) == (422, code)
    nothing_left(services)


@pytest.mark.parametrize(("data", "code"), [(b"BAD", "no-text"), (b"FAILED", "no-text"), (b"CRASH", "internal-error")])
def test_what_cannot_be_read_fails_the_job_and_leaves_nothing(
    client: TestClient, services: Services, data: bytes, code: str
) -> None:
    job = added(client, services, data)
    assert (job["status"], job["error_code"], job["result"]) == ("failed", code, None)
    assert job["error_message"]
    assert "secret detail" not in job["error_message"]
    nothing_left(services)


def nothing_left(services: Services) -> None:
    assert services.catalogue.visible() == ()
    assert services.originals.list() == frozenset()
    assert not services.worker.run_next()


@pytest.mark.parametrize("declared", [True, False])
def test_a_file_over_the_limit_is_refused_without_being_kept(
    make_services: Callable[..., Services], connect: Callable[..., TestClient], declared: bool
) -> None:
    services = make_services(limits={"max_upload_bytes": 1000})
    client = connect(services)

    def body() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        for _ in range(100):
            yield b"x" * 10_000
        yield b"\r\n--b--\r\n"

    content: Any = b"".join(body()) if declared else body()
    response = client.post("/v1/reports", content=content, headers={"Content-Type": "multipart/form-data; boundary=b"})
    assert (response.status_code, response.json()["code"]) == (413, "file-too-large")
    nothing_left(services)
    barely = send(client, b"x" * 1001)
    assert (barely.status_code, barely.json()["code"]) == (413, "file-too-large")
    assert send(client, b"x" * 1000).status_code == 202


def test_a_request_that_is_no_upload_is_refused(client: TestClient, services: Services) -> None:
    def check(status: int, code: str, **request: Any) -> None:
        response = client.post("/v1/reports", **request)
        assert (response.status_code, response.json()["code"]) == (status, code)

    check(415, "content-type-refused", json={"file": "x"})
    check(415, "content-type-refused")
    check(400, "bad-request", content=b"x", headers={"Content-Type": "multipart/form-data"})
    check(422, "not-page-images", files=[("file", ("a", b"x")), ("file", ("b", b"x"))])
    check(422, "request-invalid", files=[("file", ("a", b"x"))], data={"file": "b"})
    check(422, "request-invalid", files={"other": ("a", b"x")})
    check(422, "request-invalid", files={"file": ("a", b"x")}, data={"path": "/etc"})
    check(404, "not-found", files={"file": ("a", b"x")}, data={"replace": "unknown"})
    nothing_left(services)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("báo cáo.docx", "báo cáo.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Temp\\a.docx", "a.docx"),
        ("a\u0000b\r\n.txt", "ab.txt"),
        ("x\u202excod.exe", "xxcod.exe"),
        ("e\u0302\u0301.txt", "ế.txt"),
        ("...", "bao-cao"),
        ("", "bao-cao"),
        ("x" * 300 + ".docx", "x" * 195 + ".docx"),
    ],
)
def test_safe_name(given: str, shown: str) -> None:
    assert safe_name(given) == shown
    assert safe_name(shown) == shown


def test_attachment() -> None:
    assert (
        attachment('Số "1".docx') == "attachment; filename=\"So _1_.docx\"; filename*=UTF-8''S%E1%BB%91%20%221%22.docx"
    )


def test_a_full_disk_is_told_and_keeps_nothing(
    client: TestClient, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.originals.RESERVE_BYTES", 10**18)
    response = send(client, b"Noi dung")
    assert (response.status_code, response.json()["code"]) == (507, "disk-full")
    assert "Đĩa của máy chủ đã đầy" in response.json()["detail"]
    assert services.originals.list() == frozenset()
    monkeypatch.undo()
    no_room = OSError(errno.ENOSPC, "No space left on device")
    monkeypatch.setattr("starlette.datastructures.UploadFile.write", broken(no_room))
    assert send(client, b"Noi dung").json()["code"] == "disk-full"
