"""Drafts of the pages of guidance, with their steps."""

from typing import Final

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guidance import content
from guidance.models.choices import AgeBand, Audience, CodeManager, Layout, check_purposes
from sextortion_help.publishing.content import Text
from sextortion_help.publishing.live import Live
from sextortion_help.publishing.markdown import html
from sextortion_help.publishing.models import Draft, Publishable
from sextortion_help.publishing.problems import Problem, field_problems, text_problems

PICTURES: Final = 6  # drawn in templates/guidance/story.html


class Page(Publishable):
    """A page of guidance, with its steps."""

    content_class = content.Page
    markdown_fields = ("body", "after")

    code = models.CharField(
        _("path"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"\A[a-z0-9-]+(/[a-z0-9-]+)*\Z")],
        help_text=_("The address after the language, such as steps/paid. It never changes."),
    )
    order = models.PositiveIntegerField(_("order"), default=0)
    audience = models.CharField(_("audience"), max_length=10, choices=Audience)
    age_band = models.CharField(_("age"), max_length=10, choices=AgeBand, blank=True)
    neutral = models.BooleanField(
        _("neutral title"),
        default=False,
        help_text=_("The browser's history shows only the name of the site."),
    )
    layout = models.CharField(_("layout"), max_length=15, choices=Layout, default=Layout.TEXT)
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

    objects = CodeManager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return str(self.code)

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def content(self) -> content.Page:
        return content.Page(
            code=self.code,
            order=self.order,
            audience=self.audience,
            age_band=self.age_band,
            neutral=self.neutral,
            layout=self.layout,
            title=Text.of(self, "title"),
            summary=Text.of(self, "summary"),
            body=html(Text.of(self, "body")),
            after=html(Text.of(self, "after")),
            steps=tuple(step.content() for step in self.steps.all()),
            purposes=tuple(self.purposes),
            sources=tuple(line.strip() for line in self.sources.splitlines() if line.strip()),
        )

    def problems(self, after: Live) -> list[Problem]:
        problems = field_problems(self) + list(text_problems(self, after, self.audience))
        for step in self.steps.all():
            problems += text_problems(step, after, self.audience)
        if not self.sources.strip():
            text = gettext("%s: no source is given for what it says.") % self
            problems.append(Problem(text, self.edit_url("sources")))
        if self.layout == Layout.STORY and self.steps.count() != PICTURES:
            text = gettext("%(page)s: a story has %(pictures)d steps, one for each picture.")
            values = {"page": self, "pictures": PICTURES}
            problems.append(Problem(text % values, self.edit_url("layout")))
        return problems


class Step(Draft):
    """A step of a page."""

    markdown_fields = ("body",)

    page = models.ForeignKey(Page, models.CASCADE, related_name="steps", verbose_name=_("page"))
    code = models.CharField(
        _("code"), max_length=20, validators=[RegexValidator(r"\A[a-z0-9-]+\Z")]
    )
    order = models.PositiveIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), blank=True, help_text=_("Markdown."))

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["page", "order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["page", "code"], name="step_code_once_per_page")
        ]

    def __str__(self) -> str:
        return f"{self.page.code}, {self.code}"

    def natural_key(self) -> tuple[str, str]:
        return (self.page.code, self.code)

    def content(self) -> content.Step:
        """Freeze the step."""
        return content.Step(self.code, Text.of(self, "title"), html(Text.of(self, "body")))

    def edit_url(self, field: str = "") -> str:
        """Steps are edited on the form of their page."""
        place = list(self.page.steps.values_list("pk", flat=True)).index(self.pk)
        return self.page.edit_url(f"steps-{place}-{field}")
