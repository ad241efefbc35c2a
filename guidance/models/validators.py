"""Rules that several kinds of guidance share."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator, validate_email
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guidance.choices import SPOKEN, Purpose
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.models import check_list
from sextortion_help.publishing.text import address_faults

# [0-9]: \d would take the digits of every script
number = RegexValidator(r"\A\+?[0-9][0-9 -]*[0-9]\Z", _("Only digits, spaces and hyphens."))

_https = URLValidator(schemes=["https"])


def check_seen(address: str) -> None:
    """Refuse an address that is not what it seems, naming each character that makes it so."""
    if faults := address_faults(address):
        raise ValidationError([f"{fault}." for fault in faults])


def https_only(address: str) -> None:
    """Refuse what is no https address, and one that shows another site's name before an @."""
    check_seen(address)
    _https(address)
    if "@" in urlsplit(address).netloc:
        text = gettext("What stands before the @ is not the site this leads to: %s")
        raise ValidationError(text % address)


def mail_only(address: str) -> None:
    """Refuse what is no address of a mailbox."""
    check_seen(address)
    validate_email(address)


def check_references(text: str) -> None:
    """Refuse a line without a name, or with anything but an https address behind it."""
    for line in filter(None, map(str.strip, text.splitlines())):
        name, start, rest = line.partition("https://")
        if not name.strip() or "http:" in line:
            raise ValidationError(gettext("A name, then an address with https, if any: %s") % line)
        if start:
            https_only(start + rest)


def check_purposes(purposes: object) -> None:
    """Refuse anything but a list of known purposes without repeats."""
    check_list(purposes, Purpose.values)


def check_languages(languages: object) -> None:
    """Refuse anything but a list of this site's languages without repeats."""
    check_list(languages, list(LANGUAGES))


def check_spoken(languages: object) -> None:
    """Refuse anything but a list of languages that services speak without repeats."""
    check_list(languages, list(SPOKEN))


def check_countries(codes: object) -> None:
    """Refuse anything but a list of codes of countries without repeats. Which there are, publishing asks."""
    if not isinstance(codes, list) or not all(isinstance(c, str) and len(c) == 2 for c in codes):
        raise ValidationError(gettext("This must be a list of countries, such as BE."))
    check_list(codes, codes)
