"""A tree as a drawing: boxes in layers, from the start down, and arrows between them. Pure.

Each box stands below all that lead to it, and among its layer near them. A loop has no depth: there the
shortest way counts. What nobody can reach stands in a last layer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Final

from quiz import graph
from quiz.graph import Node

WIDTH: Final = 176
HEIGHT: Final = 84
GAP: Final = 20
BETWEEN: Final = 56  # layers
LINES: Final = 3
SIGNS: Final = 26  # on a line


@dataclass(frozen=True)
class Box:
    """What stands in a box. `kind`: "question", "start", "ending"; `word` says it; `wrong`: what is wrong."""

    code: str  # of the node; that of an end that has none holds a space, and is not shown
    kind: str
    word: str
    label: str
    url: str
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True)
class Placed:
    """A box with its place in the drawing."""

    box: Box
    x: int
    y: int
    lines: tuple[tuple[int, str], ...]  # (from the top of the drawing, words)


@dataclass(frozen=True)
class Arrow:
    """A line from a box to another; `label` is what is chosen there."""

    path: str
    label: str
    back: bool  # it leads up, or to its own layer


@dataclass(frozen=True)
class Drawing:
    """A whole drawing, for templates/admin/quiz/drawing.html."""

    width: int
    height: int
    boxes: tuple[Placed, ...]
    arrows: tuple[Arrow, ...]


def draw(nodes: Sequence[Node], boxes: Sequence[Box]) -> Drawing:
    """Lay out the boxes of a graph. A box without a node is an end; an exit to no box has no arrow."""
    layers = _layers(nodes, [box.code for box in boxes])
    by_code = {box.code: box for box in boxes}
    broad = max((len(layer) for layer in layers), default=0)
    width = max(broad * (WIDTH + GAP) + GAP, WIDTH + 2 * GAP)
    places: dict[str, tuple[int, int]] = {}
    for depth, layer in enumerate(layers):
        left = (width - len(layer) * (WIDTH + GAP) + GAP) // 2
        for place, code in enumerate(layer):
            places[code] = (left + place * (WIDTH + GAP), GAP + depth * (HEIGHT + BETWEEN))
    placed = tuple(
        Placed(by_code[code], x, y, _lines(by_code[code].label, y))
        for code, (x, y) in places.items()
    )
    arrows = tuple(
        _arrow(places[node.code], places[exit_.target], str(exit_.label))
        for node in nodes
        for exit_ in node.exits
        if node.code in places and exit_.target in places
    )
    height = len(layers) * (HEIGHT + BETWEEN) + GAP
    return Drawing(width, height, placed, arrows)


def _layers(nodes: Sequence[Node], codes: Sequence[str]) -> list[list[str]]:
    depth = _depths(nodes)
    deepest = max(depth.values(), default=0)
    layers: list[list[str]] = [[] for _ in range(deepest + 2)]
    for code in codes:
        layers[depth.get(code, deepest + 1)].append(code)
    before: dict[str, list[str]] = {}
    for node in nodes:
        for exit_ in node.exits:
            before.setdefault(exit_.target, []).append(node.code)
    at: dict[str, float] = {}
    for layer in layers:

        def near(code: str) -> float:
            known = [at[each] for each in before.get(code, ()) if each in at]  # noqa: B023  used at once
            return sum(known) / len(known) if known else 0.5

        layer.sort(key=near)
        at |= {code: (place + 0.5) / len(layer) for place, code in enumerate(layer)}
    return [layer for layer in layers if layer]


def _depths(nodes: Sequence[Node]) -> dict[str, int]:
    """Give how far below the start each node and end stands; not those that nobody reaches."""
    first = graph.start(nodes)
    if first is None:
        return {}
    targets = {node.code: [exit_.target for exit_ in node.exits if exit_.target] for node in nodes}
    longest = not graph.has_loop(nodes)
    found, layer, depth = {first.code: 0}, [first.code], 0
    while layer:
        depth += 1
        following = [to for code in layer for to in targets.get(code, ())]
        layer = list(dict.fromkeys(to for to in following if longest or to not in found))
        found |= dict.fromkeys(layer, depth)
    return found


def _lines(label: str, y: int) -> tuple[tuple[int, str], ...]:
    lines = wrap(" ".join(label.split()), SIGNS) or ["…"]
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], f"{lines[LINES - 1][: SIGNS - 1]}…"]
    return tuple((y + 34 + 15 * number, line) for number, line in enumerate(lines))


def _arrow(start: tuple[int, int], end: tuple[int, int], label: str) -> Arrow:
    x, y = start[0] + WIDTH // 2, start[1] + HEIGHT
    to_x, to_y = end[0] + WIDTH // 2, end[1]
    middle = (y + to_y) // 2
    back = to_y <= y
    if back:  # round the side, so that it is seen to come back
        side = max(start[0], end[0]) + WIDTH + GAP // 2
        path = f"M{x} {y}C{side} {y + BETWEEN} {side} {to_y - BETWEEN} {to_x} {to_y - 7}"
    else:
        path = f"M{x} {y}C{x} {middle} {to_x} {middle} {to_x} {to_y - 7}"
    return Arrow(path, label, back)


def wrong(faults: Sequence[Any], sentences: Any, name: str, code: str) -> tuple[str, ...]:
    """Give what is wrong with a node, or with an exit of it. `where` of a fault names both."""
    return tuple(
        str(sentences[fault.rule])
        for fault in faults
        if (name, code) in zip(fault.where[::2], fault.where[1::2], strict=True)
    )
