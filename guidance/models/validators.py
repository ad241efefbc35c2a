"""Rules that several kinds of guidance share."""

from django.core.validators import URLValidator

from guidance.choices import Purpose
from sextortion_help.publishing.models import check_list

https_only = URLValidator(schemes=["https"])


def check_purposes(purposes: object) -> None:
    """Refuse anything but a list of known purposes without repeats."""
    check_list(purposes, Purpose.values)
