"""The lists an editor chooses from, and the rules that several kinds of guidance share."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    VICTIM = "victim", _("victims")
    TEEN = "teen", _("teens")
    FRIEND = "friend", _("friends")
    PARENT = "parent", _("parents")
    SCHOOL = "school", _("schools")
    EVERYONE = "everyone", _("everyone")


class AgeBand(models.TextChoices):
    TO_11 = "to-11", _("to 11")
    FROM_12 = "12-15", _("12 to 15")
    FROM_16 = "16-17", _("16 to 17")


class Layout(models.TextChoices):
    """How a page is laid out, on the screen and on paper."""

    TEXT = "text", _("text")
    LINES_FIRST = "lines_first", _("the lines above everything else")
    CARD = "card", _("a card to tick off and print")
    POSTER = "poster", _("a poster to print, with a code to scan")
    STORY = "story", _("a story in six pictures, one for each step")


class Purpose(models.TextChoices):
    """What a service is for. The words are headings on public pages."""

    TALK = "talk", _("Somebody to talk to")
    REMOVE = "remove", _("Get images removed")
    POLICE = "police", _("Police")
    SUICIDE = "suicide", _("If you think about dying")
    PARENTS = "parents", _("For parents")
    VICTIM = "victim", _("Help after violence or abuse")
    MONEY = "money", _("Bank cards and payments")
    HOTLINE = "hotline", _("Report images of abuse")
    WORRIED = "worried", _("Worried about your own thoughts")
    MAIL = "mail", _("Suspicious e-mails")
    INFO = "info", _("More information")


class Country(models.TextChoices):
    BE = "BE", _("Belgium")
    NL = "NL", _("Netherlands")
    BQ = "BQ", _("Caribbean Netherlands")
    FR = "FR", _("France")
    LU = "LU", _("Luxembourg")
    DE = "DE", _("Germany")
    GB = "GB", _("United Kingdom")
    IE = "IE", _("Ireland")
    CH = "CH", _("Switzerland")
    IT = "IT", _("Italy")
    US = "US", _("United States")
    CA = "CA", _("Canada")
    AU = "AU", _("Australia")
    EU = "EU", _("Europe")
    WW = "WW", _("Everywhere")


class Confidence(models.TextChoices):
    HIGH = "high", _("high: official page or two sources")
    MEDIUM = "medium", _("medium: one source")
    LOW = "low", _("low: general knowledge")


https_only = URLValidator(schemes=["https"])


def check_purposes(purposes: object) -> None:
    """Refuse anything but a list of known purposes without repeats."""
    if not isinstance(purposes, list) or len(set(purposes)) != len(purposes):
        raise ValidationError(gettext("This must be a list without repeats."))
    if unknown := [purpose for purpose in purposes if purpose not in Purpose.values]:
        raise ValidationError(gettext("Unknown: %s.") % ", ".join(map(str, unknown)))


class CodeManager(models.Manager[Any]):
    """Find a draft by its code, so that fixtures need no numbers."""

    def get_by_natural_key(self, code: str) -> Any:
        """Give the draft with this code, or raise DoesNotExist."""
        return self.get(code=code)
