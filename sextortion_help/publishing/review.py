"""Who looks after a text or a fact, when a person last checked it, and when to look again."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sextortion_help.publishing.problems import Problem

MOST_UNTIL_REVIEW: Final = timedelta(days=731)
USUAL_INTERVAL: Final = timedelta(days=365)


class Reviewed(models.Model):
    """What is checked by a person now and then. None of it is shown while it is empty."""

    owner = models.CharField(
        _("looked after by"),
        max_length=60,
        blank=True,
        help_text=_("Who keeps it true: a name or a role, such as “Anna” or “legal team”."),
    )
    verified_on = models.DateField(
        _("verified on"),
        null=True,
        blank=True,
        help_text=_("Empty until a person has called or looked."),
    )
    review_by = models.DateField(
        _("review by"),
        null=True,
        blank=True,
        help_text=_("The day by which somebody looks again, within two years: 2027-06-01."),
    )

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


def overdue(draft: Any, today: date) -> Iterator[Problem]:
    """Warn of what should have been looked at again before today. `draft`: of any kind."""
    if isinstance(draft, Reviewed) and draft.review_by and draft.review_by < today:
        text = gettext("%(draft)s should have been reviewed by %(day)s.")
        values = {"draft": draft, "day": draft.review_by}
        yield Problem(text % values, draft.edit_url("review_by"), warning=True)  # type: ignore[attr-defined]  # a draft


def next_review(verified_on: date | None, review_by: date | None, today: date) -> date:
    """Give the day to look again after a check today: as long on as last time, else a year on."""
    kept = review_by - verified_on if verified_on and review_by else USUAL_INTERVAL
    interval = kept if timedelta(0) < kept <= MOST_UNTIL_REVIEW else USUAL_INTERVAL
    return today + interval
