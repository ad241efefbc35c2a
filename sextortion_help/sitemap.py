"""What search engines are told about: the pages people search for, each in three languages."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from guidance.content import Page, Service
from sextortion_help.publishing.live import live


class PublicPages(Sitemap):  # type: ignore[type-arg]  # of URL names with their arguments
    """Home, lines, apps and the guidance. Not the tools and pages whose title is neutral."""

    i18n = True
    alternates = True

    def items(self) -> list[tuple[str, dict[str, str]]]:
        now = live()
        countries = dict.fromkeys(service.country for service in now.all(Service))
        pages = [page.code for page in now.all(Page) if not page.neutral]
        fixed: list[tuple[str, dict[str, str]]] = [("home", {}), ("lines", {}), ("apps", {})]
        return [
            *fixed,
            *(("lines", {"country": country}) for country in countries),
            *(("page", {"code": code}) for code in pages),
        ]

    def location(self, item: Any) -> str:
        """Give the address in the active language, which Django sets to each in turn."""
        name, arguments = item
        return reverse(name, kwargs=arguments)
