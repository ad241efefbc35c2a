"""The graph under a self-check and under each chat of a practice: nodes, whose exits lead on. Pure.

It has no memory: the node is the state, no variables, no score. So an earlier choice can be changed
safely, and every rule can be checked before anything is published.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

from sextortion_help.publishing.content import LANGUAGES, Text


@dataclass(frozen=True)
class Exit:
    """One choice at a node. `target` is the code of a node or of an end; "" leads nowhere."""

    code: str
    label: Text
    target: str


@dataclass(frozen=True)
class Node:
    """Where a reader chooses. `start` marks the first node."""

    code: str
    start: bool
    exits: tuple[Exit, ...]


@dataclass(frozen=True)
class Fault:
    """A rule broken, and where: related names and codes from the whole down, ("questions", "bkfd").

    The functions of this module name the node, and its exit, alone: ("bkfd", "dt"). `language` is that of
    the text at fault.
    """

    rule: str
    where: tuple[str, ...] = ()
    language: str = ""


def start(nodes: Sequence[Node]) -> Node | None:
    """Give the first node; the first of them if a draft has several; None if it has none."""
    return next((node for node in nodes if node.start), None)


def has_loop(nodes: Sequence[Node]) -> bool:
    """Tell whether some path comes back to where it was."""
    targets = _targets(nodes)
    return any(node.code in _reach(targets, targets[node.code]) for node in nodes)


def depths(nodes: Sequence[Node]) -> dict[str, int]:
    """Give for each node how many have been met with it, at most: 1 for the start. Not for loops."""
    before: dict[str, set[str]] = {node.code: set() for node in nodes}
    for node in nodes:
        for exit_ in node.exits:
            before.setdefault(exit_.target, set()).add(node.code)
    found: dict[str, int] = {}
    for code in TopologicalSorter(before).static_order():
        found[code] = 1 + max((found[each] for each in before[code]), default=0)
    return {node.code: found[node.code] for node in nodes}


def faults(nodes: Sequence[Node], ends: Collection[str], most: int) -> list[Fault]:
    """Find every rule of the graph that is broken. `ends` are the codes where a path may end, `most`
    is how many nodes a path may have. An end that nobody gets to is `unreached()`."""
    found = list(_start_faults(nodes))
    known = {node.code for node in nodes} | set(ends)
    for node in nodes:
        found += _exit_faults(node, known)
    return [*found, *_reach_faults(nodes, set(ends), most)]


def unreached(nodes: Sequence[Node], ends: Collection[str]) -> list[str]:
    """Give the ends that no path from the start leads to; none while there is no start."""
    first = start(nodes)
    reached = _reach(_targets(nodes), {first.code}) if first else set(ends)
    return [end for end in ends if end not in reached]


def _start_faults(nodes: Sequence[Node]) -> Iterator[Fault]:
    starts = [node for node in nodes if node.start]
    if not starts:
        yield Fault("no start")
    for node in starts[1:]:
        yield Fault("several starts", (node.code,))


def _exit_faults(node: Node, known: set[str]) -> Iterator[Fault]:
    if len(node.exits) < 2:
        yield Fault("fewer than two", (node.code,))
    for place, exit_ in enumerate(node.exits):
        if language := _said_before(exit_, node.exits[:place]):
            yield Fault("same label", (node.code, exit_.code), language)
    for exit_ in node.exits:
        if exit_.target not in known:
            yield Fault("no target", (node.code, exit_.code))


def _said_before(exit_: Exit, others: Iterable[Exit]) -> str:
    """Give the first language in which an exit says what one of the others does; "" for none."""
    for language in LANGUAGES:
        label = _folded(exit_, language)
        if label and any(_folded(other, language) == label for other in others):
            return language
    return ""


def _folded(exit_: Exit, language: str) -> str:
    return exit_.label.within(language).strip().casefold()


def _reach_faults(nodes: Sequence[Node], ends: set[str], most: int) -> Iterator[Fault]:
    first, targets = start(nodes), _targets(nodes)
    reached = _reach(targets, {first.code} if first else set())
    for node in nodes:
        ahead = _reach(targets, targets[node.code])
        if first and node.code not in reached:
            yield Fault("nobody gets here", (node.code,))
        if node.code in ahead:
            yield Fault("loop", (node.code,))
        if not ahead & ends:
            yield Fault("no end ahead", (node.code,))
    if not has_loop(nodes):  # a loop has no length
        for code, depth in depths(nodes).items():
            if depth == most + 1:
                yield Fault("too long", (code,))


def _targets(nodes: Sequence[Node]) -> dict[str, set[str]]:
    return {node.code: {exit_.target for exit_ in node.exits} for node in nodes}


def _reach(targets: dict[str, set[str]], codes: set[str]) -> set[str]:
    """Give these codes and all that can be reached from them."""
    reached, todo = set(codes), list(codes)
    while todo:
        new = targets.get(todo.pop(), set()) - reached
        reached |= new
        todo += new
    return reached


def way_to(exits: Iterable[tuple[str, str, str]], start: str, code: str) -> list[str] | None:
    """Give the exits of a shortest way between two nodes; None when there is none.

    `exits` are (the code of a node, that of its exit, that of the node it leads to).
    """
    onward: dict[str, list[tuple[str, str]]] = {}
    for node, exit_, to in exits:
        onward.setdefault(node, []).append((exit_, to))
    ways: dict[str, list[str]] = {start: []}
    left = [start]
    for node in left:  # grows meanwhile
        for exit_, to in onward.get(node, ()):
            if to not in ways:
                ways[to] = [*ways[node], exit_]
                left.append(to)
    return ways.get(code)
