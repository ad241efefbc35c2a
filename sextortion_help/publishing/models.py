"""Versions: what was ever published. Drafts: what staff edit. Publishing turns one into the other."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Final, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from sextortion_help.publishing import markdown, text
from sextortion_help.publishing.content import LANGUAGES, Content, Contents
from sextortion_help.publishing.problems import Problem
from sextortion_help.publishing.release import Release, Touch
from sextortion_help.publishing.review import Reviewed

__all__ = [
    "HIGHEST",
    "LAST",
    "AppendOnly",
    "Draft",
    "DraftManager",
    "Entry",
    "Linked",
    "Publishable",
    "Release",
    "Touch",
    "Version",
    "VersionQuerySet",
    "check_entries",
    "check_list",
]  # fmt: skip


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
    """One object as it was published once. Append-only: a correction is a new row.

    `source` is what the editor wrote (see sources.py), `data` what visitors read. A version from
    before sources were kept has none; its digest is that of its data.
    """

    kind = models.CharField(_("kind"), max_length=20)
    code = models.CharField(_("code"), max_length=60)
    number = models.PositiveIntegerField(_("number"))
    source = models.JSONField(_("source"), null=True)
    data = models.JSONField(_("data"))
    digest = models.CharField(_("digest"), max_length=64)
    # the same for all that was published together
    release = models.UUIDField(_("release"), null=True, db_index=True)
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)
    # null: published by the seed command, on an empty database
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("published by")
    )
    # who else looked; null: nobody had to
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("confirmed by"),
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


class DraftManager(models.Manager[Any]):
    """Find a draft by its natural key, so that fixtures and sources need no numbers."""

    def get_by_natural_key(self, *key: str) -> Any:
        """Give the row whose `natural_fields` have these values, or raise DoesNotExist."""
        fields: tuple[str, ...] = self.model.natural_fields
        return self.get(**dict(zip(fields, key, strict=True)))


class _Last(int):
    """The order of a new row that was given none: it gets the last place when it is saved."""


LAST: Final = _Last()
HIGHEST: Final = 2_147_483_647  # of a PositiveIntegerField, in the smallest database


class Draft(models.Model):
    """A row that staff edit. `edition` counts its saves."""

    natural_fields: ClassVar[tuple[str, ...]] = ("code",)
    parts: ClassVar[tuple[str, ...]] = ()  # the related names of the rows that belong to it
    part_of: ClassVar[str] = ""  # the name of the field that holds the row it belongs to
    inline: ClassVar[bool] = False  # edited on the form of the row it belongs to
    translated: ClassVar[tuple[str, ...]] = ()  # its texts, in the order of its form
    markdown_fields: ClassVar[tuple[str, ...]] = ()  # those of them that are Markdown
    names: ClassVar[tuple[str, ...]] = ()  # those that may be the same in every language
    code_for_life: ClassVar[bool] = False
    # what visitors fill in, by the text in which they can: {address}
    blanks: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    delicate: ClassVar[
        tuple[str, ...]
    ] = ()  # columns whose change a second person sees: delicate.py
    # younger than kept sources, which lack them: left out of a source while they are empty, so that
    # what was published before them still equals its draft
    young: ClassVar[tuple[str, ...]] = ()

    code: Any  # each kind has its own rule for what a code looks like
    order: Any  # its place among its siblings
    edition = models.PositiveIntegerField(default=0, editable=False)

    objects = DraftManager()

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not args and "order" not in kwargs:
            self.order = LAST
        self._code_was_made = not args and "code" not in kwargs

    def __str__(self) -> str:
        return str(self.code)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and isinstance(self.order, _Last):
            highest = self.siblings().aggregate(highest=models.Max("order"))["highest"]
            self.order = min((highest or 0) + 10, HIGHEST)
        self._take_free_code()
        self.edition += 1
        self.tidy()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        self.tidy()
        self._take_free_code()

    def _take_free_code(self) -> None:
        """Give a new row another code when a sibling has the one that was made for it."""
        make: Any = self._meta.get_field("code").default  # type: ignore[union-attr]  # a column
        owner = getattr(self, self.part_of, None) if self.part_of else None
        made = self._state.adding and self._code_was_made and make is not models.NOT_PROVIDED
        if made and owner is not None and owner.pk:  # else it has no siblings yet
            taken = set(self.siblings().values_list("code", flat=True))
            while self.code in taken:
                self.code = make()

    def tidy(self) -> None:
        """Bring every text into its one form: spaces, line ends, what cannot be seen."""
        forms: dict[str, Callable[[str], str]] = {
            field.name: text.normalise
            for field in self._meta.concrete_fields
            if isinstance(field, models.TextField)
        }
        for name in self.translated:
            form = markdown.normalise if name in self.markdown_fields else text.normalise
            forms |= {f"{name}_{code}": form for code in LANGUAGES}
        for column in forms.keys() - set(self.translated):  # which stand for the active language
            if written := getattr(self, column):
                setattr(self, column, forms[column](written))

    def siblings(self) -> models.QuerySet[Any]:
        """Give the rows among which it has its place, in their order, itself included."""
        ordering = [str(name) for name in self._meta.ordering or ()]
        within = ordering[: ordering.index("order")] if "order" in ordering else []
        wanted = {name: getattr(self, name) for name in within}
        return type(self)._default_manager.filter(**wanted)

    def natural_key(self) -> tuple[str, ...]:
        """Give the values of `natural_fields`."""
        key: list[str] = []
        for path in self.natural_fields:
            value: Any = self
            for name in path.split("__"):
                value = getattr(value, name)
            key.append(str(value))
        return tuple(key)

    def frozen(self) -> dict[str, Any]:
        """Give the fields of its content that are not read off the columns of the same name."""
        return {}

    def edit_url(self, field: str = "") -> str:
        """Give the address of the form in the admin where this row is edited, at `field`."""
        if self.inline:
            parent = getattr(self, self.part_of)
            owner: Any = self._meta.get_field(self.part_of)
            siblings: str = owner.remote_field.related_name
            place = [row.pk for row in getattr(parent, siblings).all()].index(self.pk)
            return str(parent.edit_url(f"{siblings}-{place}-{field}" if field else ""))
        name = f"admin:{self._meta.app_label}_{self._meta.model_name}_change"
        return reverse(name, args=[self.pk]) + (f"#id_{field}" if field else "")

    @property
    def seen_at(self) -> tuple[dict[str, str], str]:
        """Give what a visitor sends to the page of its whole to see this row, and the fragment there."""
        return {}, ""

    def rows(self) -> Iterator["Draft"]:
        """Give this row and all that belong to it, in their order."""
        yield self
        for name in self.parts:
            for part in getattr(self, name).all():
                yield from part.rows()


class Publishable(Draft):
    """A draft that is published as a whole, together with the rows that belong to it."""

    content_class: ClassVar[type[Content]]
    reader: Any = ""  # for whom its texts are: an audience of guidance.choices
    order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        abstract = True

    @classmethod
    def content_kind(cls) -> str:
        """Name this kind of content: "page", "service", "selfcheck" …"""
        return str(cls._meta.model_name)

    @classmethod
    def lacking(cls, now: Contents, after: Contents) -> list[str]:
        """Name what the whole site needs of this kind, and would lack for the first time."""
        return []

    def problems(self, content: Any, after: Contents) -> list[Problem]:
        """Say what only this kind of content can have wrong. `after` is what would be live with it.

        What every kind has is checked in checks/.
        """
        return []

    @classmethod
    def clashes(cls, name: str, content: Any, after: Contents) -> list[str]:
        """Say what of a content, called `name`, does not go with what else would be live.

        Asked of an old version that is to be put back: it was alone with others when it was published.
        `problems()` says the same of a draft, with the field to look at.
        """
        return []

    def called(self, language: str) -> str:
        """Give its name in a language, else in the first in which it has one, else its code."""
        name = next((own for own in ("title", "name") if hasattr(self, own)), self.translated[0])
        if name not in self.translated:
            return str(getattr(self, name)) or str(self.code)
        written = (getattr(self, f"{name}_{code}") for code in (language, *LANGUAGES))
        return next(filter(None, written), None) or str(self.code)

    @property
    def called_here(self) -> str:
        """Its name for who reads this page of the desk."""
        return self.called(get_language() or "")

    @property
    def used_in(self) -> tuple[str, ...]:
        """The codes of the countries it is for; () for all."""
        return ()

    def read_back(self) -> str:
        """Give HTML that tells the editor what a field means, such as opening hours; "" for nothing."""
        return ""

    def versions(self) -> VersionQuerySet:
        """All versions of this object, newest first."""
        return Version.objects.filter(kind=self.content_kind(), code=self.code)

    def clean(self) -> None:
        super().clean()
        code = self._loaded_code
        if (
            code
            and code != self.code
            and Version.objects.filter(kind=self.content_kind(), code=code)
        ):
            text = gettext("This code was published; it stays “%s” for ever.")
            raise ValidationError({"code": text % code})

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        """Remember under which code the row stands in the database."""
        draft = super().from_db(*args, **kwargs)
        draft._loaded_code = draft.code
        return draft

    _loaded_code: str | None = None


class Entry(models.TextChoices):
    """From where the site itself links to a page or a quiz."""

    HELP = "help", _("“Help now”, on every page")
    DOOR = "door", _("the doors of the home")
    FURTHER = "further", _("“It has gone further”, on the home")
    FOOTER = "footer", _("the foot of every page")


def check_entries(entries: object) -> None:
    """Refuse anything but a list of known entries without repeats."""
    check_list(entries, Entry.values)


def check_list(chosen: object, known: list[str]) -> None:
    """Refuse anything but a list of known values without repeats."""
    if not isinstance(chosen, list) or len(set(map(str, chosen))) != len(chosen):
        raise ValidationError(gettext("This must be a list without repeats."))
    if unknown := [value for value in chosen if value not in known]:
        raise ValidationError(gettext("Unknown: %s.") % ", ".join(map(str, unknown)))


class Linked(Reviewed, Publishable):
    """A draft that the site itself links to, such as from the home or the foot of every page."""

    young: ClassVar[tuple[str, ...]] = ("owner", "verified_on", "review_by")

    entries = models.JSONField(
        _("linked from"), default=list, blank=True, validators=[check_entries]
    )
    entry_title = models.CharField(
        _("words of the link"), max_length=80, blank=True, help_text=_("Empty: the title.")
    )
    entry_text = models.CharField(
        _("line under the link"), max_length=160, blank=True, help_text=_("Only on doors.")
    )

    class Meta:
        abstract = True
