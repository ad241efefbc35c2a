"""Markdown written by editors, to HTML that is safe to show. Runs when a draft is published, never for a visitor."""

import re
from collections.abc import Iterator
from typing import Final

import nh3
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sextortion_help.publishing.content import LANGUAGES, Html, Text

_MARKDOWN: Final = MarkdownIt("commonmark", {"xhtmlOut": False})
# markdown-it would show a refused link as plain text; here the editor must be told instead.
_MARKDOWN.validateLink = lambda url: True  # type: ignore[method-assign]  # its documented hook

_TAGS: Final = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "br", "a"}
# "//host" and "/\host" are other people's sites, although they look like our own pages.
_SAFE_LINK: Final = re.compile(
    r"https://[^\s/]+\S*|tel:\+?\d+|mailto:[^\s@]+@[^\s@]+|/(?![/\\])[^\s\\]*"
)

# A list of nothing but links is shown as a row of chips: the tools for a step.
_ONLY_LINKS: Final = re.compile(r"<ul>(\n(?:<li><a [^>]*>[^<]*</a></li>\n)+)</ul>")


def html(markdown: Text) -> Html:
    """Render Markdown in three languages. Links to our own pages get the prefix of their language."""
    return Html(**{code: _html(getattr(markdown, code), code) for code in LANGUAGES})


def plain(markdown: str) -> str:
    """Give the words of a Markdown text, one block a line, without marks and addresses."""
    return "\n".join(
        "".join(
            " " if child.type in ("softbreak", "hardbreak") else child.content
            for child in token.children or ()
        )
        for token in _MARKDOWN.parse(markdown)
        if token.type == "inline"
    )


def faults(markdown: str) -> list[str]:
    """Name, in the editor's language, each thing in the text that sanitising would take out."""
    found = []
    for token in _tokens(markdown):
        if token.type in ("html_block", "html_inline"):
            found.append(_("HTML is not allowed: %s") % token.content.strip())
        elif token.type == "link_open" and not _SAFE_LINK.fullmatch(str(token.attrGet("href"))):
            found.append(_("this link is not allowed: %s") % token.attrGet("href"))
        elif token.tag and token.nesting >= 0 and token.tag not in _TAGS:
            found.append(_("this mark is not allowed: %s") % f"<{token.tag}>")
    return found


def own_paths(markdown: str) -> list[str]:
    """Give the paths of our own pages that the text links to, without language: "/steps/paid/"."""
    addresses = [str(token.attrGet("href")) for token in _tokens(markdown) if token.tag == "a"]
    return [address for address in addresses if address.startswith("/")]


def _html(markdown: str, language: str) -> str:
    rendered = nh3.clean(
        _MARKDOWN.render(markdown),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "tel", "mailto"},
        attribute_filter=_keep_safe_links,
        link_rel=None,
    )
    chips = _ONLY_LINKS.sub(r'<ul class="chips">\1</ul>', rendered)
    return chips.strip().replace('href="/', f'href="/{language}/')


def _keep_safe_links(tag: str, attribute: str, value: str) -> str | None:
    return value if _SAFE_LINK.fullmatch(value) else None


def _tokens(markdown: str) -> Iterator[Token]:
    for token in _MARKDOWN.parse(markdown):
        yield token
        yield from token.children or ()
