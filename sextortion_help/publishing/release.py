"""What was asked to go live together and is not decided or not due yet; and who typed what is delicate.

Re-exported by models.py. What it means is in releases.py and hands.py.
"""

from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class ReleaseQuerySet(models.QuerySet["Release"]):
    def waiting(self) -> Self:
        """Those for which somebody who may publish has to look, oldest first."""
        return self.filter(state=Release.State.WAITING).order_by("asked_at")

    def scheduled(self) -> Self:
        """Those that wait for their moment, the next one first."""
        return self.filter(state=Release.State.SCHEDULED).order_by("due")

    def stuck(self) -> Self:
        """Those whose moment came, and whose checks failed: releases.why_not() says which."""
        return self.scheduled().filter(tried_at__isnull=False)


class Release(models.Model):
    """Objects of any kinds that go live, back, or off the site together, under one name.

    `rows` is what was asked for, a row an object (see releases.py). Once it is published its `id` is
    the `release` of its versions.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for a second person")
        SCHEDULED = "scheduled", _("goes live at its time")
        PUBLISHED = "published", _("published")
        DECLINED = "declined", _("declined")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    rows = models.JSONField(_("objects"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"))
    due = models.DateTimeField(_("goes live at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    answer = models.CharField(_("answer"), max_length=200, blank=True)
    # when it was last tried in vain, though its time had come
    tried_at = models.DateTimeField(_("tried at"), null=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return self.name or self.objects_named

    @property
    def objects_named(self) -> str:
        """Name what it is about, for the reader: its first objects, with their kinds and codes."""
        return ", ".join(map(_called, self.rows[:3]))

    def page_url(self) -> str:
        """Give the address of the page on which it is looked at, confirmed or declined."""
        return reverse("admin:release", args=[self.pk])


def _called(row: Any) -> str:
    """Name an object of a release as it names itself, for the reader, with its kind and code."""
    source, language = row["source"] or {}, get_language()
    keys = (f"title_{language}", f"name_{language}", "name")
    name = next((source[key] for key in keys if source.get(key)), "")
    code = f"{row['kind']} {row['code']}"
    return f"{name} ({code})" if name else code


class Touch(models.Model):
    """Who typed a delicate value last: a key of delicate.py, in the draft of a kind and number."""

    kind = models.CharField(max_length=20)
    draft = models.PositiveBigIntegerField()
    key = models.CharField(max_length=200)
    value = models.TextField(blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "draft", "key"], name="touch_once")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.draft} {self.key}"

    def holds(self, value: str) -> bool:
        """Tell whether this is still what stands there: if not, something else wrote it since."""
        return self.value == value
