"""Versions: what was ever published. Drafts: what staff edit. Publishing turns one into the other."""

import hashlib
import json
from typing import TYPE_CHECKING, Any, ClassVar, Self

import msgspec
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sextortion_help.publishing.content import Content
from sextortion_help.publishing.problems import Problem

if TYPE_CHECKING:
    from sextortion_help.publishing.live import Live


class AppendOnly(Exception):
    """Somebody tried to change or delete a Version. The database refuses it too, see guards.py."""


class VersionQuerySet(models.QuerySet["Version"]):
    def newest(self) -> Self:
        """The newest row of each object, retired or not."""
        newest = Version.objects.values("kind", "code").annotate(newest=models.Max("id"))
        return self.filter(id__in=newest.values("newest"))

    def update(self, **fields: Any) -> int:
        raise AppendOnly("a Version is never updated")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly("a Version is never deleted")


class Version(models.Model):
    """One object as it was published once. Append-only: a correction is a new row."""

    kind = models.CharField(_("kind"), max_length=20)
    code = models.CharField(_("code"), max_length=60)
    number = models.PositiveIntegerField(_("number"))
    data = models.JSONField(_("data"))
    digest = models.CharField(_("digest"), max_length=64)
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)
    # null: published by the seed command, on an empty database
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("published by")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    retired = models.BooleanField(_("retired"), default=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            models.UniqueConstraint(fields=["kind", "code", "number"], name="version_number_once")
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.code} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise AppendOnly("a Version is never updated")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnly("a Version is never deleted")


class Draft(models.Model):
    """A row that staff edit. `edition` counts its saves, so that a second editor can be warned."""

    edition = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.edition += 1
        super().save(*args, **kwargs)

    def edit_url(self, field: str = "") -> str:
        """Give the address of this row's form in the admin, at `field`."""
        name = f"admin:{self._meta.app_label}_{self._meta.model_name}_change"
        return reverse(name, args=[self.pk]) + (f"#id_{field}" if field else "")


class Publishable(Draft):
    """A draft that is published as a whole, together with the rows that belong to it."""

    content_class: ClassVar[type[Content]]

    code: Any  # each kind has its own rule for what a code looks like

    class Meta:
        abstract = True

    @classmethod
    def content_kind(cls) -> str:
        """Name this kind of content: "page", "service", "quiz" …"""
        return str(cls._meta.model_name)

    def content(self) -> Content:
        """Freeze the draft. A missing text is frozen as "", so that a draft can be previewed."""
        raise NotImplementedError

    def problems(self, after: "Live") -> list[Problem]:
        """Say what is wrong with the draft, seen against `after`: what would be live with it."""
        raise NotImplementedError

    def as_data(self) -> dict[str, Any]:
        """Give the frozen draft as the plain values that a Version stores."""
        data: dict[str, Any] = msgspec.to_builtins(self.content())
        return data

    def versions(self) -> VersionQuerySet:
        """All versions of this object, newest first."""
        return Version.objects.filter(kind=self.content_kind(), code=self.code)

    @property
    def state(self) -> str:
        """One of: never published, retired, live, draft differs; in the editor's language."""
        newest = self.versions().first()
        if newest is None:
            return gettext("never published")
        if newest.retired:
            return gettext("retired")
        if newest.digest == digest(self.as_data()):
            return gettext("live")
        return gettext("draft differs")

    def clean(self) -> None:
        super().clean()
        if self.pk:
            before = type(self)._default_manager.get(pk=self.pk).code
            if before != self.code and Version.objects.filter(
                kind=self.content_kind(), code=before
            ):
                raise ValidationError(
                    {"code": gettext("This code was published; it stays “%s” for ever.") % before}
                )


def digest(data: dict[str, Any]) -> str:
    """Give the SHA-256 of a version's data: equal data, equal digest, whatever the order of its keys."""
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
