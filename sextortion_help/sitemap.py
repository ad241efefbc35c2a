"""What search engines are told about: the pages people search for, each in every place."""

from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap

from guidance.content import Country, Page
from sextortion_help.publishing.live import live
from sextortion_help.publishing.places import Place, at, places


class PublicPages(Sitemap):  # type: ignore[type-arg]  # of addresses in places
    """Home, lines by country, apps and the guidance. Not the tools and pages whose title is neutral."""

    protocol = settings.ORIGIN.partition("://")[0]

    def get_domain(self, site: object = None) -> str:
        """Give the host by which search engines know the site, whichever was asked."""
        return settings.ORIGIN.partition("://")[2]

    def items(self) -> list[tuple[Place, str]]:
        return [(place, path) for place in places(live()) for path in _searched(place)]

    def location(self, item: tuple[Place, str]) -> str:
        """Give the address of a path in a place."""
        return f"{item[0].prefix}{item[1]}"

    def get_urls(self, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        """Give each address with the same page in the other places."""
        urls: list[dict[str, Any]] = super().get_urls(*args, **kwargs)
        there = places(live())
        has = {place: frozenset(_searched(place)) for place in there}
        for url in urls:
            _, path = url["item"]
            origin = url["location"].removesuffix(self.location(url["item"]))
            url["alternates"] = [
                {"location": f"{origin}{place.prefix}{path}", "lang_code": place.tag}
                for place in there
                if path in has[place]
            ]
        return urls


def _searched(place: Place) -> list[str]:
    contents = at(live(), place.country)
    # the lines by need, the tools and the quizzes are for who is here already
    pages = {page.path for page in contents.all(Page) if not page.neutral}
    countries = {country.path for country in contents.all(Country)}
    return sorted((pages | countries | {"/", "/lines/", "/apps/"}) & contents.paths)
