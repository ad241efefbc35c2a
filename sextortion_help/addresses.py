"""Every address at which visitors get an answer that depends on nothing but that address."""

from typing import Final

from sextortion_help.publishing.content import OPEN_LANGUAGES, Contents

FOR_MACHINES: Final = ("/robots.txt", "/sitemap.xml", "/.well-known/security.txt")


def addresses(contents: Contents) -> list[str]:
    """Give each in full, "/nl/steps/paid/", those of pages first."""
    pages = [f"/{language}{path}" for language in OPEN_LANGUAGES for path in contents.paths]
    return [*sorted(pages), *FOR_MACHINES]


def is_address(path: str, contents: Contents) -> bool:
    """Tell whether it is one of these, without reckoning them all."""
    prefix, rest = split(path)
    return (prefix in OPEN_LANGUAGES and rest in contents.paths) or path in FOR_MACHINES


def is_of_pages(path: str) -> bool:
    """Tell whether it begins as those of pages do: then it is one of them, or it leads nowhere."""
    return split(path)[0] in OPEN_LANGUAGES


def split(path: str) -> tuple[str, str]:
    """Cut an address in two: "/nl/steps/paid/" is the page "/steps/paid/" under "nl"."""
    prefix, slash, rest = path.removeprefix("/").partition("/")
    return prefix, slash + rest
