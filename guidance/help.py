"""Which services to show beside a text, and who of them answers now. Pure: the moment is given."""

from collections.abc import Iterable, Iterator
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
    Purpose.SUICIDE: (Purpose.TALK, Purpose.VICTIM),
}
WRITTEN: Final = (Way.TEXT, Way.CHAT, Way.FORM, Way.MAIL, Way.APP)
# A suicide line is busy too: so many numbers stand together, besides the emergency number.
_TOGETHER: Final = 2


@dataclass(frozen=True)
class Reader:
    """Who asks for help: in which country, in which language, at which moment (aware).

    `adults`: those for adults only may be shown too. `whole`: everybody is wanted, in any language.
    """

    contents: Contents
    country: Country
    language: str
    now: datetime
    adults: bool = False
    whole: bool = False


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
        answering = (line for line in calls if line.call and line.call.answers)
        return next(answering, next(iter(calls), None))

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
        service.can_be_reached and (not language or language in service.spoken)
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
    whole: bool = False,
) -> list[Group]:
    """Give the lines for each purpose: those of the place's country, or of another.

    In a group come first those that speak the reader's language, then those that answer now, then as
    the editors ordered them; those for adults last, and never alone, save a parents' line among what is
    for parents. Where nobody for a purpose
    answers, somebody for the next one who does stands behind (see OTHERS); a suicide line never stands
    alone: where nobody else answers, a number stands with it that says from when it does. A purpose without anybody is left out, unless the country says something about it. Who does
    not speak the reader's language is left out where enough others answer, or where they would not
    answer either, and a group of which everybody stood in for an earlier one, unless the `whole` is
    asked for.
    """
    reader = Reader(contents, country_of(contents, country), language, now, adults, whole)
    groups = []
    lent: set[str] = set()
    for purpose in purposes:
        own = _lines(reader, purpose)
        lines = _with_others(reader, purpose, own)
        if lines and not whole and lent.issuperset(line.service.code for line in lines):
            continue
        lent |= {one.service.code for one in lines if purpose not in one.service.purposes}
        gap = reader.country.gap(purpose)
        said = gap.text if gap and not any(line.answers for line in own) else None
        if lines or said or (purpose == Purpose.SUICIDE and reader.country.emergency):
            ready = tuple(_ready(reader, purpose, lines))
            groups.append(Group(purpose, str(Purpose(purpose).label), ready, reader.country, said))
    return groups


def silent(contents: Contents, language: str, now: datetime) -> Silent:
    """Give the written ways to who talks with a child here: in the reader's language, if anybody does."""
    reader = Reader(contents, country_of(contents), language, now)
    lines = {
        line.service.code: line
        for purpose in (Purpose.TALK, Purpose.SUICIDE)
        for line in _lines(reader, purpose)
    }
    spoken = [line for line in lines.values() if not line.languages]
    ways = [
        (line.service, reach)
        for line in spoken or lines.values()
        for reach in line.reaches
        if reach.channel.kind in WRITTEN
    ]
    return Silent(tuple(sorted(ways, key=lambda way: not way[1].answers)))


def with_suicide_line(purposes: Iterable[str]) -> list[str]:
    """Give these purposes with the suicide lines last, unless they are there already."""
    return list(dict.fromkeys([*purposes, Purpose.SUICIDE]))


def _lines(reader: Reader, purpose: str) -> list[Line]:
    services = services_for(reader.contents, purpose, reader.country.code, adults=reader.adults)
    clock: Clock = reader.country.clock
    lines = (line(each, clock, reader.now, reader.language) for each in services)
    return _in_order(reader, purpose, lines)


def _in_order(reader: Reader, purpose: str, lines: Iterable[Line]) -> list[Line]:
    def rank(one: Line) -> tuple[bool, bool, bool]:
        speaks = reader.language in one.service.spoken
        return (_is_guest(one, purpose), not speaks, not one.answers)

    return sorted(lines, key=rank)


def _is_guest(one: Line, purpose: str) -> bool:
    """Tell whether a line is for adults; one for parents is at home under the heading for them."""
    is_home = purpose == Purpose.PARENTS and one.service.audience == "parents"
    return one.service.for_adults and not is_home


def _with_others(reader: Reader, purpose: str, lines: list[Line]) -> list[Line]:
    """Give these lines and those for other needs that answer now, as many as the reader can talk to."""
    needed = _TOGETHER if purpose == Purpose.SUICIDE else 1
    found = list(lines)
    for one in _others(reader, OTHERS.get(Purpose(purpose), ()), lines):
        answering = [line for line in found if line.answers]
        understood = [line for line in answering if not line.languages]
        if len(answering) < needed or (len(understood) < needed and not one.languages):
            found.append(one)
    if not reader.whole:
        found = _understood(found, needed)
    if purpose == Purpose.SUICIDE:
        found += _later(reader, found)
    if found and all(_is_guest(line, purpose) for line in found):
        found += [one for one in _lines(reader, Purpose.TALK) if not one.service.for_adults][:1]
    return _in_order(reader, purpose, found)


def _understood(lines: list[Line], needed: int) -> list[Line]:
    """Leave out who does not speak the reader's language, save who answers where too few others do."""
    spoken = [line for line in lines if not line.languages]
    few = sum(line.answers for line in spoken) < needed
    return [line for line in lines if not spoken or not line.languages or (few and line.answers)]


def _others(reader: Reader, purposes: Iterable[str], lines: list[Line]) -> list[Line]:
    """Give those for other purposes who answer now, each once."""
    known = {line.service.code: line for line in lines}
    found: dict[str, Line] = {}
    for purpose in purposes:
        for one in _lines(reader, purpose):
            if one.answers and one.service.code not in known:
                found.setdefault(one.service.code, one)
    return list(found.values())


def _later(reader: Reader, lines: list[Line]) -> list[Line]:
    """Give numbers for other needs that say from when they answer, as many as a suicide line lacks beside it."""
    known = {line.service.code for line in lines}
    lacking = _TOGETHER - sum(line.call is not None for line in lines)
    shut = {
        one.service.code: one
        for purpose in OTHERS[Purpose.SUICIDE]
        for one in _lines(reader, purpose)
        if one.call
        and one.call.said.changes
        and one.service.code not in known
        and not one.service.for_adults
    }
    return _in_order(reader, Purpose.SUICIDE, shut.values())[: max(lacking, 0)]


def _ready(reader: Reader, purpose: str, lines: list[Line]) -> Iterator[Line]:
    """Give each line with whom to try when it is busy."""
    every = (purpose, Purpose.TALK, *OTHERS[Purpose.TALK])
    others = [*lines, *_others(reader, every, lines)]
    for place, one in enumerate(lines):
        # nobody is sent on from an emergency number
        urgent = Purpose.POLICE in one.service.purposes
        rest = [*others[place + 1 :], *others[:place]]
        yield replace(
            one,
            next=None if urgent else successor(one, rest, reader.language),
        )
