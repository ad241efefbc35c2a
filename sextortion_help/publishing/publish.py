"""Publishing: drafts checked and frozen, old versions brought back, objects taken off the site."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import msgspec
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils.translation import gettext

from sextortion_help.publishing.checks import problems_of
from sextortion_help.publishing.checks.recent import recent_problems
from sextortion_help.publishing.content import Content, Contents, Linked
from sextortion_help.publishing.freezing import as_data, content_of, freeze, publishable_models
from sextortion_help.publishing.links import dead_links, losses
from sextortion_help.publishing.live import from_database, refresh
from sextortion_help.publishing.models import Entry, Publishable, Version
from sextortion_help.publishing.places import at, countries
from sextortion_help.publishing.problems import Problem, Refused
from sextortion_help.publishing.review import next_review
from sextortion_help.publishing.sources import Source, digest, source_of, whole


@dataclass(frozen=True)
class Frozen:
    """A draft as it was read once: what is checked, shown and published is this and nothing else."""

    draft: Publishable
    source: Source
    content: Content


def read(drafts: Iterable[Publishable]) -> list[Frozen]:
    """Read drafts with all that belongs to them and freeze them: a fixed number of queries a kind."""
    chosen: dict[type[Publishable], list[int]] = {}
    for draft in drafts:
        chosen.setdefault(type(draft), []).append(draft.pk)
    return [
        Frozen(draft, source_of(draft), freeze(draft))
        for model in publishable_models()
        if model in chosen
        for draft in whole(model).filter(pk__in=chosen[model])
    ]


def seen(frozen: Iterable[Frozen]) -> str:
    """Tell what an editor has looked at from what was saved since, whichever row of it."""
    return digest([one.source for one in frozen])


def newest_versions(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Version]:
    """Give the newest version of each of these objects, by kind and code, with one query."""
    wanted = set(keys)
    found = Version.objects.newest().filter(code__in={code for _, code in wanted})
    versions = {(version.kind, version.code): version for version in found}
    return {key: versions[key] for key in wanted & versions.keys()}


def check(frozen: Sequence[Frozen]) -> list[Problem]:
    """Say what keeps these drafts from being published together, and what needs a second look."""
    live = newest_versions((one.draft.content_kind(), one.content.code) for one in frozen)
    sources = {key: version.source for key, version in live.items() if not version.retired}
    return _problems(frozen, from_database()) + [
        problem
        for one in frozen
        if (source := sources.get((one.draft.content_kind(), one.content.code)))
        for problem in recent_problems(one.draft, one.source, source)
    ]


def publish(
    drafts: Sequence[Publishable], user: User | None, note: str, looked_at: str = ""
) -> list[Version]:
    """Publish several drafts, of any kinds, in one transaction: a visitor sees all of them or none.

    A draft equal to its live version gets no new one. Raises Refused, and publishes nothing, when any
    draft has a problem that is not a warning, or when `looked_at`, as `seen()` gives it, is not what
    is there any more.
    """
    with transaction.atomic():
        _one_publish_at_a_time()
        frozen = read(drafts)
        if looked_at and looked_at != seen(frozen):
            text = gettext("A draft was saved since you looked. Look again, then publish.")
            raise Refused([Problem(text)])
        problems = _problems(frozen, from_database())
        if refusals := [problem for problem in problems if not problem.warning]:
            raise Refused(refusals)
        return _append([_row(one) for one in frozen], user, note)


def publish_again(version: Version, user: User, note: str) -> list[Version]:
    """Roll back: publish the data of an old version as a new one. The draft stays as it is.

    Raises Refused when this program cannot read the old version, when it links to something that is
    no longer live, or when it lacks what other live content needs.
    """
    with transaction.atomic():
        _one_publish_at_a_time()
        return _append(_brought_back([version]), user, note)


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
    with transaction.atomic():
        _one_publish_at_a_time()
        write_dates(drafts, today)
        live = newest_versions((draft.content_kind(), draft.code) for draft in drafts)
        rows = []
        for draft in drafts:
            version = live.get((draft.content_kind(), draft.code))
            if version and version.source is not None and not version.retired and _known(version):
                dates = {"verified_on": today.isoformat(), "review_by": draft.review_by.isoformat()}
                shown = {name: day for name, day in dates.items() if name in version.data}
                source, data = {**version.source, **dates}, {**version.data, **shown}
                rows.append(_Row(version.kind, version.code, source, data))
        return _append(rows, user, note)


def release_before(release: UUID) -> list[Version]:
    """Give the version each object of a release had before it. What it had not, is left out."""
    older = [
        Version.objects.filter(kind=version.kind, code=version.code, number__lt=version.number)
        for version in Version.objects.filter(release=release)
    ]
    return [before for versions in older if (before := versions.first())]


def roll_back(release: UUID, user: User, note: str) -> list[Version]:
    """Undo everything that was published together: each object is as it was before, or off the site.

    Raises Refused, and changes nothing, when one of them was published again since, or as
    `publish_again()` and `retire()` do.
    """
    with transaction.atomic():
        _one_publish_at_a_time()
        versions = list(Version.objects.filter(release=release))
        newest = set(Version.objects.newest().values_list("id", flat=True))
        if since := [version for version in versions if version.id not in newest]:
            text = gettext("“%s” was published again since.")
            raise Refused([Problem(text % version.code) for version in since])
        before = release_before(release)
        back = [version for version in before if not version.retired]
        kept = {(version.kind, version.code) for version in back}
        new = [version for version in versions if (version.kind, version.code) not in kept]
        return _append(_brought_back(back, new), user, note)


def retire(draft: Publishable, user: User, note: str) -> list[Version]:
    """Take an object off the site: append a retired version.

    Raises Refused, naming them, while other live content or the site itself needs it, or when it is
    not live.
    """
    with transaction.atomic():
        _one_publish_at_a_time()
        newest = draft.versions().first()
        if newest is None or newest.retired:
            raise Refused([Problem(gettext("%s is not live.") % draft, draft.edit_url())])
        content = _known(newest)
        if isinstance(content, Linked) and content.entries:
            text = gettext("The site itself links to it from here: %s. Take it out of there first.")
            places = ", ".join(str(Entry(entry).label) for entry in content.entries)
            raise Refused([Problem(text % places, draft.edit_url("entries"))])
        return _append(_brought_back([], [newest]), user, note)


@dataclass(frozen=True)
class _Row:
    kind: str
    code: str
    source: Source | None
    data: dict[str, Any]
    retired: bool = False


def _row(one: Frozen) -> _Row:
    return _Row(one.draft.content_kind(), one.content.code, one.source, as_data(one.content))


def _brought_back(back: Sequence[Version], gone: Sequence[Version] = ()) -> list[_Row]:
    """Give what puts these versions back and takes those off the site. Raises Refused."""
    now = from_database()
    contents = [_readable(version) for version in back]
    taken = [
        now.items.get((type(content), content.code)) for content in map(_known, gone) if content
    ]
    after = now.plus(contents).minus(filter(None, taken))
    text = gettext("Version %(number)d links to %(link)s, which is not live.")
    problems = [
        Problem(text % {"number": version.number, "link": link})
        for version, content in zip(back, contents, strict=True)
        for link in dead_links(content, after)
    ]
    if problems := [*problems, *_losses(now, after)]:
        raise Refused(problems)
    rows = [(version, False) for version in back] + [(version, True) for version in gone]
    return [
        _Row(version.kind, version.code, version.source, version.data, retired)
        for version, retired in rows
    ]


def _readable(version: Version) -> Content:
    content = _known(version)
    if content is None:
        text = gettext("Version %d was published by another version of the program.")
        raise Refused([Problem(text % version.number)])
    return content


def _known(version: Version) -> Content | None:
    try:
        return content_of(version)
    except (msgspec.ValidationError, KeyError):
        return None


def _problems(frozen: Sequence[Frozen], now: Contents) -> list[Problem]:
    after = now.plus(one.content for one in frozen)
    problems = [problem for one in frozen for problem in problems_of(one.draft, one.content, after)]
    return [*problems, *_dead_in_places(frozen, after), *_losses(now, after)]


def _dead_in_places(frozen: Sequence[Frozen], after: Contents) -> Iterator[Problem]:
    """Name each link that leads nowhere for the readers of one country."""
    for country in countries(after):
        here = at(after, country)
        for one in frozen:
            content = here.items.get((type(one.content), one.content.code))
            for path in dead_links(content, here) if content else ():
                if after.has_path(path):
                    text = gettext(
                        "In %(country)s, “%(code)s” links to %(path)s, which is not for there."
                    )
                    values = {"country": country, "code": one.content.code, "path": path}
                    yield Problem(text % values, one.draft.edit_url())


def _losses(now: Contents, after: Contents) -> Iterator[Problem]:
    """Name what the rest of the site has now and would lack."""
    for content, path in losses(now, after):
        text = gettext("“%(code)s” links to %(path)s, which would not be live any more.")
        yield Problem(text % {"code": content.code, "path": path})
    for country in countries(after):
        for content, path in losses(at(now, country), at(after, country)):
            if after.has_path(path):
                text = gettext(
                    "In %(country)s, “%(code)s” links to %(path)s, which is not for there."
                )
                yield Problem(text % {"country": country, "code": content.code, "path": path})
    for model in publishable_models():
        for lack in model.lacking(now, after):
            yield Problem(gettext("The site would be left without %s.") % lack)


def _one_publish_at_a_time() -> None:
    # Without the lock, two publishes could commit in the other order than they took their ids, and
    # a process that saw the higher id first would never look for the lower one.
    # SQLite has one writer at a time anyway (transaction_mode IMMEDIATE in the settings).
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE publishing_version IN SHARE ROW EXCLUSIVE MODE")


def _append(rows: Sequence[_Row], user: User | None, note: str) -> list[Version]:
    newest = newest_versions([(row.kind, row.code) for row in rows])
    release = uuid4()
    versions = []
    for row in rows:
        last = newest.get((row.kind, row.code))
        if last and last.retired == row.retired and _same(last, row):
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
                note=note,
                retired=row.retired,
            )
        )
    transaction.on_commit(refresh)
    return Version.objects.bulk_create(versions)


def _same(newest: Version, row: _Row) -> bool:
    if newest.source is not None:
        return bool(newest.source == row.source and newest.data == row.data)
    content = _known(newest)
    return content is not None and as_data(content) == row.data
