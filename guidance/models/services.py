"""Drafts of what we say about others: services, apps. Each with its source and a date to look again."""

from datetime import timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from guidance import content, hours
from guidance.choices import Confidence, Country
from guidance.help import lacking_lines
from guidance.hours.places import ZONES
from guidance.hours.readback import TEMPLATE
from guidance.models.fields import PhoneField
from guidance.models.validators import check_purposes, https_only
from guidance.phones import Dial, dial
from sextortion_help.publishing.content import Contents
from sextortion_help.publishing.models import Publishable
from sextortion_help.publishing.problems import Problem

MOST_UNTIL_REVIEW: Final = timedelta(days=731)


class Sourced(Publishable):
    """A claim about the world outside: who says so, how sure, who checked it, when to look again."""

    source = models.TextField(_("source"), blank=True)
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence)
    verified_on = models.DateField(
        _("verified on"),
        null=True,
        blank=True,
        help_text=_("Empty until a person has called or looked."),
    )
    review_by = models.DateField(_("review by"))

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        today = timezone.localdate()
        if self.verified_on and self.verified_on > today:
            text = gettext("This day is still to come; nobody can have looked then.")
            raise ValidationError({"verified_on": text})
        if self.review_by and self.review_by > today + MOST_UNTIL_REVIEW:
            text = gettext("Look again within two years.")
            raise ValidationError({"review_by": text})

    def problems(self, content: Any, after: Contents) -> list[Problem]:
        """Refuse what has no source; warn of what should have been reviewed."""
        problems = []
        if not self.source.strip():
            text = gettext("%s: no source is given.") % self
            problems.append(Problem(text, self.edit_url("source")))
        if self.review_by and self.review_by < timezone.localdate():
            text = gettext("%(draft)s should have been reviewed by %(day)s.")
            values = {"draft": self, "day": self.review_by}
            problems.append(Problem(text % values, self.edit_url("review_by"), warning=True))
        return problems


class Service(Sourced):
    """A helpline, police line, hotline or removal service."""

    content_class = content.Service
    translated = ("name", "about", "cost")
    names = ("name",)

    class ServiceAudience(models.TextChoices):
        EVERYONE = "everyone", _("everyone")
        MINORS = "minors", _("under 18")
        ADULTS = "adults", _("adults")
        PARENTS = "parents", _("parents")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    country = models.CharField(_("country"), max_length=2, choices=Country)
    order = models.PositiveIntegerField(
        _("order"), default=0, help_text=_("Within its country; the lowest number comes first.")
    )
    purposes = models.JSONField(_("purposes"), default=list, validators=[check_purposes])
    audience = models.CharField(
        _("audience"), max_length=10, choices=ServiceAudience, default=ServiceAudience.EVERYONE
    )
    name = models.CharField(_("name"), max_length=100)
    about = models.CharField(_("what it does"), max_length=200)
    cost = models.CharField(_("cost"), max_length=100, blank=True)
    phone = PhoneField(
        _("phone"),
        max_length=20,
        blank=True,
        # [0-9]: \d would take the digits of every script
        validators=[
            RegexValidator(r"\A\+?[0-9][0-9 -]*[0-9]\Z", _("Only digits, spaces and hyphens."))
        ],
    )
    sms = models.BooleanField(_("only for text messages"), default=False)
    email = models.EmailField(_("e-mail"), blank=True)
    chat = models.CharField(_("chat"), max_length=200, blank=True, validators=[https_only])
    url = models.CharField(_("website"), max_length=200, blank=True, validators=[https_only])
    languages = models.JSONField(
        _("languages"), default=list, blank=True, help_text=_('ISO codes, such as ["nl", "fr"].')
    )
    hours = models.CharField(
        _("opening hours"),
        max_length=200,
        blank=True,
        help_text=_(
            "Such as “Mo-Fr 09:00-18:00; PH unknown”, or 24/7. “Mon-Fri 9am-6pm” is understood too. "
            "Empty when nobody told us: never a guess."
        ),
    )
    always_web = models.BooleanField(_("web form at any time"), default=False)
    age_min = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["country", "order", "code"]

    @classmethod
    def lacking(cls, contents: Contents) -> list[str]:
        return lacking_lines(contents)

    def clean(self) -> None:
        super().clean()
        self.hours = hours.normal(self.hours)
        if wrong := hours.fault(self.hours, self.country):
            raise ValidationError({"hours": wrong})
        self._check_phone()
        self._check_ages()
        if not (self.phone or self.email or self.chat or self.url):
            raise ValidationError({"phone": gettext("There is no way to reach this service.")})

    def read_back(self) -> str:
        """The coming two weeks of its hours, day by day, with that country's holidays by name."""
        if self.hours in ("", hours.ALWAYS) or hours.fault(self.hours, self.country):
            return ""
        today = timezone.now().astimezone(ZoneInfo(ZONES[self.country])).date()
        days = hours.fortnight(self.hours, self.country, today, get_language() or "")
        return render_to_string(TEMPLATE, {"days": days})

    def _check_phone(self) -> None:
        if self.sms and not self.phone:
            text = gettext("A line for text messages needs a number.")
            raise ValidationError({"phone": text})
        if self.phone and dial(self.phone, self.country) == Dial.CANNOT:
            text = gettext("This number cannot be dialled in %s. Look at every digit.")
            raise ValidationError({"phone": text % self.get_country_display()})

    def _check_ages(self) -> None:
        lowest, highest = self.age_min or 0, self.age_max if self.age_max is not None else 200
        if lowest > highest:
            raise ValidationError({"age_max": gettext("The first age is above the last.")})
        if self.audience == self.ServiceAudience.MINORS and lowest >= 18:
            raise ValidationError({"age_min": gettext("Somebody of this age is not under 18.")})
        if self.audience == self.ServiceAudience.ADULTS and highest < 18:
            raise ValidationError({"age_max": gettext("Somebody of this age is no adult.")})

    def problems(self, content: Any, after: Contents) -> list[Problem]:
        problems = super().problems(content, after)
        if self.phone and dial(self.phone, self.country) == Dial.UNKNOWN:
            text = gettext("%s: no list of numbers knows this one. Call it before you publish.")
            problems.append(Problem(text % self, self.edit_url("phone"), warning=True))
        if doubt := hours.doubt(self.hours, self.country):
            problems.append(Problem(f"{self}: {doubt}", self.edit_url("hours"), warning=True))
        if not self.purposes:
            text = gettext("%s: it has no purpose, so no page would show it.") % self
            problems.append(Problem(text, self.edit_url("purposes")))
        return problems


class App(Sourced):
    """An app or platform: how to report there, how to block, what that does to the proof."""

    content_class = content.App
    translated = ("report", "block", "evidence")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    report_url = models.CharField(
        _("report address"), max_length=200, blank=True, validators=[https_only]
    )
    report = models.TextField(_("how to report"))
    block = models.TextField(_("how to block"))
    evidence = models.TextField(_("what happens to the proof"), blank=True)
    usual = models.BooleanField(
        _("only usually so"),
        default=False,
        help_text=_("The page says that menus change and this may differ."),
    )

    class Meta:
        verbose_name = _("app")
        verbose_name_plural = _("apps")
        ordering = ["order", "code"]

    def frozen(self) -> dict[str, Any]:
        return {"usual": self.usual or self.confidence == Confidence.LOW}
