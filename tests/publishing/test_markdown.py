"""Markdown of editors: what may be written, what is refused in words, and the HTML that comes of it."""

import pytest

from sextortion_help.publishing import markdown
from sextortion_help.publishing.content import Text
from sextortion_help.publishing.live import live
from tests.publishing.builders import make_page
from tests.site.html import Parsed

pytestmark = pytest.mark.usefixtures("english")


def rendered(words: str) -> str:
    return markdown.html(Text(nl="x", fr="x", en=words)).en


@pytest.mark.parametrize(
    ("words", "html"),
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
        ("&lt;script&gt;", "<p>&lt;script&gt;</p>"),
    ],
)
def test_what_may_be_written_and_the_html_it_becomes(words: str, html: str) -> None:
    assert markdown.faults(words) == []
    assert rendered(words) == html


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("<script>alert(1)</script>", "HTML is not allowed: <script>alert(1)</script>"),
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
        "mailto:", "mailto:nobody", "mailto:a@b@c",
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
    [found] = markdown.faults(words)
    assert found.startswith("this link is not allowed: ")
    assert "href" not in rendered(words)


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
    html = markdown.html(Text(nl="[a](/first/)", fr="[b](/first/)", en="[c](/first/)"))
    assert html.nl == '<p><a href="/nl/first/">a</a></p>'
    assert html.fr == '<p><a href="/fr/first/">b</a></p>'
    assert html.en == '<p><a href="/en/first/">c</a></p>'


def test_own_paths_are_the_links_to_our_pages_only() -> None:
    words = "[a](/one/) [b](https://b.example/two/) [c](tel:112)\n\n- [d](/three/?e#f)"
    assert markdown.own_paths(words) == ["/one/", "/three/?e#f"]


def test_the_plain_words_have_no_marks_and_a_block_a_line() -> None:
    words = "## Do *this*\n\n1. **Call** [them](tel:112)\n2. Wait  \nand *see*\nthen"
    assert markdown.plain(words) == "Do this\nCall them\nWait and see then"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("/nowhere/", "links to /nowhere/, which is not live."),
        ("/\\evil.example/", "links to /%5Cevil.example/, which is not live."),
        ("/en/first/", "links to /en/first/, which is not live."),
        ("/admin/", "links to /admin/, which is not live."),
        ("//evil.example", "this link is not allowed: //evil.example."),
        ("javascript:alert(1)", "this link is not allowed: javascript:alert(1)."),
    ],
)
def test_an_unknown_page_is_refused_with_the_way_to_the_field(link: str, sentence: str) -> None:
    page = make_page(body_nl="x", body_fr="x", body_en=f"[a]({link})")
    problems = page.problems(live().plus([page.content()]))
    found = [problem for problem in problems if problem.text.endswith(sentence)]
    assert [problem.url for problem in found] == [page.edit_url("body_en")]
    assert not found[0].warning


@pytest.mark.django_db
def test_a_known_page_is_not_refused() -> None:
    page = make_page(body="[a](/steps/paid/) [b](/check/) [c](/lines/nl/)")
    assert page.problems(live().plus([page.content()])) == []
