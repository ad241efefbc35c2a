"""The manual: whole in every language, opened at the place one stands, its pictures there and small."""

import re

import pytest
from django.test import Client
from django.utils import translation

from quiz.models import SelfCheck
from sextortion_help.manual.chapters import CHAPTERS, FOLDER, about, chapter
from sextortion_help.member.language import Words
from sextortion_help.publishing.content import LANGUAGES
from tests.publishing.builders import make_page

MOST_BYTES = 60_000
STANDS = {
    "/admin/": "desk",
    "/admin/search/": "desk",
    "/admin/factor/": "people",
    "/admin/people/record/": "people",
    "/admin/texts/": "translating",
    "/admin/document/": "moving",
    "/admin/publishing/version/": "publishing",
    "/admin/publishing/version/publish/": "publishing",
    "/admin/guidance/page/add/": "pages",
    "/admin/guidance/service/": "services",
    "/admin/guidance/letter/": "pages",
    "/admin/quiz/selfcheck/": "self-check",
    "/admin/quiz/question/add/": "self-check",
    "/admin/quiz/contact/add/": "practice-chat",
}


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_says_the_same_in_every_language(name: str) -> None:
    shapes = []
    for language in LANGUAGES:
        pieces = chapter(language, name).pieces
        words = "".join(piece.html for piece in pieces)
        pictures = [piece.picture.partition("/")[2] for piece in pieces if piece.picture]
        shapes.append((words.count("<h2>"), words.count("<li>"), words.count("<p>"), pictures))
        assert chapter(language, name).title
        assert "![" not in words
        assert "**" not in words
    assert shapes == [shapes[0]] * len(LANGUAGES)
    assert len({chapter(language, name).title for language in LANGUAGES}) == len(LANGUAGES)


def test_every_picture_is_there_small_and_shown() -> None:
    shown = {
        piece.picture
        for language in LANGUAGES
        for name in CHAPTERS
        for piece in chapter(language, name).pieces
        if piece.picture
    }
    files = {str(path.relative_to(FOLDER)): path for path in FOLDER.rglob("*.webp")}
    assert set(files) == shown
    assert max(path.stat().st_size for path in files.values()) <= MOST_BYTES
    assert {path.suffix for path in FOLDER.rglob("*.*")} == {".md", ".webp"}
    written = {path.stem for path in FOLDER.rglob("*.md")}
    assert written == set(CHAPTERS)


def test_french_has_its_spaces() -> None:
    for name in CHAPTERS:
        text = (FOLDER / "fr" / f"{name}.md").read_text("utf-8")
        assert not re.search(
            r"[^\u202f\u00a0!]\?|[^\u202f\u00a0:/]:(?!\d)| [;!»]|[«](?!\u202f)|'", text
        ), name


@pytest.mark.django_db
def test_help_leads_to_the_chapter_about_this_screen(editor_client: Client) -> None:
    make_page("manual/page")
    for where, name in STANDS.items():
        answer = editor_client.get(where)
        assert answer.status_code == 200, where
        assert f'href="/admin/manual/{name}/"' in answer.content.decode(), where
    check = SelfCheck.objects.first()
    assert check is not None
    for where in ("change/", "versions/"):
        name = "self-check" if where == "change/" else "publishing"
        shown = editor_client.get(f"/admin/quiz/selfcheck/{check.pk}/{where}").content.decode()
        assert f'href="/admin/manual/{name}/"' in shown
    screens = {"release": "second-person", "auth_user_change": "people", "ways": "people"}
    assert {each: about(each) for each in screens} == screens


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manual_is_in_the_language_of_the_desk(language: str, editor_client: Client) -> None:
    editor_client.post("/admin/language/", {"language": language})
    answer = editor_client.get("/admin/manual/translating/")
    assert chapter(language, "translating").title in answer.content.decode()
    for picture in re.findall(r'<img src="([^"]+)"', answer.content.decode()):
        assert f"/{language}/" in picture
        shown = editor_client.get(picture)
        assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
        assert shown.content[8:12] == b"WEBP"


@pytest.mark.django_db
def test_nothing_but_the_manual_is_read(editor_client: Client, client: Client) -> None:
    for wrong in ("nothing/", "nl/nothing.webp", "xx/desk.webp", "..%2f/nl/start.webp"):
        assert editor_client.get(f"/admin/manual/{wrong}").status_code == 404, wrong
    assert client.get("/admin/manual/nl/desk.webp").status_code == 302


def test_djangos_own_words_are_dutch_at_the_desk() -> None:
    for language, chosen, password in (
        ("nl", "- Kies een mogelijkheid -", "Het heeft minstens 12 tekens nodig."),
        ("fr", "- Choisir une option -", "au minimum 12 caractères"),
    ):
        with translation.override(language):
            assert translation.gettext("- Select an option -") == chosen
            short = "This password is too short. It must contain at least %d character"
            said = translation.ngettext(f"{short}.", f"{short}s.", 12) % 12
            assert password in said


def test_what_djangos_scripts_say_is_dutch() -> None:
    with translation.override("nl"):
        view = Words()
        paths = view.get_paths(view.packages)
        found = translation.trans_real.DjangoTranslation("nl", domain="djangojs", localedirs=paths)
        assert found.gettext("Today (%(date)s)") == "Vandaag (%(date)s)"
        assert found.gettext("Choose a Date") == "Kies een datum"
