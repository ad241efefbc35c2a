"""Markdown of editors: what may be written, what is refused in words, and the HTML that comes of it."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextortion_help.publishing import markdown
from sextortion_help.publishing.content import Text
from tests.site.html import Parsed

pytestmark = pytest.mark.usefixtures("english")


def rendered(words: str) -> str:
    return markdown.html(Text(nl="x", fr="x", en=words)).within("en")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("## two", "<h2>two</h2>"),
        ("### three", "<h3>three</h3>"),
        ("#### four", "<h4>four</h4>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        (
            "- [a](/first/)\n- [b](/lines/)",
            '<ul class="chips">\n<li><a href="/en/first/">a</a></li>\n'
            '<li><a href="/en/lines/">b</a></li>\n</ul>',
        ),
        (
            "- [a](/first/)\n- see [b](/lines/)",
            '<ul>\n<li><a href="/en/first/">a</a></li>\n'
            '<li>see <a href="/en/lines/">b</a></li>\n</ul>',
        ),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("**Don’t pay.**", "<p><strong>Don’t pay.</strong></p>"),
        ("*softly*", "<p><em>softly</em></p>"),
        ("one  \ntwo", "<p>one<br>\ntwo</p>"),
        ("[own](/steps/paid/)", '<p><a href="/en/steps/paid/">own</a></p>'),
        ("[call](tel:+3222221111)", '<p><a href="tel:+3222221111">call</a></p>'),
        ("[call](tel:116000)", '<p><a href="tel:116000">call</a></p>'),
        ("[mail](mailto:a@b.example)", '<p><a href="mailto:a@b.example">mail</a></p>'),
        (
            "[site](https://b.example/c?d=e#f)",
            '<p><a href="https://b.example/c?d=e#f">site</a></p>',
        ),
        ("5 < 6 & 7 > 2", "<p>5 &lt; 6 &amp; 7 &gt; 2</p>"),
        ("\\<script\\>", "<p>&lt;script&gt;</p>"),
        ("one\\\ntwo", "<p>one<br>\ntwo</p>"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>'),
        (
            "1. one\n\nsay it\n\n2. two",
            '<ol>\n<li>one</li>\n</ol>\n<p>say it</p>\n<ol start="2">\n<li>two</li>\n</ol>',
        ),
        (
            "1. a\n   1. b\n   2. c\n2. d",
            "<ol>\n<li>a\n<ol>\n<li>b</li>\n<li>c</li>\n</ol>\n</li>\n<li>d</li>\n</ol>",
        ),
        ("99. a", '<ol start="99">\n<li>a</li>\n</ol>'),
        ("2026\\. Een jaar.", "<p>2026. Een jaar.</p>"),
        ("5 \\* 3 \\[x\\] a\\_ \\#tag \\| \\\\", "<p>5 * 3 [x] a_ #tag | \\</p>"),
        ("mijn_naam is #1 <3 -> ~20", "<p>mijn_naam is #1 &lt;3 -&gt; ~20</p>"),
        ("-5 degrees", "<p>-5 degrees</p>"),
        ("[0800 13 500](tel:080013500)", '<p><a href="tel:080013500">0800 13 500</a></p>'),
        ("[+32 (0)2 1](tel:+3221)", '<p><a href="tel:+3221">+32 (0)2 1</a></p>'),
        ("[02 123](tel:+322123)", '<p><a href="tel:+322123">02 123</a></p>'),
        (
            "[b.example](https://www.b.example/x)",
            '<p><a href="https://www.b.example/x">b.example</a></p>',
        ),
        ("<https://b.example/c>", '<p><a href="https://b.example/c">https://b.example/c</a></p>'),
    ],
)
def test_what_may_be_written_and_the_html_it_becomes(words: str, expected: str) -> None:
    assert markdown.faults(words) == []
    assert rendered(words) == expected


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("<script>alert(1)</script>", "HTML is not allowed: <script>alert(1)</script>"),
        ("a <b and", "HTML is not allowed: <b"),
        ("hello <b onclick='x()'>you", "HTML is not allowed: <b onclick='x()'>"),
        ("<!-- hidden -->", "HTML is not allowed: <!-- hidden -->"),
        ("<iframe src='https://evil.example'>", "HTML is not allowed: <iframe src="),
        ("# one", "this mark is not allowed: <h1>"),
        ("##### five", "this mark is not allowed: <h5>"),
        ("one\n===", "this mark is not allowed: <h1>"),
        ("> said", "this mark is not allowed: <blockquote>"),
        ("`code`", "this mark is not allowed: <code>"),
        ("```\ncode\n```", "this mark is not allowed: <code>"),
        ("---", "this mark is not allowed: <hr>"),
        ("![picture](/a.png)", "this mark is not allowed: <img>"),
    ],
)
def test_other_marks_are_refused_and_never_rendered(words: str, fault: str) -> None:
    [found] = markdown.faults(words)
    assert found.startswith(fault)
    allowed = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "br", "a"}
    assert {tag for tag, _attributes in Parsed(rendered(words)).tags} <= allowed
    assert "alert" not in rendered(words)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScript:alert(1)", "&#106;avascript:alert(1)",
        "data:text/html,x", "vbscript:x", "file:///etc/passwd", "ftp://b.example/",
        "http://b.example/", "HTTPS:b.example", "https://", "https:///b.example",
        "//evil.example", "//evil.example/steps/paid/", "///evil.example", "\\\\evil.example",
        "steps/paid/", "../paid/", "#top", "?a=b", "", "tel:", "tel:0800-x", "tel:00%0a",
        "mailto:", "mailto:nobody", "mailto:a@b@c", "https://childfocus.be@evil.example",
        "https://childfocus.be:x@evil.example/",
    ],
)  # fmt: skip
def test_a_link_of_another_kind_is_refused_and_leads_nowhere(address: str) -> None:
    words = f"[here]({address})"
    [found] = markdown.faults(words)
    assert found.startswith("this link is not allowed: ")
    assert rendered(words) == "<p><a>here</a></p>"


@pytest.mark.parametrize(
    "words", ["<javascript:alert(1)>", "[a][b]\n\n[b]: javascript:alert(1)", "<http://b.example>"]
)
def test_a_refused_address_is_refused_however_it_is_written(words: str) -> None:
    assert markdown.faults(words)[0].startswith("this link is not allowed: ")
    assert "href" not in rendered(words)


NO_LINK = "“{}” is not a link; what works is {}"
NO_LIST = "“{}” is not a list; each line begins with “- ” or “1. ”, after an empty line"
SEEN = "“{}” would be seen as it stands; to show it, write {}"
NUMBER = "in this list “{}.” would come out as “{}.”"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        # links
        ("[0800 00 000](tel:0800 00 000)", NO_LINK.format("[0800 00 000](tel:0800 00 000)", "[0800 00 000](tel:080000000)")),
        ("[text] (https://b.example)", NO_LINK.format("[text] (https://b.example)", "[text](https://b.example)")),
        ("[text](https://b.example/a b)", NO_LINK.format("[text](https://b.example/a b)", "[text](https://b.example/ab)")),
        ("[text]\n(/first/)", NO_LINK.format("[text] (/first/)", "[text](/first/)")),
        ("see https://b.example/c.", NO_LINK.format("https://b.example/c", "[words](https://b.example/c)")),
        ("see http://b.example", NO_LINK.format("http://b.example", "[words](https://b.example)")),
        ("see www.b.example, now", NO_LINK.format("www.b.example", "[words](https://www.b.example)")),
        ("mail help@b.example", NO_LINK.format("help@b.example", "[words](mailto:help@b.example)")),
        ("[a]: /first/", "write a link where its words are: [words](https://…)"),
        ("text[^1]\n\n[^1]: note", "write a link where its words are: [words](https://…)"),
        ("[here]", SEEN.format("[", "\\[")),
        ('[a](https://b.example "hidden")', "the title of a link is not shown: “hidden”"),
        ("[](/first/)", "there is a heading, a line of a list or a link without words"),
        ("[0800 13 500](tel:080013501)", "a link that says “0800 13 500” leads to tel:080013501"),
        ("[b.example](https://evil.example)", "a link that says “b.example” leads to https://evil.example"),
        ("[https://b.example/x](https://c.example/x)", "a link that says “https://b.example/x” leads to https://c.example/x"),
        *((f"[{said}]({address})", f"a link that says “{said}” leads to {address}") for said, address in (
            ("bel 116 000", "tel:116006"), ("116 000 (gratis)", "tel:116006"), ("123", "tel:116123"),
            ("a@b.example", "mailto:c@b.example"), ("write to a@b.example", "https://b.example"),
            ("112", "https://evil.example"), ("112", "mailto:a@b.example"),
            ("see https://b.example", "https://evil.example"), ("see www.b.example", "https://evil.example"),
        )),
        # lists
        ("• one\n• two", NO_LIST.format("• one")), ("· one", NO_LIST.format("· one")),
        ("– one", NO_LIST.format("– one")), ("— one", NO_LIST.format("— one")),
        ("o one", NO_LIST.format("o one")), ("-one", NO_LIST.format("-one")),
        ("words\n• one", NO_LIST.format("• one")), ("▪one", NO_LIST.format("▪one")),
        ("*one", NO_LIST.format("*one")), ("1.one", NO_LIST.format("1.one")),
        ("words\n2. two", NO_LIST.format("2. two")), ("a) one\nb) two", NO_LIST.format("a) one")),
        *((f"{mark} one\n{mark} two", NO_LIST.format(mark)) for mark in "✅»›・§Øüv"),
        *((f"{mark} one\n{mark} two", NO_LIST.format(f"{mark} one")) for mark in ("―", "--")),
        ("- one\n-- two", NO_LIST.format("-- two")),
        *((f"{one} one\n{two} two", NO_LIST.format(one)) for one, two in (
            ("a.", "b."), ("A)", "B)"), ("(1)", "(2)"), ("(a)", "(b)"), ("①", "②"), ("❶", "❷"), ("1/", "2/"),
            ("1°", "2°"), ("1:", "2:"), ("I.", "II."), ("ii)", "iii)"), ("1\ufe0f\u20e3", "2\ufe0f\u20e3"),
        )),
        ("👉 one\n👉 two", NO_LIST.format("👉")),
        ("100. a", "“100.” begins a list; to show it, write 100\\."),
        ("2026. Een jaar.", "“2026.” begins a list; to show it, write 2026\\."),
        ("1. a\n3. b", NUMBER.format(3, 2)), ("1. a\n1. b", NUMBER.format(1, 2)),
        ("01. a", NUMBER.format("01", 1)), ("3. a\n4. b\n4. c", NUMBER.format(4, 5)),
        ("1. a\n   1. b\n   3. c\n2. d", NUMBER.format(3, 2)),
        ("- a\n-\n- c", "there is a heading, a line of a list or a link without words"),
        # headings
        ("#Title", "“#Title” is not a heading; what works is “## Title”"),
        ("##Title", "“##Title” is not a heading; what works is “## Title”"),
        ("## ", "there is a heading, a line of a list or a link without words"),
        ("words\n---", "a line of hyphens makes a heading of the line above; write “## Title”, or leave it out"),
        # strong, em and the like
        ("**Stop", SEEN.format("**", "\\*\\*")), ("Stop** now", SEEN.format("**", "\\*\\*")),
        ("**Stop **now", SEEN.format("**", "\\*\\*")), ("a * b", SEEN.format("*", "\\*")),
        ("__Stop", SEEN.format("__", "\\_\\_")), ("_Stop", SEEN.format("_", "\\_")),
        ("a `b", SEEN.format("`", "\\`")), ("~~no~~", SEEN.format("~~", "\\~\\~")),
        ("==no==", SEEN.format("==", "\\=\\=")), ("a \\q", SEEN.format("\\", "\\\\")),
        # tables, code, characters
        ("| a | b |\n|---|---|", SEEN.format("|", "\\|")), ("a | b", SEEN.format("|", "\\|")),
        ("    four spaces", "“four spaces” is taken for code; take away the spaces before it"),
        ("caf&eacute;", "write the character itself, not &eacute;"),
        ("a&nbsp;b", "write the character itself, not &nbsp;"), ("a &#8239; b", "write the character itself, not &#8239;"),
        ("a &nosuch; b", "write the character itself, not &nosuch;"),
        ("![a] (/b.png)", NO_LINK.format("[a] (/b.png)", "[a](/b.png)")),
    ],
)  # fmt: skip
def test_what_would_not_be_what_it_seems_is_refused_with_the_form_that_works(
    words: str, said: str
) -> None:
    assert said in markdown.faults(words)


@pytest.mark.parametrize(
    "words",
    [
        "§ 184 of that law.\nIt says so.", "A. Janssens\\\nMain street 1", "a\nb", "I am.\nI see.",
        "A\\. Janssens\\\nB\\. Peeters", "“One”\n“Two”", "{country}\n{country}", "(yes)\n(no)",
        "12:30 one\n14:30 two", "1/2 one\n1/4 two", "V is one.\nV is two.", "«\u202fun\u202f» ou\n«\u202fdeux\u202f»",
    ],
)  # fmt: skip
def test_lines_that_begin_as_sentences_do_are_no_list(words: str) -> None:
    assert markdown.faults(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "[bel 116 000 (gratis, 24/7)](tel:116000)", "[9-17 u](tel:106)", "[+32 (0)2 502 12 34](tel:+3225021234)",
        "[02/502.12.34, at night](tel:003225021234)", "[02 502 12 34](tel:+3225021234)", "[call](tel:106)",
        "[24/7 116 000](tel:116000)", "[02-50 12 34](tel:02501234)",
        "[A@b.example](mailto:a@b.example?subject=x)", "[mail](mailto:a@b.example)", "[1712](https://1712.example)",
        "[law of 2001](https://b.example)", "[103](/first/)", "[at www.b.example](https://b.example/x)",
    ],
)  # fmt: skip
def test_a_link_may_say_where_it_leads_among_other_words(words: str) -> None:
    assert markdown.faults(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "[^1]: a note", "[a]: https://b.example 'title'", "<!-- x -->words", "- [ ] to do", "- [x] done",
        "> quoted", "***", "```python\nx\n```", "a<br>b", "![alt](/x.png)", "<3 <b", "***strong*", "*a**",
        "[a](/x/) ]", "## Title {#id} `x`", "a ~~ b", "[a](/x/)[b]",
    ],
)  # fmt: skip
def test_other_texts_of_the_same_kinds_are_refused(words: str) -> None:
    assert markdown.faults(words) != []


def test_a_fault_of_any_other_kind_is_still_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The general guard: what is written is compared with what would be read."""
    assert markdown.faults("one two") == []
    monkeypatch.setattr(markdown, "_html", lambda markdown, language: "<p>one</p>")
    near = "something would vanish or come out otherwise near “two”"
    assert markdown.faults("one two") == [near]


PIECES = st.sampled_from(
    ["one", "two", " ", "\n", "\n\n", "**", "*", "_", "[a](/b/)", "[", "](", ")", "1. ", "2. ", "- ", "## ",
     "#", "`", "\\", "\\*", "&amp;", "<b>", "<", "> ", "    ", "é", "|", "2026. ", "tel:1", "[1](tel:1)", "~~"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
def test_whatever_is_accepted_is_read_as_it_was_written(words: str) -> None:
    words = markdown.normalise(words)
    assert markdown.normalise(words) == words
    if markdown.faults(words) == []:
        numbers = re.compile(r"^\s*(?:- +)*\d+\. ", re.MULTILINE)
        unlinked = re.sub(r"\]\([^)]*\)", "", words)
        while numbers.search(unlinked):
            unlinked = numbers.sub("- ", unlinked)
        shown = html.unescape(re.sub("<[^>]*>", "", rendered(words)))
        assert re.findall(r"[^\W_]", shown) == re.findall(r"[^\W_]", unlinked)
        on_purpose = set(re.findall(r"\\([^\w\s])", words))
        assert set(re.findall(r"[*`|\\\[\]]|~~", shown)) <= on_purpose


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one  \ntwo", "one\\\ntwo"), ("one   \r\ntwo", "one\\\ntwo"), ("one  \n\ntwo", "one\n\ntwo"),
        ("## one  \ntwo", "## one\ntwo"), ("- one  \n- two", "- one\n- two"), ("- a  \n  b", "- a\\\n  b"),
        ("one  ", "one"), ("one\\\ntwo", "one\\\ntwo"), ("a\nb  \nc", "a\nb\\\nc"), ("[a](/b/)\u00a0is", "[a](/b/) is"),
    ],
)  # fmt: skip
def test_a_line_break_that_cannot_be_seen_becomes_one_that_can(typed: str, kept: str) -> None:
    assert markdown.normalise(typed) == kept
    assert markdown.faults(kept) == []
    assert rendered(kept) == rendered(typed).replace("&nbsp;", " ")


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        ("**drie**", ["**"]), ("*drie*", ["*"]), ("__drie__", ["__"]), ("_drie_", ["_"]), ("`drie`", ["`"]),
        ("[a](/b/)", ["[ ]( )"]), ("![a](/b/)", ["[ ]( )"]), ("[a](tel:08 00)", ["]("]), ("[a] (b)", ["] ("]),
        ("<https://b.example>", ["< >"]), ("<b>drie</b>", ["<b>", "</b>"]), ("a &nbsp; b", ["&nbsp;"]),
        ("2026\\. Een", ["\\."]), ("## drie", ["##"]), ("one\n# two", ["#"]), ("> drie", [">"]),
        ("* drie", ["*"]), ("```\ndrie\n```", ["```"]), ("**drie", ["**"]), ("~~drie~~", ["~~"]),
        ("    **drie**", ["**"]),
        ("1. een\n2. twee\n- drie", []), ("5 * 3, a_b, C:\\dir, #1, <3, 20 %", []), ("{account} & co", []), ("", []),
    ],
)  # fmt: skip
def test_marks_in_a_field_without_markdown_are_named(words: str, marks: list[str]) -> None:
    said = [f"marks do nothing in this field: {mark}" for mark in marks]
    assert markdown.plain_faults(words) == said


def test_all_links_are_given_as_written() -> None:
    words = "[a](/one/) [b](https://b.example)\n\n- [c](tel:112)"
    assert markdown.links(words) == ["/one/", "https://b.example", "tel:112"]


def test_every_fault_of_a_text_is_named() -> None:
    words = "# one\n\n[a](//evil.example) and <u>b</u>"
    assert markdown.faults(words) == [
        "this mark is not allowed: <h1>",
        "this link is not allowed: //evil.example",
        "HTML is not allowed: <u>",
        "HTML is not allowed: </u>",
    ]


def test_a_title_or_another_attribute_is_taken_out() -> None:
    assert rendered('[a](https://b.example "t")') == '<p><a href="https://b.example">a</a></p>'


def test_links_to_own_pages_keep_the_language_of_their_text() -> None:
    made = markdown.html(Text(nl="[a](/first/)", fr="[b](/first/)", en="[c](/first/)"))
    assert made.within("nl") == '<p><a href="/nl/first/">a</a></p>'
    assert made.within("fr") == '<p><a href="/fr/first/">b</a></p>'
    assert made.within("en") == '<p><a href="/en/first/">c</a></p>'


def test_own_paths_are_the_links_to_our_pages_only() -> None:
    words = "[a](/one/) [b](https://b.example/two/) [c](tel:112)\n\n- [d](/three/?e#f)"
    assert markdown.own_paths(words) == ["/one/", "/three/?e#f"]


FOR_SOME = """One.

::: BE NL
Two, [here](/first/).

- three
:::

Four.

::: BQ
Five.
:::"""


def test_a_part_for_some_countries_stands_in_a_box_that_names_them() -> None:
    assert markdown.faults(FOR_SOME) == []
    assert rendered(FOR_SOME) == (
        '<p>One.</p>\n<div data-for="BE NL">\n<p>Two, <a href="/en/first/">here</a>.</p>\n'
        "<ul>\n<li>three</li>\n</ul></div>\n<p>Four.</p>\n"
        '<div data-for="BQ">\n<p>Five.</p></div>'
    )
    assert markdown.countries(FOR_SOME) == ["BE", "NL", "BQ"]
    assert markdown.own_paths(FOR_SOME) == ["/first/"]
    assert markdown.plain(FOR_SOME) == "One.\nTwo, here.\nthree\nFour.\nFive."
    assert markdown.normalise(FOR_SOME) == FOR_SOME


NAMES_NONE = "“{}” names no countries; what works is a line “::: BE NL”, and “:::” after the part"
OPENS = "each part for some countries begins with a line such as “::: BE NL” and ends with “:::”"
OPEN = "a part for some countries is not closed with “:::”"


@pytest.mark.parametrize(
    ("words", "faults"),
    [
        ("::: BE\na", [OPEN]),
        ("a\n\n::: BE NL\n\nb\n\nc", [OPEN]),
        ("::: BE\na\n::: NL\nb\n:::", [OPENS]),
        ("::: BE\na\n::: NL\nb\n:::\n:::", [OPENS]),
        ("a\n:::", [OPENS]),
        (":::\na\n:::", [OPENS]),
        ("::: BE\na\n:::\n:::", [OPENS]),
        ("::: be\na\n:::", [NAMES_NONE.format("::: be"), OPENS]),
        ("::: Belgium\na\n:::", [NAMES_NONE.format("::: Belgium"), OPENS]),
        ("::: BE, NL\na\n:::", [NAMES_NONE.format("::: BE, NL"), OPENS]),
        ("  ::: BE\na\n:::", [NAMES_NONE.format("::: BE"), OPENS]),
        ("::: BE\na\n::::", [NAMES_NONE.format("::::"), OPEN]),
        ("::: BE\na\n::: end", [NAMES_NONE.format("::: end"), OPEN]),
    ],
)
def test_a_part_for_some_countries_that_is_written_otherwise_is_refused_in_words(
    words: str, faults: list[str]
) -> None:
    assert markdown.faults(words) == faults


def test_a_number_of_a_list_that_is_lost_in_some_countries_is_refused() -> None:
    said = "for readers in {}, {}; what works is the whole list in each part for some countries"
    three = NUMBER.format(3, 2)
    assert markdown.faults("1. a\n\n::: BE\n2. b\n:::\n\n3. c") == [
        said.format("other countries", three)
    ]
    assert markdown.faults("1. a\n::: BE\n2. b\n:::\n::: NL\n3. c\n:::") == [
        said.format("NL", three)
    ]
    assert markdown.faults("1. a\n\n::: BE\n2. b\n3. b\n:::") == []
    assert markdown.faults("::: BE\n1. a\n2. b\n:::\n\n::: NL\n1. c\n2. d\n:::") == []
    assert markdown.faults("1. a\n::: BE\n2. b\n:::\n::: NL\n2. c\n:::") == []
    assert markdown.faults("1. a\n3. b\n\n::: BE\nc\n:::") == [three]


def test_a_fault_inside_a_part_for_some_countries_is_found_too() -> None:
    for words in ("<b>a</b>", "[a](javascript:x)", "`a`"):
        assert markdown.faults(f"::: BE\n{words}\n:::") == markdown.faults(words) != []


def test_the_plain_words_have_no_marks_and_a_block_a_line() -> None:
    words = "## Do *this*\n\n1. **Call** [them](tel:112)\n2. Wait  \nand *see*\nthen"
    assert markdown.plain(words) == "Do this\nCall them\nWait and see then"
