"""Every feature of our styles and scripts held against what a phone of 2020 can do.

The browsers, in their oldest version: see OLDEST in tests/vendor/make_younger.py, which took from MDN's
compatibility data what they cannot do. A feature that they lack is used only with a reason, here.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
STATIC = ROOT / "sextortion_help/static"
STYLES = [STATIC / "site.css", STATIC / "noscript.css"]
SCRIPTS = sorted(set(STATIC.glob("*.js")) - {STATIC / "staff.js"})  # staff have desks
YOUNGER: dict[str, Any] = json.loads(
    (ROOT / "tests/vendor/browser-compat-younger.json").read_text()
)

ALLOWED_IN_STYLES = {
    # how text looks: without it, as a browser does it by itself
    "properties.accent-color": "ticks in the browser's own colour",
    "properties.text-wrap": "lines break as they come",
    "properties.text-size-adjust": "-webkit-text-size-adjust stands before it",
    "at-rules.font-face.ascent-override": "the stand-in font is a little higher",
    "at-rules.font-face.descent-override": "the stand-in font is a little higher",
    "at-rules.font-face.line-gap-override": "the stand-in font is a little higher",
    "at-rules.font-face.size-adjust": "the stand-in font is a little wider",
    # another declaration stands before it
    "types.length.viewport_percentage_units_dynamic": "100vh stands before it",
    "types.clamp": "a fixed size stands before it",
    "properties.overflow.clip": "the lighthouse stays inside by itself",
    "properties.appearance": "-webkit-appearance stands before it",
    "properties.width.fit-content": "bubbles as wide as the page in Firefox before 94",
    "properties.cursor": "a phone has none",
    "properties.cursor.pointer": "a phone has none",
    "properties.cursor.progress": "a phone has none",
    "properties.text-wrap.balance": "lines break as they come",
    "properties.text-wrap.pretty": "lines break as they come",
    "properties.text-underline-offset": "the line is a little higher",
    "properties.overflow-wrap.anywhere": "break-word stands on the whole page",
    "properties.font-family.system-ui": "the stand-in comes next",
    "properties.align-content.start": "in a grid known for long; the data are about flex",
    "properties.align-self.end": "in a grid known for long; the data are about flex",
    "properties.outline": "square corners",
    "properties.color-scheme": "form fields and scroll bars stay light",
    "properties.color-scheme.light": "form fields and scroll bars stay light",
    "properties.color-scheme.dark": "form fields and scroll bars stay light",
    "properties.scroll-margin-top": "nothing but the place of a jump",
    "properties.scroll-margin-bottom": "nothing but the place of a jump",
    "properties.scroll-padding-top": "nothing but the place of a jump",
    "at-rules.media.prefers-color-scheme": "Samsung Internet 13 is light",
    "at-rules.page": "the printer's own margins",
    "properties.size": "the printer's own paper",
    "selectors.-moz-progress-bar": "of Firefox alone",
    "selectors.-webkit-progress-bar": "of the others alone",
    "selectors.-webkit-progress-value": "of the others alone",
    # a colour more, or an edge
    "selectors.focus-visible": "the browser's own mark of the focus",
    "selectors.has": "the colour of what is ticked, an empty line, a letter without scripts",
    "at-rules.media.forced-colors": "only where it is there is it needed",
    "at-rules.media.scripting": "the hint about Shift is seen without scripts too",
    "properties.gap.flex_context": "margins stand in, under @supports not (inset: 0)",
    "properties.scroll-padding-bottom": "nothing but the place of a jump",
}
ALLOWED_IN_SCRIPTS = {
    "currentEntry": "after window.navigation",
    "getState": "after window.navigation",
    "updateCurrentEntry": "after window.navigation",
    "BroadcastChannel": "after window.BroadcastChannel; only where pages are kept without the API",
    "to": "data-to, in a dataset",
    "clipboard": "its absence is caught: the words are marked",
    "writeText": "its absence is caught: the words are marked",
    "share": "the button is hidden where it is not there",
}
OPERATORS = {
    "optional_chaining": r"\?\.(?!\d)",
    "nullish_coalescing": r"\?\?(?!=)",
    "nullish_coalescing_assignment": r"\?\?=",
    "logical_or_assignment": r"\|\|=",
    "logical_and_assignment": r"&&=",
    "import_meta": r"import\.meta",
}


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def always(style: str) -> str:
    """Leave out what stands inside @supports: a browser that cannot do it does not read it."""
    kept, depth, inside = [], 0, None
    for piece in re.split(r"(@supports[^{]*\{|\{|\})", style):
        if piece.startswith("@supports") and inside is None:
            inside = depth
        if piece.endswith("{"):
            depth += 1
        if piece == "}":
            depth -= 1
            if inside == depth:
                inside = None
                continue
        if inside is None:
            kept.append(piece)
    return "".join(kept)


def of_style(style: str) -> Iterator[str]:
    """Give the names of all features of a style sheet, as the compatibility data has them."""
    text = always(without_comments(style))
    for rule in re.findall(r"@([\w-]+)", text):
        yield f"at-rules.{rule}"
    for feature in re.findall(r"@media[^{]*?\(([\w-]+)", text):
        yield f"at-rules.media.{feature}"
    for selectors, body in re.findall(r"([^{}]*)\{([^{}]*)\}", text):
        for pseudo in re.findall(r"::?([\w-]+)", selectors):
            yield f"selectors.{pseudo}"
        if re.search(r":not\([^()]*,", selectors):
            yield "selectors.not.selector_list"
        place = "at-rules.font-face" if "@font-face" in selectors else "properties"
        declarations = re.findall(r"([\w-]+)\s*:\s*([^;]+)", body)
        for name, value in declarations:
            yield f"{place}.{name}"
            for word in re.findall(r"[a-zA-Z][\w-]*", value):
                yield f"{place}.{name}.{word}"
            for function in re.findall(r"([a-z][\w-]*)\(", value):
                yield f"types.{function}"
                yield f"types.color.{function}"
            if re.search(r"\d(dv|sv|lv)[hwib]", value):
                yield "types.length.viewport_percentage_units_dynamic"
        names = {name for name, _ in declarations}
        if re.search(r"display:\s*(inline-)?flex", body) and names & {
            "gap",
            "row-gap",
            "column-gap",
        }:
            yield "properties.gap.flex_context"


def of_script(script: str) -> Iterator[str]:
    """Give the names that a script takes from the language and the browser."""
    code = re.sub(r"^\s*//.*$|\s//\s.*$", "", without_comments(script), flags=re.MULTILINE)
    code = code.replace("(history.state || {}).at", "")  # the place in our own state
    for name, pattern in OPERATORS.items():
        if re.search(pattern, code):
            yield name
    yield from re.findall(r"\.([a-zA-Z]\w*)", code)
    yield from re.findall(r"\bnew ([A-Z]\w+)", code)


def young_in_styles(style: str) -> set[str]:
    return {name for name in of_style(style) if name in YOUNGER["css"]} - ALLOWED_IN_STYLES.keys()


def young_in_scripts(script: str) -> set[str]:
    young = {**YOUNGER["names"], **YOUNGER["operators"]}
    return {name for name in of_script(script) if name in young} - ALLOWED_IN_SCRIPTS.keys()


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_use_nothing_that_an_old_phone_lacks(path: Path) -> None:
    assert not young_in_styles(path.read_text())


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_use_nothing_that_an_old_phone_lacks(path: Path) -> None:
    assert not young_in_scripts(path.read_text())


@pytest.mark.parametrize(
    "style",
    [
        "@layer base { p { color: red; } }", "a { inset: 0; }", ".a:is(b, c) { color: red; }",
        "a { color: light-dark(#000, #fff); }", "a { margin-inline: auto; }", "a:not(b, c) { top: 0; }",
        "@container (width > 1px) { a { top: 0; } }", "a { translate: 0 1px; }",
    ],
)  # fmt: skip
def test_a_young_feature_of_a_style_is_seen(style: str) -> None:
    assert young_in_styles(style)
    assert not young_in_styles(f"@supports (x: y) {{ {style} }}")


@pytest.mark.parametrize(
    "script",
    ["a?.b", "a ?? b", "a ??= b", "list.at(-1)", "text.replaceAll('a', 'b')", "new URLPattern()",
     "navigation.traverseTo(key)"],
)  # fmt: skip
def test_a_young_feature_of_a_script_is_seen(script: str) -> None:
    assert young_in_scripts(script)


def lax(template: str) -> list[str]:
    """Name the scripts of ours that a template brings and that are neither a module nor strict."""
    tags = re.findall(r"<script [^>]*static '([a-z]+\.js)'[^>]*>", template)
    modules = re.findall(r"<script [^>]*type=\"module\"[^>]*static '([a-z]+\.js)'", template)
    modules += re.findall(r"<script [^>]*static '([a-z]+\.js)'[^>]*type=\"module\"", template)
    return [
        name for name in tags if name not in modules and not is_strict((STATIC / name).read_text())
    ]


def is_strict(script: str) -> bool:
    return re.sub(r"^\s*//.*\n", "", script, flags=re.MULTILINE).startswith('"use strict";')


def test_a_classic_script_is_strict() -> None:
    """In WebKit 2.38 a function declared in a block does not know the block's constants, unless it is.

    exit.js threw on every page there, and with it the way out was gone.
    """
    templates = (ROOT / "templates").rglob("*.html")
    assert [name for each in templates for name in lax(each.read_text())] == []
    assert lax("<script src=\"{% static 'exit.js' %}\" async>") == []
    assert lax("<script src=\"{% static 'check.js' %}\" defer>") == ["check.js"]
    assert not is_strict("// one\n{\n}")
    assert is_strict('// one\n"use strict";\n{')


def test_every_exception_is_used() -> None:
    styles = {name for path in STYLES for name in of_style(path.read_text())}
    scripts = {name for path in SCRIPTS for name in of_script(path.read_text())}
    assert not ALLOWED_IN_STYLES.keys() - styles
    assert not ALLOWED_IN_SCRIPTS.keys() - scripts
    assert not [name for name in ALLOWED_IN_STYLES if name not in YOUNGER["css"]]
