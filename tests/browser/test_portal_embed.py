"""The widget in a portal's page: another origin, messages checked on both sides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cổng</title>
<style>* {{ all: revert }} iframe {{ max-width: 100% }}</style></head>
<body><h1>Cổng thông tin</h1><div id="cho"></div><script src="{service}/embed.js" {data}></script>{more}</body>
</html>"""


def portal(service: str, *, data: str, more: str = "") -> FastAPI:
    app = FastAPI()

    @app.get("/", response_class=HTMLResponse)
    def page() -> str:
        return PAGE.format(service=service, data=data, more=more)

    return app


def test_inline_frame_grows_and_obeys_only_the_service(
    open_page: Callable[..., Any], serve: Any, stub_server: Any, until: Callable[..., None]
) -> None:
    app = portal(stub_server.url, data='data-mode="inline" data-target="#cho" data-max-height="700"')
    page = open_page(serve(app).url)
    frame = page.frame_locator("iframe")
    frame.locator("#question").fill("Bao nhiêu rừng?")
    frame.locator("#question").press("Enter")
    frame.locator(".short-answer").wait_for()
    until(page, "document.querySelector('iframe').offsetHeight > 500")
    page.evaluate("window.postMessage({type: 'hoibaocao:height', height: 400}, '*')")
    page.wait_for_timeout(100)
    assert page.evaluate("document.querySelector('iframe').offsetHeight") > 500
    assert frame.locator("#open-reports").count() == 0


def test_launcher_opens_closes_and_gives_the_focus_back(
    open_page: Callable[..., Any], serve: Any, stub_server: Any, until: Callable[..., None]
) -> None:
    page = open_page(serve(portal(stub_server.url, data='data-label="Hỏi số liệu"')).url)
    opener = page.get_by_role("button", name="Hỏi số liệu")
    assert page.locator("iframe").count() == 0
    opener.click()
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="Đóng").click()
    until(page, "document.querySelector('iframe').offsetHeight === 0")
    assert opener.get_attribute("aria-expanded") == "false"
    assert opener.evaluate("node => node === document.activeElement")


def test_a_portal_hands_over_short_lived_tokens(open_page: Callable[..., Any], serve: Any, stub_server: Any) -> None:
    more = '<script src="/mount.js"></script>'
    app = portal(stub_server.url, data='data-mode="manual"', more=more)

    @app.get("/mount.js")
    def mount() -> HTMLResponse:
        code = "HoiBaoCao.mount({mode: 'inline', target: '#cho', getToken: async () => 'the-cua-cong'});"
        return HTMLResponse(code, media_type="text/javascript")

    page = open_page(serve(app).url)
    with page.expect_request(lambda request: request.url.endswith("/v1/reports")) as caught:
        page.frame_locator("iframe").locator("#question").wait_for()
    assert caught.value.headers["authorization"] == "Bearer the-cua-cong"
    assert "the-cua-cong" not in page.content()
