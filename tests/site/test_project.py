"""The project as a whole: who may import whom, words complete, nothing forgotten."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from guidance.choices import Layout
from tests.conftest import BOTH_DATABASES, TESTS

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("sextortion_help/people", "sextortion_help/publishing", "guidance", "quiz")
MAY_IMPORT = {
    "sextortion_help/people": {
        "sextortion_help.people",
        "sextortion_help.bounded",
        "sextortion_help.staff_area",
    },
    "sextortion_help/publishing": {
        "sextortion_help.publishing",
        "sextortion_help.people",
        "sextortion_help.bounded",
    },
    "guidance": {"sextortion_help.publishing", "sextortion_help.public", "guidance"},
    "quiz": {"sextortion_help.publishing", "sextortion_help.public", "guidance", "quiz"},
}


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} imports relatively, which this test cannot follow"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name for name in names if name.startswith(("sextortion_help", "guidance", "quiz"))}


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_point_one_way(package: str) -> None:
    allowed = MAY_IMPORT[package]
    for path in (ROOT / package).rglob("*.py"):
        for name in imported(path):
            assert any(name == start or name.startswith(f"{start}.") for start in allowed), (
                f"{path.relative_to(ROOT)} imports {name}"
            )


def test_every_template_is_used() -> None:
    code = "\n".join(
        path.read_text()
        for folder in ("sextortion_help", "guidance", "quiz", "templates")
        for pattern in ("*.py", "*.html")
        for path in (ROOT / folder).rglob(pattern)
    )
    for template in (ROOT / "templates").rglob("*.html"):
        name = str(template.relative_to(ROOT / "templates"))
        if name == "admin/search_form.html":
            continue  # named by Django's list
        pattern = re.escape(name) + r"[\"#]"  # whole, or a partial of it
        if template.parent.name in (
            "publishing",
            "people",
            "transfer",
        ):  # named by the view that shows it
            pattern += rf'|"{template.stem}"'
        if template.parent.name == "layouts" and template.stem in Layout.values:
            continue  # named by its pages
        assert re.search(rf'["\']{pattern}', code), f"{name} is used by nobody"


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_every_interface_word_is_translated(language: str) -> None:
    catalogue = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    result = subprocess.run(
        ["msgfmt", "--check", "--statistics", "-o", "/dev/null", str(catalogue)],
        capture_output=True, text=True, check=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert "untranslated" not in result.stderr
    assert "fuzzy" not in result.stderr


def words_of_templates() -> set[str]:
    words: set[str] = set()
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        words |= set(re.findall(r"""{% translate ["'](.+?)["'] """, text))
        blocks = re.findall(
            r"{% blocktranslate.*?%}(.+?)(?:{% plural %}(.+?))?{% endblocktranslate %}",
            text,
            re.DOTALL,
        )
        words |= {
            re.sub(r"{{ (\w+) }}", r"%(\1)s", part.strip())
            for block in blocks
            for part in block
            if part
        }
    return words


def words_of_code() -> set[str]:
    words: set[str] = set()
    for package in ("sextortion_help", "guidance", "quiz"):
        for path in (ROOT / package).rglob("*.py"):
            if path.parent.name == "migrations":
                continue  # they repeat the words of the models
            for node in ast.walk(ast.parse(path.read_text())):
                if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                    continue
                if node.func.id in ("_", "gettext", "gettext_lazy"):
                    assert isinstance(node.args[0], ast.Constant), f"{path}:{node.lineno}"
                    words.add(str(node.args[0].value))
    return words


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_catalogues_hold_every_word_of_templates_and_code(language: str) -> None:
    catalogue = (ROOT / "locale" / language / "LC_MESSAGES" / "django.po").read_text()
    ids = re.findall(r'^msgid(?:_plural)? "(.*)"$', re.sub(r'"\n"', "", catalogue), re.MULTILINE)
    known = {words.replace('\\"', '"') for words in ids}
    wanted = words_of_templates() | words_of_code()
    assert len(wanted) > 200
    assert wanted - known == set()


def given_to(part: str) -> list[Path]:
    """Give the folders and files of tests that a part of `make test` is given."""
    [command] = re.findall(rf"^{part}:.*\n\t(.*)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    return [
        ROOT / each for each in command.split() if each.startswith("tests/") and "with_" not in each
    ]


def test_every_test_in_a_browser_or_on_both_databases_is_in_a_part_of_make_test() -> None:
    """These parts are given folders, since to collect all tests takes them ten seconds."""
    wanted = {
        "in-browsers": [each for each in TESTS.rglob("test_*.py") if "mark.browser" in each.read_text()],
        "on-postgresql": [TESTS / each for each in BOTH_DATABASES],
    }  # fmt: skip
    wanted["in-browsers"].remove(Path(__file__))
    for part, files in wanted.items():
        given = given_to(part)
        assert len(files) > 10
        assert [each for each in files if not any(map(each.is_relative_to, given))] == [], part


def test_no_file_names_a_package_index() -> None:
    hosts = re.compile("pyp" + r"i\.org|python" + r"hosted\.org|npm" + r"js\.(?:org|com)")
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    for name in listed:
        path = ROOT / name
        if path.is_file() and path.suffix not in (".woff2", ".png"):
            assert not hosts.search(path.read_text(errors="ignore")), name


def test_no_comment_of_a_template_runs_over_a_line() -> None:
    """Django shows such a comment to visitors, as it stands."""
    wrong = [
        path.name
        for path in (ROOT / "templates").rglob("*.html")
        if any("{#" in line and "#}" not in line for line in path.read_text().splitlines())
    ]
    assert wrong == []
