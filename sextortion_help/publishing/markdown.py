"""Markdown written by editors, to HTML that is safe to show. Runs when a draft is published, never for a visitor.

What is written is what is read: a mark that would come out as text, or words that would vanish, are
refused with the form that works. See docs/decisions/0052-marks-that-fail-are-refused.md.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Any, Final

import nh3
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sextortion_help.publishing import marks, text
from sextortion_help.publishing.content import LANGUAGES, Html, Text

_MARKDOWN: Final = MarkdownIt("commonmark", {"xhtmlOut": False})
# markdown-it would show a refused link as plain text; here the editor must be told instead.
_MARKDOWN.validateLink = lambda url: True  # type: ignore[method-assign]  # its documented hook
# The same, but characters escaped on purpose stay apart from those that stand there by accident.
_EXACT: Final = MarkdownIt("commonmark").disable("text_join")
_EXACT.validateLink = lambda url: True  # type: ignore[method-assign]  # its documented hook

_TAGS: Final = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "br", "a"}
# "//host" and "/\host" are other people's sites, although they look like our own pages; in
# "https://name@host" the name before the @ looks like the host.
_SAFE_LINK: Final = re.compile(
    r"https://[^\s/?#@]+(?:[/?#]\S*)?|tel:\+?\d+|mailto:[^\s@]+@[^\s@]+|/(?![/\\])[^\s\\]*"
)

# A list of nothing but links is shown as a row of chips: the tools for a step.
_ONLY_LINKS: Final = re.compile(r"<ul>(\n(?:<li><a [^>]*>[^<]*</a></li>\n)+)</ul>")

# Between these lines stands what is for some countries only: "::: BE NL", then ":::".
_FOR_SOME: Final = re.compile(r"^:::[ \t]*([A-Z]{2}(?:[ \t]+[A-Z]{2})*)?[ \t]*$", re.MULTILINE)
_LOOKS_LIKE_IT: Final = re.compile(r"^\s*:::.*$", re.MULTILINE)

# A number of three digits or more among other words: not "9-17".
_NUMBER: Final = re.compile(r"(?!\d{1,2}[/-]\d{1,2}(?!.?\d))\+?\d(?:[\s()./-]*\d|,\d){2,}")
_MAILBOX: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SITE: Final = re.compile(r"(?:https?://(?:www\.)?|www\.)([\w-]+(?:\.[\w-]+)+)")
_ONLY_SITE: Final = re.compile(r"([\w-]+(?:\.[\w-]+)+)(?:/\S*)?")

_DESTINATION: Final = re.compile(r"\]\(\s*(?:<[^>\n]*>|(?:\\.|[^\s()\\]|\([^\s()]*\))*)\s*\)")
_LARGEST_NUMBER: Final = 99  # of a list; a larger one is a year
_LINE_MARK: Final = re.compile(r"^\s{0,3}(#{1,6}(?=\s)|>|\*(?=\s)|```+)", re.MULTILINE)


@lru_cache(maxsize=64)
def _parsed(markdown: str) -> tuple[Token, ...]:
    """Parse a text once, however many checks look at it. Nobody changes a token."""
    return tuple(_MARKDOWN.parse(_without_countries(markdown)))


def _without_countries(markdown: str) -> str:
    """Empty the lines that say for which countries a part is: the others keep their numbers."""
    return _FOR_SOME.sub("", markdown)


def countries(markdown: str) -> list[str]:
    """Give the countries that parts of the text are for: ["BE", "NL"]."""
    return [code for found in _FOR_SOME.findall(markdown) for code in found.split()]


def html(markdown: Text) -> Html:
    """Render Markdown in three languages. Links to our own pages get the prefix of their language."""
    return Html(**{code: _parts(getattr(markdown, code), code) for code in LANGUAGES})


def plain(markdown: str) -> str:
    """Give the words of a Markdown text, one block a line, without marks and addresses."""
    return "\n".join(
        "".join(
            " " if child.type in ("softbreak", "hardbreak") else child.content
            for child in token.children or ()
        )
        for token in _parsed(markdown)
        if token.type == "inline"
    )


def normalise(markdown: str) -> str:
    """Give the one form of a Markdown text. Spaces at the end of a line that break it become a backslash."""
    lines = re.sub(r"\r\n?", "\n", markdown).split("\n")
    for token in _parsed("\n".join(lines)):
        breaks = [child.type for child in token.children or () if child.type.endswith("break")]
        first = (token.map or [0])[0]
        for place in range(first, first + len(breaks)):
            if lines[place].endswith("  "):
                lines[place] = lines[place].rstrip() + "\\"
    return text.normalise("\n".join(lines))


def faults(markdown: str) -> list[str]:
    """Name, in the editor's language, each thing in the text that would vanish or not be what it seems."""
    env: dict[str, Any] = {}
    tokens = _EXACT.parse(_without_countries(markdown), env)
    found = [
        *_country_faults(markdown),
        *_refused(tokens),
        *_lists_of_each_reader(markdown),
        *_link_faults(tokens),
    ]
    if env.get("references"):
        found.append(_("write a link where its words are: [words](https://…)"))
    for token in tokens:
        if token.type == "inline":
            found += marks.left_over(_shown(token), _shown(token, linked=marks.LINKED))
    return list(dict.fromkeys(found)) or _lost(markdown)


def plain_faults(words: str) -> list[str]:
    """Name each mark of Markdown in a text that is shown as it stands, where it would do nothing."""
    [line] = _EXACT.parseInline(words)
    found = [found.group(1) for found in _LINE_MARK.finditer(words)]
    for token in line.children or ():
        if token.type in ("strong_open", "em_open", "code_inline"):
            found.append(token.markup)
        elif token.type in ("link_open", "image"):
            found.append("[ ]( )" if token.markup != "autolink" else "< >")
        elif token.type == "html_inline":
            found.append(token.content)
        elif token.type == "text_special" and token.content != token.markup:
            found.append(token.markup)
        elif token.type == "text":
            found += re.findall(r"\*\*+|__+|~~+|`+|\]\s*\(", token.content)
    said = _("marks do nothing in this field: %s")
    return [said % mark for mark in dict.fromkeys(found)]


def links(markdown: str) -> list[str]:
    """Give the address of every link of the text, as written."""
    return [str(token.attrGet("href")) for token in _tokens(markdown) if token.type == "link_open"]


def link_words(markdown: str) -> list[str]:
    """Give the words of every link of the text."""
    return [words for token in _parsed(markdown) for _, words in _links_with_words(token)]


def own_paths(markdown: str) -> list[str]:
    """Give the paths of our own pages that the text links to, without language: "/steps/paid/"."""
    return [address for address in links(markdown) if address.startswith("/")]


def _parts(markdown: str, language: str) -> str:
    """Render a text part by part: what is for some countries only stands in a box that names them."""
    rendered, opened = [], ""
    pieces = _FOR_SOME.split(markdown)  # a text, what its closing line names, the next text …
    for words, named in zip(pieces[::2], [*pieces[1::2], None], strict=True):
        if inner := _html(words, language):
            rendered.append(f'<div data-for="{opened}">\n{inner}</div>' if opened else inner)
        opened = " ".join((named or "").split())
    return "\n".join(rendered)


def _html(markdown: str, language: str) -> str:
    rendered = nh3.clean(
        _MARKDOWN.render(markdown),
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"https", "tel", "mailto"},
        attribute_filter=_keep_safe_links,
        link_rel=None,
    )
    chips = _ONLY_LINKS.sub(r'<ul class="chips">\1</ul>', rendered)
    return chips.strip().replace('href="/', f'href="/{language}/')


def _keep_safe_links(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "start":
        return value if value.isdecimal() else None
    return value if _SAFE_LINK.fullmatch(value) else None


def _country_faults(markdown: str) -> Iterator[str]:
    """Name each line that was meant to say for which countries a part is, and does not."""
    for found in _LOOKS_LIKE_IT.finditer(_without_countries(markdown)):
        said = _(
            "“%s” names no countries; what works is a line “::: BE NL”, and “:::” after the part"
        )
        yield said % found.group().strip()
    opened = False
    for named in _FOR_SOME.findall(markdown):
        if bool(named) == opened:
            yield _(
                "each part for some countries begins with a line such as “::: BE NL” and ends with “:::”"
            )
        opened = bool(named)
    if opened:
        yield _("a part for some countries is not closed with “:::”")


def _refused(tokens: list[Token]) -> Iterator[str]:
    """Name what sanitising would take out, and what would be there without being seen."""
    for token, after in _pairs(tokens):
        if token.type in ("html_block", "html_inline"):
            yield _("HTML is not allowed: %s") % token.content.strip()
        elif token.type == "link_open" and not _SAFE_LINK.fullmatch(str(token.attrGet("href"))):
            yield _("this link is not allowed: %s") % token.attrGet("href")
        elif token.type == "code_block":
            words = " ".join(token.content.split())[:60]
            yield _("“%s” is taken for code; take away the spaces before it") % words
        elif token.type == "heading_open" and token.markup == "-":
            yield _(
                "a line of hyphens makes a heading of the line above; write “## Title”, or leave it out"
            )
        elif token.tag and token.nesting >= 0 and token.tag not in _TAGS:
            yield _("this mark is not allowed: %s") % f"<{token.tag}>"
        elif token.type == "text_special" and token.info == "entity":
            yield _("write the character itself, not %s") % token.markup
        if _is_empty(token, after):
            yield _("there is a heading, a line of a list or a link without words")


def _is_empty(token: Token, after: Token | None) -> bool:
    if token.type == "heading_open":
        return after is not None and not after.content.strip()
    opened = token.type in ("list_item_open", "link_open")
    return opened and after is not None and after.type == token.type.replace("open", "close")


def _lists_of_each_reader(markdown: str) -> Iterator[str]:
    """Name what is wrong with the lists as each country reads them, and as a country that is not named."""
    found = {
        code: list(_list_faults(_EXACT.parse(_in_country(markdown, code))))
        for code in ("", *dict.fromkeys(countries(markdown)))
    }
    said = _(
        "for readers in %(country)s, %(fault)s; what works is the whole list in each part for some countries"
    )
    for code, faults in found.items():
        for fault in faults:
            values = {"country": code or _("other countries"), "fault": fault}
            yield fault if all(fault in others for others in found.values()) else said % values


def _in_country(markdown: str, country: str) -> str:
    """Give a text as a country reads it; the lines around its parts are empty."""
    pieces = _FOR_SOME.split(markdown)
    openings = ["", *(named or "" for named in pieces[1::2])]
    return "".join(
        words
        for words, named in zip(pieces[::2], openings, strict=True)
        if not named or country in named.split()
    )


def _list_faults(tokens: list[Token]) -> Iterator[str]:
    """Name each number of a list that would come out as another, or was not meant as a list."""
    due: list[int] = []
    for token in tokens:
        if token.type == "ordered_list_open":
            start = token.attrGet("start")
            due.append(1 if start is None else int(start))
        elif token.type == "ordered_list_close":
            due.pop()
        elif token.type == "list_item_open" and token.info:
            if int(token.info) > _LARGEST_NUMBER:
                said = _("“%(number)s.” begins a list; to show it, write %(form)s")
                yield said % {"number": token.info, "form": f"{token.info}\\."}
            elif token.info != str(due[-1]):
                said = _("in this list “%(number)s.” would come out as “%(shown)d.”")
                yield said % {"number": token.info, "shown": due[-1]}
            due[-1] += 1


def _link_faults(tokens: list[Token]) -> Iterator[str]:
    """Name each link that has a title, which is not shown, or that says another address than it has."""
    for token in tokens:
        for opened, words in _links_with_words(token):
            address = str(opened.attrGet("href"))
            if title := opened.attrGet("title"):
                yield _("the title of a link is not shown: “%s”") % title
            if _says_another(words, address):
                said = _("a link that says “%(words)s” leads to %(address)s")
                yield said % {"words": words, "address": address}


def _links_with_words(block: Token) -> Iterator[tuple[Token, str]]:
    opened, words = None, ""
    for child in block.children or ():
        if child.type == "link_open":
            opened, words = child, ""
        elif child.type == "link_close" and opened:
            yield opened, words
            opened = None
        else:
            words += child.content


def _says_another(words: str, address: str) -> bool:
    """Tell whether the words of a link name a number or an address, but not the one it leads to."""
    if mailboxes := _MAILBOX.findall(words):
        leads_to = address.partition("?")[0].lower()
        return all(f"mailto:{each}".lower() != leads_to for each in mailboxes)
    number = re.sub(r"\(0\)|\b24/7\b", "", text.plain_number(words)).strip()
    if address.startswith("tel:"):
        numbers = _NUMBER.findall(number)
        return bool(numbers) and not any(_dials(address, each) for each in numbers)
    if _NUMBER.fullmatch(number) and not address.startswith("/"):
        return re.sub(r"\D", "", number) not in address
    site = _SITE.search(words) or _ONLY_SITE.fullmatch(words.strip())
    if site and address.startswith("https://"):
        return site[1].lower() != re.sub(r"^https://(?:www\.)?|[/?#].*", "", address).lower()
    return False


def _dials(address: str, number: str) -> bool:
    """Tell whether "tel:+3225021234" dials this number, as it is written at home or abroad."""
    digits = re.sub(r"\D", "", number)
    abroad = rf"tel:(?:\+|00)\d{{0,3}}{digits.lstrip('0')}"
    return address == f"tel:{digits}" or re.fullmatch(abroad, address) is not None


def _shown(block: Token, linked: str = "") -> str:
    """Give the words of a block as a reader sees them, with stand-ins for what was written on purpose."""
    words, depth = "", 0
    for child in block.children or ():
        depth += child.nesting if child.tag == "a" else 0
        if child.type.endswith("break"):
            words += "\n"
        elif linked and (depth or child.tag == "a"):
            words += linked
        elif child.type == "text_special" and child.content != child.markup:
            words += marks.ESCAPED
        elif child.type.startswith("text"):
            words += child.content
    return words


def _lost(markdown: str) -> list[str]:
    """Compare all that was written with all that would be read: the guard for what no rule above knows."""
    markdown = _without_countries(markdown)
    written = _letters(_DESTINATION.sub("]", _without_numbers(markdown)))
    read = _letters(unescape(re.sub(r"<[^>]*>", "", _html(markdown, ""))))
    if written == read:
        return []
    same = next(
        (i for i, (a, b) in enumerate(zip(written, read, strict=False)) if a != b), len(read)
    )
    return [_("something would vanish or come out otherwise near “%s”") % written[same : same + 30]]


def _without_numbers(markdown: str) -> str:
    lines = markdown.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for token in _parsed(markdown):
        if token.type == "list_item_open" and token.info and token.map:
            lines[token.map[0]] = lines[token.map[0]].replace(token.info, "", 1)
    return "\n".join(lines)


def _letters(words: str) -> str:
    return "".join(re.findall(r"[^\W_]", words))


def _pairs(tokens: list[Token]) -> Iterator[tuple[Token, Token | None]]:
    """Give each token, and those inside it, with the one that follows."""
    for row in (tokens, *(token.children or [] for token in tokens)):
        yield from zip(row, [*row[1:], None], strict=False)


def _tokens(markdown: str) -> Iterator[Token]:
    for token in _parsed(markdown):
        yield token
        yield from token.children or ()
