"""Drafts of the pages of guidance, with their steps."""

from collections.abc import Iterator
from typing import Any, Final

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guidance import content
from guidance.choices import Audience, Layout, Purpose, layouts, pictures
from guidance.models.validators import check_countries, check_purposes, check_references
from sextortion_help.publishing.content import Contents
from sextortion_help.publishing.models import Draft, Entry, Linked
from sextortion_help.publishing.problems import Problem

DRAWN: Final = (Layout.STORY, Layout.EASY)  # each step with a picture


class Page(Linked):
    """A page of guidance, with its steps."""

    content_class = content.Page
    parts = ("steps",)
    translated = ("title", "summary", "body", "after", "entry_title", "entry_text")
    young = (*Linked.young, "references")
    delicate = ("countries",)
    markdown_fields = ("body", "after")

    code = models.CharField(
        _("path"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"\A[a-z0-9-]+(/[a-z0-9-]+)*\Z")],
        help_text=_("What staff and links call it, such as steps/paid. It never changes."),
    )
    address = models.CharField(
        _("address in the history"),
        max_length=60,
        blank=True,
        validators=[RegexValidator(r"\A[a-z0-9-]+(/[a-z0-9-]+)*\Z")],
        help_text=_(
            "What a browser keeps and shows instead of the path. With a neutral title it must say nothing: steps/7."
        ),
    )
    countries = models.JSONField(
        _("only for these countries"), default=list, blank=True, validators=[check_countries]
    )
    audience = models.CharField(_("audience"), max_length=10, choices=Audience)
    neutral = models.BooleanField(
        _("neutral title"),
        default=False,
        help_text=_("The browser's history shows only the name of the site."),
    )
    layout = models.CharField(_("layout"), max_length=15, choices=layouts, default=Layout.TEXT)
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("summary"))
    body = models.TextField(_("text"), blank=True, help_text=_("Markdown."))
    after = models.TextField(_("text after the steps"), blank=True, help_text=_("Markdown."))
    purposes = models.JSONField(
        _("services to show"), default=list, blank=True, validators=[check_purposes]
    )
    sources = models.TextField(
        _("sources"), blank=True, help_text=_("One a line: what is claimed, and who says so.")
    )
    references = models.TextField(
        _("sources that visitors see"),
        blank=True,
        validators=[check_references],
        help_text=_(
            "One a line: a name, a year, and where to read it. “Child Focus, 2025 https://childfocus.be/nl-be”"
        ),
    )

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["order", "code"]

    @classmethod
    def lacking(cls, now: Contents, after: Contents) -> list[str]:
        lost = now.linked(Entry.HELP) and not after.linked(Entry.HELP)
        return [gettext("the page that “Help now” leads to")] if lost else []

    @property
    def reader(self) -> str:
        return str(self.audience)

    @property
    def used_in(self) -> tuple[str, ...]:
        return tuple(self.countries)

    def problems(self, content: Any, after: Contents) -> list[Problem]:
        problems = []
        if not self.sources.strip():
            text = gettext("%s: no source is given for what it says.") % self
            problems.append(Problem(text, self.edit_url("sources")))
        if self.neutral and not self.address:
            text = gettext("%s: a neutral title needs an address that says nothing either.") % self
            problems.append(Problem(text, self.edit_url("address")))
        for said in _same_address(str(self), content, after):
            problems.append(Problem(said, self.edit_url("address")))
        problems += self._layout_problems(content, after)
        for said in _second_help(content, after):
            problems.append(Problem(said, self.edit_url("entries")))
        return problems

    @classmethod
    def clashes(cls, name: str, content: Any, after: Contents) -> list[str]:
        twin = content.is_easy and after.get(type(content), content.twin) is None
        return [
            *_same_address(name, content, after),
            *_second_help(content, after),
            *([_no_twin(name)] if twin else []),
        ]

    def _layout_problems(self, content: Any, after: Contents) -> list[Problem]:
        """Find what the layout needs and the page has not."""
        problems = []
        if self.layout in DRAWN and not (content.steps and all(s.picture for s in content.steps)):
            text = gettext("%s: with this layout there are steps, and each has a picture.") % self
            problems.append(Problem(text, self.edit_url("layout")))
        if (self.layout == Layout.EASY) is not content.is_easy or (
            content.is_easy and after.get(type(content), content.twin) is None
        ):
            problems.append(Problem(_no_twin(str(self)), self.edit_url("layout")))
        if self.layout == Layout.FIRST_MINUTE:
            for purpose in {Purpose.TALK, Purpose.SUICIDE} - set(self.purposes):
                text = gettext("%(page)s: the first minute needs this: %(need)s.")
                values = {"page": self, "need": purpose.label}
                problems.append(Problem(text % values, self.edit_url("purposes")))
        return problems


def _same_address(name: str, content: Any, after: Contents) -> Iterator[str]:
    text = gettext("%(page)s: “%(other)s” has this address already.")
    own = {*content.paths, *content.moved}
    for other in after.all(type(content)):
        if other.code != content.code and own & {*other.paths, *other.moved}:
            yield text % {"page": name, "other": other.code}


def _second_help(content: Any, after: Contents) -> Iterator[str]:
    text = gettext("“Help now” leads to one page, and that is “%s”.")
    for other in after.linked(Entry.HELP) if Entry.HELP in content.entries else ():
        if other.code != content.code:
            yield text % other.code


def _no_twin(name: str) -> str:
    text = gettext(
        "%s: a page in easy words has that layout, and its path is easy/ and then the path of a live page."
    )
    return text % name


class Step(Draft):
    """A step of a page."""

    natural_fields = ("page__code", "code")
    part_of = "page"
    inline = True
    translated = ("title", "body")
    markdown_fields = ("body",)
    young = ("picture",)

    page = models.ForeignKey(Page, models.CASCADE, related_name="steps", verbose_name=_("page"))
    code = models.CharField(
        _("code"), max_length=20, validators=[RegexValidator(r"\A[a-z0-9-]+\Z")]
    )
    order = models.PositiveIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), blank=True, help_text=_("Markdown."))
    picture = models.CharField(
        _("picture"), max_length=12, blank=True, choices=pictures,
        help_text=_("Shown in a story, and on a page in easy words."),
    )  # fmt: skip
    countries = models.JSONField(
        _("only for these countries"), default=list, blank=True, validators=[check_countries]
    )

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["page", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["page", "code"], name="step_code_once_per_page")
        ]

    def __str__(self) -> str:
        return f"{self.page.code}, {self.code}"
