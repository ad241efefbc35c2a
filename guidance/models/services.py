"""Drafts of what we say about others: services, apps. Each with its source and a date to look again."""

from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from guidance import content, hours
from guidance.choices import Confidence, Way
from guidance.content import Country as LiveCountry
from guidance.hours import Clock
from guidance.hours.readback import TEMPLATE
from guidance.models.countries import Country
from guidance.models.validators import check_purposes, check_spoken, https_only, mail_only, number
from guidance.phones import Dial, dial
from sextortion_help.publishing.codes import new_place_code, place_code
from sextortion_help.publishing.content import Contents
from sextortion_help.publishing.models import Draft, Publishable
from sextortion_help.publishing.problems import Problem
from sextortion_help.publishing.review import Reviewed
from sextortion_help.publishing.text import normalise, plain_number


class Sourced(Reviewed, Publishable):
    """A claim about the world outside: who says so, how sure, who checked it, when to look again."""

    young = ("owner",)

    source = models.TextField(_("source"), blank=True)
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence)
    review_by = models.DateField(
        _("review by"),
        help_text=_("The day by which somebody looks again, within two years: 2027-06-01."),
    )

    class Meta:
        abstract = True

    def problems(self, content: Any, after: Contents) -> list[Problem]:
        """Refuse what has no source."""
        if self.source.strip():
            return []
        text = gettext("%s: no source is given.") % self
        return [Problem(text, self.edit_url("source"))]


class Service(Sourced):
    """A helpline, police line, hotline or removal service, with the channels by which it is reached."""

    content_class = content.Service
    translated = ("name", "about", "cost", "regions")
    names = ("name", "regions")
    parts = ("channels",)
    delicate = ("country", "purposes", "audience", "age_min", "url")

    class ServiceAudience(models.TextChoices):
        EVERYONE = "everyone", _("everyone")
        MINORS = "minors", _("under 18")
        ADULTS = "adults", _("adults")
        PARENTS = "parents", _("parents")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    country = models.ForeignKey(Country, models.PROTECT, verbose_name=_("country"))
    order = models.PositiveIntegerField(
        _("order"), default=0, help_text=_("Within its country; the lowest number comes first.")
    )
    purposes = models.JSONField(_("purposes"), default=list, validators=[check_purposes])
    audience = models.CharField(
        _("audience"), max_length=10, choices=ServiceAudience, default=ServiceAudience.EVERYONE
    )
    name = models.CharField(_("name"), max_length=100)
    regions = models.CharField(
        _("only for"),
        max_length=60,
        blank=True,
        help_text=_("A part of the country, such as Bonaire. Empty for all of it."),
    )
    about = models.CharField(_("what it does"), max_length=200)
    cost = models.CharField(_("cost"), max_length=100, blank=True)
    url = models.CharField(_("website"), max_length=200, blank=True, validators=[https_only])
    languages = models.JSONField(
        _("languages"),
        default=list,
        blank=True,
        validators=[check_spoken],
        help_text=_('ISO codes, such as ["nl", "fr"].'),
    )
    age_min = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    key = models.BooleanField(
        _("its country stands on it"),
        default=False,
        help_text=_("Until every such contact is verified, each page of its country says so."),
    )

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["country", "order", "code"]

    def clean(self) -> None:
        super().clean()
        self._check_ages()

    @property
    def used_in(self) -> tuple[str, ...]:
        return (self.country.code,) if self.country_id else ()

    def read_back(self) -> str:
        """The coming two weeks of each channel, day by day, with that country's holidays by name."""
        return "".join(channel.read_back() for channel in self.channels.all())

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
        for channel in self.channels.all():
            problems += channel.problems()
        if not (self.url or self.channels.all()):
            text = gettext("%s: there is no way to reach it.") % self
            problems.append(Problem(text, self.edit_url("url")))
        if not self.purposes:
            text = gettext("%s: it has no purpose, so no page would show it.") % self
            problems.append(Problem(text, self.edit_url("purposes")))
        for said in self.clashes(str(self), content, after):
            problems.append(Problem(said, self.edit_url("country")))
        return problems

    @classmethod
    def clashes(cls, name: str, content: Any, after: Contents) -> list[str]:
        if after.get(LiveCountry, content.country):
            return []
        text = gettext("%(service)s: its country, %(country)s, is not live.")
        return [text % {"service": name, "country": content.country}]


class Channel(Draft):
    """One way to reach a service: a number, a chat, a form, each with hours of its own."""

    natural_fields = ("service__code", "code")
    part_of = "service"
    inline = True
    translated = ("note",)
    delicate = ("kind", "address", "hours")

    service = models.ForeignKey(
        Service, models.CASCADE, related_name="channels", verbose_name=_("service")
    )
    code = models.CharField(
        _("code"), max_length=4, default=new_place_code, editable=False, validators=[place_code]
    )
    order = models.PositiveIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=5, choices=Way)
    address = models.CharField(
        _("number or address"),
        max_length=200,
        help_text=_("116 000, name@example.org or https://…; what its kind asks for."),
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
    languages = models.JSONField(
        _("languages"),
        default=list,
        blank=True,
        validators=[check_spoken],
        help_text=_("Only where they are fewer than those of the service."),
    )
    note = models.CharField(_("note"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["service", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "code"], name="channel_code_once_per_service"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service.code}, {self.get_kind_display()}"

    @property
    def clock(self) -> Clock:
        """The clock of the country of its service."""
        country = self.service.country
        return Clock(country.zone, country.holidays)

    @property
    def called(self) -> bool:
        """Its address is a number."""
        return self.kind in (Way.CALL, Way.TEXT)

    def tidy(self) -> None:
        """Bring its address and hours into their one form too: not every row comes from a form."""
        super().tidy()
        self.address = (plain_number if self.called else normalise)(self.address)
        self.hours = hours.normal(self.hours)

    def clean(self) -> None:
        super().clean()
        if (
            not self.service.country_id
        ):  # asked for beside this row; without it nothing can be judged
            return
        if wrong := hours.fault(self.hours, self.clock):
            raise ValidationError({"hours": wrong})
        self._check_address()

    def read_back(self) -> str:
        """The coming two weeks, day by day; "" where there is nothing to reckon."""
        if self.hours in ("", hours.ALWAYS) or hours.fault(self.hours, self.clock):
            return ""
        today = timezone.now().astimezone(ZoneInfo(self.clock.zone)).date()
        days = hours.fortnight(self.hours, self.clock, today, get_language() or "")
        return render_to_string(TEMPLATE, {"days": days, "kind": self.get_kind_display()})

    def problems(self) -> list[Problem]:
        """Warn of a number that no list knows, and of hours that say nothing of holidays."""
        problems = []
        if self.called and dial(self.address, self.service.country.code) == Dial.UNKNOWN:
            text = gettext("%s: no list of numbers knows this one. Call it before you publish.")
            problems.append(Problem(text % self, self.edit_url("address"), warning=True))
        if doubt := hours.doubt(self.hours, self.clock):
            problems.append(Problem(f"{self}: {doubt}", self.edit_url("hours"), warning=True))
        return problems

    def _check_address(self) -> None:
        """Refuse an address that is not what the kind asks for."""
        check = number if self.called else mail_only if self.kind == Way.MAIL else https_only
        try:
            check(self.address)
        except ValidationError as error:
            raise ValidationError({"address": error.messages}) from error
        if self.called and dial(self.address, self.service.country.code) == Dial.CANNOT:
            text = gettext("This number cannot be dialled in %s. Look at every digit.")
            raise ValidationError({"address": text % self.service.country.name})


class App(Sourced):
    """An app or platform: how to report there, how to block, what that does to the proof."""

    content_class = content.App
    translated = ("report", "block", "evidence")
    delicate = ("report_url",)

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
