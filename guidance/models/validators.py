"""Rules that several kinds of guidance share."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext

from guidance.choices import Purpose
from sextortion_help.publishing.models import check_list

_https = URLValidator(schemes=["https"])


def https_only(address: str) -> None:
    """Refuse what is no https address, and one that shows another site's name before an @."""
    _https(address)
    if "@" in urlsplit(address).netloc:
        text = gettext("What stands before the @ is not the site this leads to: %s")
        raise ValidationError(text % address)


def check_purposes(purposes: object) -> None:
    """Refuse anything but a list of known purposes without repeats."""
    check_list(purposes, Purpose.values)
