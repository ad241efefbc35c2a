"""Links from content to content, found in what is frozen. Pure."""

import re
from typing import Final

from sextortion_help.publishing.content import LANGUAGES, Content, Contents, Html, texts

_OWN_LINK: Final = re.compile(rf'href="/(?:{"|".join(LANGUAGES)})(?:-[a-z]{{2}})?(/[^"?#]*)')


def own_links(content: Content) -> list[str]:
    """Give the addresses of our own pages that this content needs, without language, each once."""
    found = [
        path
        for text in texts(content)
        if isinstance(text, Html)
        for language in LANGUAGES
        for path in _OWN_LINK.findall(text.within(language))
    ]
    return list(dict.fromkeys([*found, *content.shows]))


def dead_links(content: Content, after: Contents) -> list[str]:
    """Give those of them that are not live."""
    return [path for path in own_links(content) if not after.has_path(path)]


def losses(now: Contents, after: Contents) -> list[tuple[Content, str]]:
    """Name what goes on being live, each with the address it needs, has now, and would lack."""
    gone = (now.paths | now.moved.keys()) - after.paths - after.moved.keys()
    return [
        (content, path)
        for key, content in now.items.items()
        if gone and after.items.get(key) == content
        for path in own_links(content)
        if path in gone
    ]
