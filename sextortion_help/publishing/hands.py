"""Who stands behind a change: who typed what is delicate, who may publish, who has looked.

The rule is `lacks_second()`: behind each delicate value stand two people, the one who typed it and
another who may publish. Whoever asks or publishes is taken for who typed it where nobody is known to
have: what came by a file, from a version, or off the site. With one publisher there is nobody to ask.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet

from sextortion_help.publishing.delicate import Delicate, values
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
    touches = [(known.get((kind, pk, each.key)), each.new) for each in found]
    return [touch.user_id if touch and touch.holds(value) else None for touch, value in touches]


def root(draft: Draft) -> Publishable:
    """Give the whole to which a row belongs, read anew from the database."""
    while draft.part_of:
        draft = getattr(draft, draft.part_of)
    found: Publishable = whole(type(draft)).get(pk=draft.pk)
    return found


def standing(draft: Draft) -> dict[str, Any]:
    """Give the delicate values of the whole to which a row belongs, as the database has them now."""
    if not draft.pk and not draft.part_of:
        return {}
    whole_draft = root(draft)
    return values(type(whole_draft), source_of(whole_draft))


def touched(user: Any, draft: Draft, before: dict[str, Any]) -> None:
    """Write down that somebody changed what was `standing()` before."""
    now, whole_draft = standing(draft), root(draft)
    for key in {**before, **now}:
        old, new = before.get(key, ("", ""))[1], now.get(key, ("", ""))[1]
        if old != new:
            Touch.objects.update_or_create(
                kind=whole_draft.content_kind(), draft=whole_draft.pk, key=key[:200],
                defaults={"value": new, "user": user},
            )  # fmt: skip


@contextmanager
def by(user: Any, draft: Draft) -> Iterator[None]:
    """Write down who changes what is delicate in a draft, or in the whole it is part of, meanwhile."""
    before = standing(draft)
    yield
    touched(user, draft, before)


def everything() -> bool:
    """Tell whether the organisation wants a second person for every change."""
    return bool(settings.SECOND_PERSON == "everything")
