"""Markdown of people as safe HTML: no markup of theirs, no script, links that lead somewhere, pictures of our own only.

Made safe at render, each time: what is stored may be older than the rules (D01, D03, D04).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

#: The page's own heading is the first; those of the text begin below it.
_HEADINGS = {"h1": "h2", "h2": "h3", "h3": "h4", "h4": "h5", "h5": "h6"}
_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "strong", "em", "s", "code", "pre", "blockquote"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "a", "img"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}
_LINK = re.compile(r"(?:https?://|mailto:|tel:|/(?![/\\]))[^\s<>]*", re.IGNORECASE)
_FILE = re.compile(r"/files/[-\w]+/")


def render(text: str, files: Mapping[str, str] | None = None) -> SafeString:
    """The text as HTML. `files`: name of an attachment → its address; pictures are named by either."""
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True}).enable(
        ["table", "strikethrough"]
    )
    parser.add_render_rule("image", _image)
    for side in ("heading_open", "heading_close"):
        parser.add_render_rule(side, _heading)
    html = parser.render(text, {"files": dict(files or {})})
    return mark_safe(  # noqa: S308  cleaned on the line itself
        nh3.clean(
            html,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            attribute_filter=_kept,
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel="noopener noreferrer",
        )
    )


def words(text: str) -> str:
    """The text without its marks, for excerpts: no rendering, no safety; escape it like any other text."""
    bare = re.sub(r"!\[([^\]]*)\]\([^)]*\)|\[([^\]]*)\]\([^)]*\)", r"\1\2", text)
    return re.sub(
        r"^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+|\d+[.)]\s+)|[*`|]|^-{3,}$|[-:]{3,}", "", bare, flags=re.MULTILINE
    )


def _image(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, carried: Any) -> str:
    """An attachment by name or address; of anything else only the words stay."""
    token = tokens[index]
    # markdown-it writes the Chinese of a name in percent signs.
    source, alt = str(token.attrs.get("src", "")), self.renderInlineAsText(token.children or [], options, carried)
    known = carried["files"]
    named = known.get(unquote(source)) or (source if source in known.values() else "")
    return f'<img src="{escape(named)}" alt="{escape(alt)}">' if named else escape(alt)


def _heading(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, carried: Any) -> str:
    tokens[index].tag = _HEADINGS.get(tokens[index].tag, "h6")
    return self.renderToken(tokens, index, options, carried)


def _kept(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return value if _LINK.fullmatch(value) else None
    if name == "src":
        return value if _FILE.fullmatch(value) else None
    return value
