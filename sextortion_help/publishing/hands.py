"""Who stands behind a change: who typed what is delicate, who may publish, who has looked.

The rule is `lacks_second()`: behind each delicate value stand two people, the one who typed it and
another who may publish. Whoever asks or publishes is taken for who typed it where nobody is known to
have: what came by a command, from a version, or off the site. With one publisher there is nobody to ask.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet

from sextortion_help.publishing.delicate import Delicate, Value, kept, values
from sextortion_help.publishing.models import Draft, Publishable, Touch
from sextortion_help.publishing.sources import source_of, whole

BACKEND = "django.contrib.auth.backends.ModelBackend"


def lacks_second(
    hands: Iterable[int | None],
    asked_by: int,
    publishers: Collection[int],
    second: int | None = None,
) -> bool:
    """Tell whether a second person still has to look. Pure: numbers of users only.

    `hands` names who typed each delicate value, None where that is not known. A second person is
    somebody else than who asked, and counts only while they may publish.
    """
    if len(publishers) < 2:
        return False
    lookers = {asked_by, *({second} if second != asked_by else ())} & set(publishers)
    return any(not (lookers - {asked_by if hand is None else hand}) for hand in hands)


def publishers() -> QuerySet[User]:
    """Give those who may publish now: active staff with that right."""
    may = User.objects.with_perm("publishing.add_version", backend=BACKEND)
    return may.filter(is_staff=True)


def is_publisher(user: User) -> bool:
    """Tell whether somebody may publish now."""
    return publishers().filter(pk=user.pk).exists()


type Typed = dict[tuple[str, int, str], Touch]


def typed(pks: Iterable[int]) -> Typed:
    """Give who typed what last in the drafts of these numbers, whatever their kind, with one query."""
    touches = Touch.objects.filter(draft__in=list(pks))
    return {(touch.kind, touch.draft, touch.key): touch for touch in touches}


def hands(known: Typed, kind: str, pk: int, found: Iterable[Delicate]) -> list[int | None]:
    """Give who typed each of these values of a draft, None where nobody is known to have."""
    touches = [(known.get((kind, pk, each.key)), each.kept) for each in found]
    return [touch.user_id if touch and touch.holds(value) else None for touch, value in touches]


type Standing = dict[
    tuple[str, int], dict[str, Value]
]  # by kind and number, as values() gives them


def wholes(drafts: Iterable[Draft]) -> Iterator[Publishable]:
    """Give the wholes to which rows belong, read anew from the database: a few queries a kind."""
    pks: dict[type[Draft], set[int]] = {}
    for row in drafts:
        while row.part_of:
            row = getattr(row, row.part_of)  # noqa: PLW2901  upwards to the whole
        if row.pk:
            pks.setdefault(type(row), set()).add(row.pk)
    for model, wanted in pks.items():
        yield from whole(model).filter(pk__in=wanted)


def standing(*drafts: Draft) -> Standing:
    """Give the delicate values of the wholes to which rows belong, as the database has them now."""
    return {
        (each.content_kind(), each.pk): values(type(each), source_of(each))
        for each in wholes(drafts)
    }


def touched(user: Any, before: Standing, *drafts: Draft) -> None:
    """Write down that somebody changed what was `standing()` before."""
    found: dict[tuple[str, int, str], Touch] = {}
    for (kind, pk), now in standing(*drafts).items():
        then = before.get((kind, pk), {})
        for key in {**then, **now}:
            new = kept(now.get(key))
            if kept(then.get(key)) != new:
                row = Touch(kind=kind, draft=pk, key=key[:200], value=new, user=user)
                found[kind, pk, row.key] = row
    Touch.objects.bulk_create(
        found.values(),
        update_conflicts=True,
        unique_fields=["kind", "draft", "key"],
        update_fields=["value", "user", "at"],
    )


@contextmanager
def by(user: Any, *drafts: Draft) -> Iterator[None]:
    """Write down who changes what is delicate in drafts, or in the wholes they are part of, meanwhile.

    Drafts that are made meanwhile count too: all of theirs is new.
    """
    before = standing(*drafts)
    yield
    touched(user, before, *drafts)


def everything() -> bool:
    """Tell whether the organisation wants a second person for every change."""
    return bool(settings.SECOND_PERSON == "everything")
