"""What search engines are told about: the pages people search for, each in every language."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.utils.translation import get_language

from guidance.content import Page, Service
from sextortion_help.publishing.content import OPEN_LANGUAGES
from sextortion_help.publishing.live import live


class PublicPages(Sitemap):  # type: ignore[type-arg]  # of addresses without language
    """Home, lines by country, apps and the guidance. Not the tools and pages whose title is neutral."""

    i18n = True
    alternates = True
    languages = list(OPEN_LANGUAGES)
    protocol = settings.ORIGIN.partition("://")[0]

    def get_domain(self, site: object = None) -> str:
        """Give the host by which search engines know the site, whichever was asked."""
        return settings.ORIGIN.partition("://")[2]

    def items(self) -> list[str]:
        contents = live()
        # the lines by need, the tools and the quizzes are for who is here already
        pages = {page.path for page in contents.all(Page) if not page.neutral}
        countries = {service.path for service in contents.all(Service)}
        return sorted((pages | countries | {"/", "/lines/", "/apps/"}) & contents.paths)

    def location(self, item: str) -> str:
        """Give the address in the active language, which Django sets to each in turn."""
        return f"/{get_language()}{item}"
