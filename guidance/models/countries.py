"""Drafts of countries: which there are, their numbers and clocks, and which have addresses of their own."""

from functools import cache
from typing import Any, Final
from zoneinfo import available_timezones

import holidays
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guidance import content
from guidance.choices import Purpose
from guidance.editions import lacking
from guidance.models.fields import PhoneField
from guidance.models.validators import check_languages, number
from guidance.phones import Dial, dial
from sextortion_help.publishing.content import LANGUAGES, Contents
from sextortion_help.publishing.models import Draft, Publishable
from sextortion_help.publishing.problems import Problem
from sextortion_help.publishing.review import Reviewed

# The regions whose cities name time zones; the rest of the list are old names and offsets.
_REGIONS: Final = (
    "Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip


@cache
def zones() -> list[tuple[str, str]]:
    """Give the time zones to choose from. Read once: they are six hundred files."""
    names = sorted(name for name in available_timezones() if name.split("/")[0] in _REGIONS)
    return [(name, name) for name in names]


def calendars() -> list[tuple[str, str]]:
    """Give the countries whose holidays the library knows."""
    codes = sorted(code for code in holidays.list_supported_countries() if len(code) == 2)
    return [(code, code) for code in codes]


def needs() -> list[tuple[str, Any]]:
    """Give the needs to choose from. As a function, so that a new one needs no migration."""
    return list(Purpose.choices)


class Country(Reviewed, Publishable):
    """A country whose services we name. An edition has addresses of its own, in its languages."""

    young = ("owner", "verified_on", "review_by")
    content_class = content.Country
    translated = ("name", "within", "emergency_silent")
    names = ("name",)
    parts = ("gaps",)
    delicate = (
        "is_edition", "languages", "emergency", "zone", "holidays",
        *(f"emergency_silent_{code}" for code in LANGUAGES),
    )  # fmt: skip

    code = models.CharField(
        _("code"),
        max_length=2,
        unique=True,
        validators=[RegexValidator(r"\A[A-Z]{2}\Z", _("Two capital letters, such as BE."))],
        help_text=_("Of ISO 3166, such as BE. It stands in every address of this country."),
    )
    is_edition = models.BooleanField(
        _("has addresses of its own"),
        default=False,
        help_text=_(
            "Then the whole site is there for this country, such as /nl-be/. It needs a line for each need."
        ),
    )
    languages = models.JSONField(
        _("languages of its addresses"), default=list, blank=True, validators=[check_languages]
    )
    name = models.CharField(_("name"), max_length=60)
    within = models.CharField(
        _("“in this country”"),
        max_length=60,
        help_text=_("As it stands in a sentence: “in Belgium”, “on the islands”."),
    )
    emergency = PhoneField(_("emergency number"), max_length=20, blank=True, validators=[number])
    emergency_silent = models.CharField(
        _("emergency without speaking"),
        max_length=160,
        blank=True,
        help_text=_(
            "An app or a number for text messages, in one sentence. Only if a source says so."
        ),
    )
    zone = models.CharField(
        _("time zone"),
        max_length=40,
        blank=True,
        choices=zones,
        help_text=_("Empty when it has several: then only 24/7 can be shown."),
    )
    holidays = models.CharField(
        _("public holidays of"), max_length=2, blank=True, choices=calendars
    )

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return f"{self.code}: {self.name or '…'}"

    @classmethod
    def lacking(cls, now: Contents, after: Contents) -> list[str]:
        return lacking(now, after, timezone.localdate())

    @property
    def used_in(self) -> tuple[str, ...]:
        return (self.code,)

    def clean(self) -> None:
        super().clean()
        if self.is_edition and not self.languages:
            text = gettext("Addresses of its own need at least one language.")
            raise ValidationError({"languages": text})
        if self.is_edition and not self.emergency:
            text = gettext("Addresses of its own need an emergency number.")
            raise ValidationError({"emergency": text})
        if self.emergency and dial(self.emergency, self.code) == Dial.CANNOT:
            text = gettext("This number cannot be dialled in %s. Look at every digit.")
            raise ValidationError({"emergency": text % self.code})

    def problems(self, content: Any, after: Contents) -> list[Problem]:
        """Refuse to close an edition while it is the only one."""
        if any(one.opens for one in after.items.values()):
            return []
        text = gettext("No country would have addresses of its own, and the site none at all.")
        return [Problem(text, self.edit_url("is_edition"))]


class Gap(Draft):
    """A need for which a country has nobody, or not at every hour, and what visitors are told then."""

    natural_fields = ("country__code", "code")
    part_of = "country"
    inline = True
    translated = ("text",)

    country = models.ForeignKey(
        Country, models.CASCADE, related_name="gaps", verbose_name=_("country")
    )
    code = models.CharField(_("need"), max_length=10, choices=needs)
    order = models.PositiveIntegerField(_("order"), default=0)
    text = models.CharField(_("sentence"), max_length=200)

    class Meta:
        verbose_name = _("need nobody serves")
        verbose_name_plural = _("needs nobody serves, or not at every hour")
        ordering = ["country", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "code"],
                name="gap_once_per_country",
                violation_error_message=_("There is a sentence for this need already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.country.code}, {self.get_code_display()}"

    def frozen(self) -> dict[str, Any]:
        return {"need": self.code}
