"""What staff did that no version and no save tells: the record. And the links that let somebody in."""

from datetime import timedelta
from typing import Any, Final, Self

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LINK_LASTS: Final = timedelta(days=3)
_SALT: Final = "people.way"


class OnlyGrows(Exception):
    """Somebody tried to change or delete a row of the record. The database refuses it too, see guards.py."""


class Act(models.TextChoices):
    """What a row of the record says that somebody did."""

    LOGIN = "login", _("logged in")
    FAILED = "failed", _("log-in refused")
    PROVED = "proved", _("proved who it is")
    PASSWORD = "password", _("chose a password")
    FACTOR = "factor", _("set up a second factor")
    CODES = "codes", _("made recovery codes")
    PEOPLE = "people", _("let somebody in")
    EXPORT = "export", _("took content out")


class RecordQuerySet(models.QuerySet["Record"]):
    def update(self, **fields: Any) -> int:
        raise OnlyGrows("the record is never updated")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise OnlyGrows("the record is never deleted")


class Record(models.Model):
    """One thing that a member of staff did. Append-only, and nothing about a visitor.

    Saves are rows of Django's own log, publications are versions: record.py reads all three as one.
    """

    append_only = True  # read by publishing/guards.py, which makes the database refuse the rest

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    # null: what nobody who is logged in did, such as a command
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    act = models.CharField(_("what"), max_length=10, choices=Act.choices)
    about = models.CharField(_("about"), max_length=200, blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("record")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.user} {self.act} {self.about}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise OnlyGrows("the record is never updated")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise OnlyGrows("the record is never deleted")


def note(act: Act, user: Any, about: str = "") -> None:
    """Write in the record what somebody did. `user` may be nobody, such as in a command."""
    known = user if isinstance(getattr(user, "pk", None), int) else None
    Record.objects.create(act=act, user_id=known and known.pk, about=about[:200])


class Why(models.TextChoices):
    """For what a link is."""

    INVITATION = "invitation", _("a new member of staff")
    PASSWORD = "password", _("lost the password")
    FACTOR = "factor", _("lost the phone and the recovery codes")
    BOTH = "both", _("lost the password and the phone")
    PUBLISHER = "publisher", _("becomes a publisher")

    @property
    def new_password(self) -> bool:
        """Tell whether who follows the link chooses a password."""
        return self in (Why.INVITATION, Why.PASSWORD, Why.BOTH)

    @property
    def new_factor(self) -> bool:
        """Tell whether who follows the link sets up a second factor without the old one."""
        return self in (Why.INVITATION, Why.FACTOR, Why.BOTH)


LOST: Final = (Why.PASSWORD, Why.FACTOR, Why.BOTH)


class WayQuerySet(models.QuerySet["Way"]):
    def waiting(self) -> Self:
        """Those that a second person must agree to, newest first."""
        return self.filter(agreed_at=None, closed_at=None).order_by("-id")

    def close(self) -> int:
        """Make links useless that were not used."""
        return self.filter(closed_at=None).update(closed_at=timezone.now())


class Way(models.Model):
    """A way in for one person, by a link: made by one member of staff, agreed to by another.

    The link itself is kept nowhere: it is signed, says which row it is, and works once.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="ways", verbose_name=_("for whom"))
    why = models.CharField(_("why"), max_length=10, choices=Why.choices)
    made_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("asked by")
    )
    made_at = models.DateTimeField(_("asked at"), default=timezone.now)
    agreed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("agreed by")
    )
    agreed_at = models.DateTimeField(_("agreed at"), null=True)
    closed_at = models.DateTimeField(_("used or withdrawn at"), null=True)

    objects = WayQuerySet.as_manager()

    class Meta:
        verbose_name = _("way in")
        verbose_name_plural = _("ways in")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.user}: {Why(self.why).label}"

    def token(self) -> str:
        """Give the secret part of its link."""
        return signing.dumps(self.pk, salt=_SALT)

    @classmethod
    def opened_by(cls, token: str) -> "Way | None":
        """Give the way that a link opens; None when it is forged, old, used, or not agreed to."""
        try:
            pk = signing.loads(token, salt=_SALT, max_age=LINK_LASTS)
        except signing.BadSignature:
            return None
        open_ways = cls._default_manager.filter(agreed_at__isnull=False, closed_at=None)
        way = open_ways.select_related("user").filter(pk=pk).first()
        return way if way and way.user.is_active and way.user.is_staff else None
