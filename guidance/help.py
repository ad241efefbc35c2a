"""Which services to show beside a text, and who of them answers now. Pure: the moment is given."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from guidance.choices import Purpose, Way
from guidance.content import Country, Service
from guidance.hours import Clock
from guidance.lines import Line, Reach, line, successor
from sextortion_help.publishing.content import Contents, Text

# Who else may be asked when nobody for a need answers.
OTHERS: Final = {
    Purpose.TALK: (Purpose.VICTIM, Purpose.SUICIDE),
    Purpose.SUICIDE: (Purpose.TALK,),
}
WRITTEN: Final = (Way.TEXT, Way.CHAT, Way.FORM, Way.MAIL, Way.APP)
# A suicide line is busy too: so many numbers stand together, besides the emergency number.
_TOGETHER: Final = 2


@dataclass(frozen=True)
class Group:
    """The lines of a country for one purpose, for this reader the best first."""

    purpose: str
    heading: str
    lines: tuple[Line, ...]
    country: Country
    gap: Text | None = None  # what is said when nobody answers

    @property
    def dying(self) -> bool:
        """The emergency number stands with it."""
        return self.purpose == Purpose.SUICIDE

    @property
    def first_call(self) -> Line | None:
        """The first that can be called: who answers now, else whoever has a number."""
        calls = [line for line in self.lines if line.call]
        return next((line for line in calls if line.answers and line.call), next(iter(calls), None))

    @property
    def calls(self) -> list[tuple[Service, Reach]]:
        """Every number of the group, in its order."""
        return [(line.service, line.call) for line in self.lines if line.call]


@dataclass(frozen=True)
class Silent:
    """The ways to reach somebody without speaking, those that answer now first."""

    ways: tuple[tuple[Service, Reach], ...]

    @property
    def open(self) -> bool:
        """Somebody writes back now."""
        return any(reach.answers for _, reach in self.ways)


def country_of(contents: Contents, code: str = "") -> Country:
    """Give a country; without a code that of the place. One that is not published has no number."""
    code = code or contents.country
    return contents.get(Country, code) or Country(
        code=code, order=0, name=Text(), within=Text(), emergency="", emergency_silent=Text(),
        zone="", holidays="", languages=(), is_edition=False, gaps=(),
    )  # fmt: skip


def services_for(
    contents: Contents, purpose: str, country: str = "", *, adults: bool = False
) -> list[Service]:
    """Give the services of a country for a purpose, in the editors' order; without one, of the place's.

    Those for adults only are left out unless `adults`: who reads is under 18 or helps somebody who is.
    """
    country = country or contents.country
    return [
        service
        for service in contents.all(Service)
        if service.country == country
        and purpose in service.purposes
        and (adults or not service.for_adults)
    ]


def has_human(contents: Contents, purposes: Iterable[str], language: str = "") -> bool:
    """Tell whether these purposes bring somebody who can be called or chatted with, in this language."""
    return any(
        service.can_be_reached and (not language or language in service.languages)
        for purpose in purposes
        for service in services_for(contents, purpose)
    )


def help_now(
    contents: Contents,
    purposes: Iterable[str],
    language: str,
    now: datetime,
    *,
    country: str = "",
    adults: bool = False,
) -> list[Group]:
    """Give the lines for each purpose: those of the place's country, or of another.

    In a group come first those that speak the reader's language, then those that answer now, then as
    the editors ordered them; those for adults last. Where nobody for a purpose answers, those for the
    next (see OTHERS) who do stand behind; a suicide line never stands alone. A purpose without
    anybody is left out, unless the country says something about it.
    """
    there = country_of(contents, country)
    groups = []
    for purpose in purposes:
        own = _lines(contents, purpose, there, language, now, adults=adults)
        lines = _with_others(contents, purpose, own, there, language, now)
        gap = there.gap(purpose)
        said = gap.text if gap and not any(line.answers for line in lines) else None
        if lines or said or purpose == Purpose.SUICIDE:
            after = _with_others(contents, purpose, lines, there, language, now, everybody=True)
            ready = tuple(
                replace(
                    line, next=_next(line, after, language), away=there.code != contents.country
                )
                for line in lines
            )
            groups.append(Group(purpose, str(Purpose(purpose).label), ready, there, said))
    return groups


def silent(contents: Contents, language: str, now: datetime) -> Silent:
    """Give the written ways to those of the place's country who talk with a child."""
    there = country_of(contents)
    lines = {
        line.service.code: line
        for purpose in (Purpose.TALK, Purpose.SUICIDE)
        for line in _lines(contents, purpose, there, language, now)
    }
    ways = [
        (line.service, reach)
        for line in lines.values()
        for reach in line.reaches
        if reach.channel.kind in WRITTEN
    ]
    return Silent(tuple(sorted(ways, key=lambda way: not way[1].answers)))


def with_suicide_line(purposes: Iterable[str]) -> list[str]:
    """Give these purposes with the suicide lines last, unless they are there already."""
    return list(dict.fromkeys([*purposes, Purpose.SUICIDE]))


def _lines(
    contents: Contents,
    purpose: str,
    country: Country,
    language: str,
    now: datetime,
    *,
    adults: bool = False,
) -> list[Line]:
    clock: Clock = country.clock
    lines = [
        line(service, clock, now, language)
        for service in services_for(contents, purpose, country.code, adults=adults)
    ]
    return sorted(lines, key=lambda one: _rank(one, language))


def _rank(one: Line, language: str) -> tuple[bool, bool, bool]:
    speaks = language in one.service.languages
    return (one.service.for_adults, not speaks, not one.answers)


def _with_others(
    contents: Contents,
    purpose: str,
    lines: list[Line],
    country: Country,
    language: str,
    now: datetime,
    *,
    everybody: bool = False,
) -> list[Line]:
    """Give these lines and those for other needs that answer now, as many as are needed."""
    found, known = list(lines), {line.service.code for line in lines}
    for other in OTHERS.get(Purpose(purpose), OTHERS[Purpose.TALK] if everybody else ()):
        for one in _lines(contents, other, country, language, now):
            enough = sum(line.answers for line in found) >= _needed(purpose)
            if one.answers and one.service.code not in known and (everybody or not enough):
                found.append(one)
                known.add(one.service.code)
    return sorted(found, key=lambda one: _rank(one, language))


def _needed(purpose: str) -> int:
    return _TOGETHER if purpose == Purpose.SUICIDE else 1


def _next(one: Line, others: list[Line], language: str) -> Service | None:
    # nobody is sent on from an emergency number
    if Purpose.POLICE in one.service.purposes:
        return None
    place = others.index(one)
    return successor(one, [*others[place + 1 :], *others[:place]], language)
