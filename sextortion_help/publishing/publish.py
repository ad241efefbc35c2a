"""Publishing: drafts checked and frozen, old versions brought back, objects taken off the site."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils.translation import gettext

from sextortion_help.publishing.content import Linked
from sextortion_help.publishing.delicate import Delicate, delicate
from sextortion_help.publishing.freezing import as_data, publishable_models
from sextortion_help.publishing.hands import everything, hands, lacks_second, publishers, typed
from sextortion_help.publishing.live import refresh
from sextortion_help.publishing.models import Entry, Publishable, Version
from sextortion_help.publishing.planning import Row, Together, known, newest_versions, planned
from sextortion_help.publishing.problems import Problem, Refused
from sextortion_help.publishing.review import next_review
from sextortion_help.publishing.sources import digest


class SecondPersonNeeded(Refused):
    """A second person has to look first, and nothing happened. Carries what would have."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__([Problem(gettext("A second person has to look at this first."))])
        self.rows = rows


def publish(
    drafts: Sequence[Publishable], user: User | None, note: str, looked_at: str = ""
) -> list[Version]:
    """Publish several drafts, of any kinds, in one transaction: a visitor sees all of them or none.

    A draft equal to its live version gets no new one. Raises Refused, and publishes nothing, when any
    draft has a problem that is not a warning, or when `looked_at`, as `seen()` gives it, is not what
    is there any more; SecondPersonNeeded, when somebody else has to look first.
    """
    return carry_out(Together(drafts=drafts), user, note, looked_at=looked_at)


def carry_out(
    together: Together,
    user: User | None,
    note: str,
    *,
    looked_at: str = "",
    second: User | None = None,
    release: UUID | None = None,
) -> list[Version]:
    """Let all of this happen in one transaction. Raises Refused or SecondPersonNeeded, and does nothing.

    Every way to the public passes here. `user` is None for what no person asked for: the shipped content.
    """
    with alone():
        rows = planned(together, looked_at)
        if user and lacking_second(rows, user, second):
            raise SecondPersonNeeded(rows)
        return _append(rows, user, note, second, release or uuid4())


def lacking_second(
    rows: Sequence[Row], user: User, second: User | None = None
) -> dict[tuple[str, str], list[Delicate]]:
    """Give the delicate changes behind which only one person would stand, by kind and code."""
    found = delicate_changes(rows)
    may = set(publishers().values_list("pk", flat=True)) if found else set()
    known = typed(row.pk for row in rows if row.pk) if len(may) > 1 else {}
    number = second.pk if second else None
    return {
        (row.kind, row.code): changed
        for row in rows
        if (changed := found.get((row.kind, row.code)))
        and lacks_second(hands(known, row.kind, row.pk or 0, changed), user.pk, may, number)
    }


def delicate_changes(rows: Sequence[Row]) -> dict[tuple[str, str], list[Delicate]]:
    """Give what these rows change and needs a second person, by kind and code."""
    models = {model.content_kind(): model for model in publishable_models()}
    live = newest_versions([(row.kind, row.code) for row in rows])
    found = dict[tuple[str, str], list[Delicate]]()
    for row in rows:
        last = live.get((row.kind, row.code))
        if says_nothing_new(last, row):
            continue
        old = {} if last is None or last.retired else last.source or {"code": row.code}
        changed = delicate(models[row.kind], old, {} if row.retired else row.source or {})
        if everything() and not changed:
            changed = [Delicate("", gettext("Other words"), "", "")]
        if changed:
            found[row.kind, row.code] = changed
    return found


def write_dates(drafts: Iterable[Any], today: date) -> None:
    """Write into drafts, of kinds that have dates, that they were checked today, and when to look again."""
    for draft in drafts:
        draft.review_by = next_review(draft.verified_on, draft.review_by, today)
        draft.verified_on = today
        draft.save(update_fields=["verified_on", "review_by", "edition"])


def publish_dates(drafts: Sequence[Any], user: User, today: date, note: str) -> list[Version]:
    """Do as `write_dates()`, and publish what is live again with these dates, and nothing else of the draft.

    What is not live, or is from another program, has its dates in the draft only. No problem of a draft
    stops it.
    """
    with alone():
        write_dates(drafts, today)
        live = newest_versions((draft.content_kind(), draft.code) for draft in drafts)
        rows = []
        for draft in drafts:
            version = live.get((draft.content_kind(), draft.code))
            if version and version.source is not None and not version.retired and known(version):
                dates = {"verified_on": today.isoformat(), "review_by": draft.review_by.isoformat()}
                shown = {name: day for name, day in dates.items() if name in version.data}
                source, data = {**version.source, **dates}, {**version.data, **shown}
                rows.append(Row(version.kind, version.code, source, data))
        return _append(rows, user, note, None, uuid4())


def release_before(release: UUID) -> list[Version]:
    """Give the version each object of a release had before it. What it had not, is left out."""
    older = [
        Version.objects.filter(kind=version.kind, code=version.code, number__lt=version.number)
        for version in Version.objects.filter(release=release)
    ]
    return [before for versions in older if (before := versions.first())]


def undone(release: UUID) -> Together:
    """Give what undoes a release. Raises Refused when one of its objects was published again since."""
    versions = list(Version.objects.filter(release=release))
    newest = set(Version.objects.newest().values_list("id", flat=True))
    if since := [version for version in versions if version.id not in newest]:
        text = gettext("“%s” was published again since.")
        raise Refused([Problem(text % version.code) for version in since])
    back = [version for version in release_before(release) if not version.retired]
    kept = {(version.kind, version.code) for version in back}
    return Together(
        back=back, gone=[each for each in versions if (each.kind, each.code) not in kept]
    )


def leaving(draft: Publishable) -> Version:
    """Give the live version of what is to go off the site. Raises Refused when it cannot."""
    newest = draft.versions().first()
    if newest is None or newest.retired:
        raise Refused([Problem(gettext("%s is not live.") % draft, draft.edit_url())])
    content = known(newest)
    if isinstance(content, Linked) and content.entries:
        text = gettext("The site itself links to it from here: %s. Take it out of there first.")
        places = ", ".join(str(Entry(entry).label) for entry in content.entries)
        raise Refused([Problem(text % places, draft.edit_url("entries"))])
    return newest


@contextmanager
def alone() -> Iterator[None]:
    """Do something in one transaction while nobody else publishes."""
    with transaction.atomic():
        # Without the lock, two publishes could commit in the other order than they took their ids, and
        # a process that saw the higher id first would never look for the lower one.
        # SQLite has one writer at a time anyway (transaction_mode IMMEDIATE in the settings).
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE publishing_version IN SHARE ROW EXCLUSIVE MODE")
        yield


def _append(
    rows: Sequence[Row], user: User | None, note: str, second: User | None, release: UUID
) -> list[Version]:
    newest = newest_versions([(row.kind, row.code) for row in rows])
    versions = []
    for row in rows:
        last = newest.get((row.kind, row.code))
        if says_nothing_new(last, row):
            continue
        versions.append(
            Version(
                kind=row.kind,
                code=row.code,
                number=last.number + 1 if last else 1,
                source=row.source,
                data=row.data,
                digest=digest(row.data if row.source is None else row.source),
                release=release,
                published_by=user,
                confirmed_by=second,
                note=note,
                retired=row.retired,
            )
        )
    transaction.on_commit(refresh)
    return Version.objects.bulk_create(versions)


def says_nothing_new(last: Version | None, row: Row) -> bool:
    """Tell whether a row is what the newest version of its object is already."""
    if last is None or last.retired != row.retired:
        return False
    if last.source is not None:
        return bool(last.source == row.source and last.data == row.data)
    content = known(last)
    return content is not None and as_data(content) == row.data
