"""A PDF loads nothing from outside (H04)."""

import socket

import pytest
from pypdf import PdfReader

from portal.pdf.document import STATIC
from portal.pdf.fetcher import ClosedFetcher
from portal.pdf.layout import Press

OUTSIDE = [
    "http://127.0.0.1:9/x.png",
    "https://example.com/x.png",
    "HTTPS://example.com/x.png",
    "ftp://example.com/x",
    "file:///etc/passwd",
    "FILE:///etc/passwd",
    "//example.com/x.png",
    "/etc/passwd",
    "x.png",
    "portal-static:../settings.py",
    "portal-static:/etc/passwd",
    "portal-static:%2e%2e/settings.py",
    "portal-static:portal/../../settings.py",
    "portal-static:",
    "portal-static:%00",
    "portal-font:../../etc/passwd",
    "portal-static://etc/passwd",
    "jar:file:///etc/passwd",
]


@pytest.fixture
def fetcher(tmp_path):
    return ClosedFetcher({"portal-static": STATIC, "portal-font": tmp_path})


@pytest.mark.parametrize("url", OUTSIDE)
def test_h04_an_address_outside_is_refused(fetcher, url):
    with pytest.raises(ValueError, match="outside"):
        fetcher.fetch(url)
    assert fetcher.refused == [url]


def test_a_link_that_leads_out_is_refused(fetcher, tmp_path):
    (tmp_path / "out.ttf").symlink_to("/etc/passwd")
    with pytest.raises(ValueError, match="outside"):
        fetcher.fetch("portal-font:out.ttf")


def test_our_own_files_and_data_are_read(fetcher):
    assert b"<svg" in fetcher.fetch("portal-static:portal/logo.svg").read()
    assert fetcher.fetch("data:text/plain,hello").read() == b"hello"


@pytest.fixture
def press(tmp_path):
    return Press(STATIC, tmp_path)


@pytest.mark.parametrize(
    "markup",
    [
        "<img src='{}'>",
        "<link rel=stylesheet href='{}'>",
        "<link rel=attachment href='{}'>",
        "<a rel=attachment href='{}'>x</a>",
        "<style>@import url('{}');</style>",
        "<style>@font-face {{ font-family: x; src: url('{}') }} p {{ font-family: x }}</style><p>x</p>",
        "<p style=\"background: url('{}')\">x</p>",
        "<object data='{}'></object>",
        "<embed src='{}'>",
        "<svg width=9 height=9><image xlink:href='{}' href='{}' width=9 height=9 /></svg>",
        "<svg width=9 height=9><use href='{}#a' /></svg>",
        "<base href='{}'><img src='x.png'>",
    ],
)
@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://127.0.0.1:9/x"])
def test_h04_markup_of_every_kind_fetches_nothing(press, monkeypatch, tmp_path, markup, url):
    def nobody_calls(*args, **kwargs):
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket, "create_connection", nobody_calls)
    monkeypatch.setattr(socket.socket, "connect", nobody_calls)

    pdf, _refused = press.pdf(f"<body>{markup.format(url, url)}</body>")

    target = tmp_path / "made.pdf"
    target.write_bytes(pdf)
    assert b"root:" not in pdf
    assert PdfReader(target).attachments == {}
