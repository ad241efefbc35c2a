"""What search engines are told about: the pages people search for, each in every language."""

from django.contrib.sitemaps import Sitemap
from django.utils.translation import get_language

from guidance.content import Page
from sextortion_help.publishing.content import OPEN_LANGUAGES
from sextortion_help.publishing.live import live


class PublicPages(Sitemap):  # type: ignore[type-arg]  # of addresses without language
    """Home, lines by country, apps and the guidance. Not the tools and pages whose title is neutral."""

    i18n = True
    alternates = True
    languages = list(OPEN_LANGUAGES)

    def items(self) -> list[str]:
        contents = live()
        hidden = {path for page in contents.all(Page) if page.neutral for path in page.paths}
        # the lines by need, the tools and the quizzes are for who is here already
        wanted = {page.path for page in contents.all(Page)} | {"/", "/lines/", "/apps/"}
        wanted |= {
            path for path in contents.paths if path.startswith("/lines/") and path.count("/") == 3
        }
        return sorted((wanted & contents.paths) - hidden)

    def location(self, item: str) -> str:
        """Give the address in the active language, which Django sets to each in turn."""
        return f"/{get_language()}{item}"
