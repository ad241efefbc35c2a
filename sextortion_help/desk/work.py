"""What there is to do, from the summaries of all drafts. Without queries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from sextortion_help.desk.models import Summary
from sextortion_help.publishing.agreement import names
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.freezing import publishable_models
from sextortion_help.publishing.models import Publishable, Version
from sextortion_help.publishing.states import State

SOON: Final = timedelta(days=30)

type Newest = Mapping[tuple[str, str], Version]
type States = Mapping[tuple[str, int], State]


@dataclass(frozen=True)
class Row:
    """One thing to do. `key`: the draft, "page:12"; `still`: the language of a translation that may hold."""

    key: str
    kind: str
    title: str
    code: str
    url: str
    said: str
    owner: str = ""
    still: str = ""


def kinds() -> dict[str, type[Publishable]]:
    """Give the model of each kind of content."""
    return {model.content_kind(): model for model in publishable_models()}


def row(summary: Summary, language: str, said: str, field: str = "", **more: str) -> Row:
    """Give a thing to do about a draft; `field` is where its form opens, or an address."""
    model = kinds()[summary.kind]
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    url = field if field.startswith("/") else reverse(name, args=[summary.draft])
    return Row(
        key=f"{summary.kind}:{summary.draft}",
        kind=str(model._meta.verbose_name),
        title=summary.titles.get(language) or summary.code,
        code=summary.code,
        url=url if field.startswith("/") or not field else f"{url}#id_{field}",
        said=said,
        owner=summary.owner,
        **more,
    )


def state(summary: Summary, newest: Newest) -> State:
    """Tell how a draft stands beside what is live, from its digest."""
    version = newest.get((summary.kind, summary.code))
    if version is None:
        return State.NEVER
    if version.retired:
        return State.RETIRED
    return State.LIVE if version.digest == summary.digest else State.DIFFERS


def due(rows: Iterable[Summary], today: date, language: str) -> dict[str, list[Row]]:
    """Sort what has dates into what is overdue, due within 30 days, and was never verified."""
    found: dict[str, list[Row]] = {"overdue": [], "soon": [], "never": []}
    for each in sorted(rows, key=lambda one: (one.review_by or date.max, one.kind, one.code)):
        if not each.reviewed:
            continue
        never = each.verified_on is None
        if each.review_by and each.review_by <= today + SOON:
            days = (each.review_by - today).days
            said = _overdue(-days) if days < 0 else _in_days(days)
            said = f"{said}; {gettext('never verified')}" if never else said
            found["overdue" if days < 0 else "soon"].append(row(each, language, said, "review_by"))
        elif never:
            found["never"].append(row(each, language, gettext("never verified"), "verified_on"))
    return found


def _overdue(days: int) -> str:
    return ngettext("%d day late", "%d days late", days) % days


def _in_days(days: int) -> str:
    return ngettext("within %d day", "within %d days", days) % days if days else gettext("today")


def waiting(
    rows: Iterable[Summary], known: States, savers: Mapping[tuple[str, int], str], language: str
) -> list[Row]:
    """Give the drafts that are not as they are live, and who saved them last."""
    found = []
    for each in rows:
        if (now := known[each.kind, each.draft]) in (State.NEVER, State.DIFFERS):
            saved = savers.get((each.kind, each.draft), "")
            found.append(row(each, language, ", ".join(filter(None, [str(now.label), saved]))))
    return found


def translations(
    rows: Iterable[Summary], language: str, wanted: Iterable[str] = LANGUAGES
) -> list[Row]:
    """Give for each draft and language what is not written, or is older than what it was made from."""
    found = []
    for each in rows:
        for code in wanted:
            missing = [key for key, texts in each.texts.items() if not texts.get(code, [""])[0]]
            older = [key for key, texts in each.texts.items() if _is_older(texts, code)]
            said = [
                text % {"count": len(keys), "first": _label(each, keys[0])}
                for text, keys in (
                    (gettext("missing: %(count)d, first %(first)s"), missing),
                    (gettext("older than its source: %(count)d, first %(first)s"), older),
                )
                if keys
            ]
            if said:
                url = f"{each.fields[(missing or older)[0]][2]}{code}"
                still = code if older and not missing else ""
                words = f"{names([code])}: {'; '.join(said)}"
                found.append(row(each, language, words, url, still=still))
    return found


def renew(summary: Summary, language: str) -> None:
    """Take the older translations of a draft for as new as their source: somebody has read them."""
    for texts in summary.texts.values():
        if _is_older(texts, language):
            texts[language][1] = texts[settings.LANGUAGE_CODE][1]


def _is_older(texts: Any, code: str) -> bool:
    """Tell whether a translation was written before the text it was made from changed."""
    source, own = texts.get(settings.LANGUAGE_CODE), texts.get(code)
    return bool(source and own and source[0] and own[0] and own[1] < source[1])


def _label(summary: Summary, key: str) -> str:
    label, name, _ = summary.fields[key]
    model = apps.get_model(label)
    return f"“{model._meta.get_field(name).verbose_name}”"


def part_of(summaries: Iterable[Summary]) -> Iterator[tuple[tuple[str, int], tuple[str, int]]]:
    """Give for every row that has a form the draft to which it belongs: ("quiz.turn", 4), ("practice", 1)."""
    for summary in summaries:
        for label, numbers in summary.rows.items():
            for number in numbers:
                yield (label, number), (summary.kind, summary.draft)
