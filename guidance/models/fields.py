"""A field of our own: a number as it is dialled, however it was pasted."""

from typing import Any

from django.db import models

from sextortion_help.publishing.text import plain_number


class PhoneField(models.CharField):  # type: ignore[type-arg]  # of str
    """Text with ordinary digits, spaces and hyphens, before anything is checked."""

    def to_python(self, value: Any) -> Any:
        return plain_number(value) if isinstance(value, str) else super().to_python(value)
