"""Nothing that one visitor, one member of staff or one fault does keeps others waiting, or fills anything."""

import io
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.client import MULTIPART_CONTENT
from django.urls import resolve
from pytest_django import Settings

from quiz.practice import rules
from quiz.practice.views import MOST_MOVES
from sextortion_help import middleware
from sextortion_help.public import MOST_BYTES_SENT
from sextortion_help.publishing.places import Place, within
from tests.publishing.builders import address, forget, make_page, publish_address
from tests.site.test_no_trace import check_headers, check_html

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
PATHS = ("/nl-be/chat/", "/nl-be/tell/")


class Unread(io.BytesIO):
    """A body that must not be read."""

    def read(self, *_: Any) -> bytes:
        raise AssertionError("the body was read")

    readline = readinto = read  # type: ignore[assignment]  # whichever way


# --- what is sent


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "kind",
    ["", "multipart/form-data; boundary=x", MULTIPART_CONTENT, "multipart/form-data; charset=hex",
     "application/json", "text/plain", "image/jpeg", f"{FORM}x"],
)  # fmt: skip
def test_only_a_form_is_taken_and_no_file_is_ever_read(
    client: Client, path: str, kind: str
) -> None:
    response = client.generic("POST", path, b"x", kind, **{"CONTENT_LENGTH": "100000000", "wsgi.input": Unread()})  # type: ignore[arg-type]  # fmt: skip
    assert response.status_code == 400
    check_headers(response)
    check_html(response.content.decode(), "nl-BE")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("length", "status"),
    [
        (MOST_BYTES_SENT + 1, 413),
        (10**12, 413),
        ("9" * 5000, 413),
        ("0" * 5000 + "1", 413),
        ("", 400),
        ("-1", 400),
        ("1e3", 400),
        ("²", 400),
    ],
)
def test_a_body_that_no_form_of_ours_sends_is_refused_unread(
    client: Client, path: str, length: object, status: int
) -> None:
    response = client.generic("POST", path, b"x", FORM, **{"CONTENT_LENGTH": str(length), "wsgi.input": Unread()})  # type: ignore[arg-type]  # fmt: skip
    assert response.status_code == status
    check_headers(response)
    check_html(response.content.decode(), "nl-BE")


@pytest.mark.parametrize("charset", ["hex", "utf-7", "rot13", "zip", "utf-8"])
def test_no_charset_makes_the_site_fail(client: Client, charset: str) -> None:
    response = client.generic("POST", "/nl-be/tell/", b"who=mother", f"{FORM}; charset={charset}")
    assert response.status_code in (200, 400)
    check_headers(response)


def test_the_longest_form_is_taken(client: Client) -> None:
    body = "move=m1&moves=" + "x" * (MOST_BYTES_SENT - 14)
    assert client.generic("POST", "/nl-be/chat/", body, FORM).status_code == 200


def test_moves_beyond_the_longest_chat_are_not_looked_at(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    replay = rules.replay

    def counted(practice: Any, moves: Any) -> Any:
        seen.append(len(moves))
        return replay(practice, moves)

    monkeypatch.setattr("quiz.practice.views.rules.replay", counted)
    client.post("/nl-be/chat/", "moves=" + "+".join(["m1"] * 1300), content_type=FORM)
    assert seen == [MOST_MOVES]


def test_there_is_nothing_that_could_write_a_file(settings: Settings) -> None:
    assert settings.FILE_UPLOAD_HANDLERS == []


SERVICES = "/admin/guidance/service/?purposes="


@pytest.mark.parametrize(
    ("clean", "asked"),
    [
        ("/admin/search/?q=quick", "/admin/search/?q=qu%00ick"),
        ("/admin/guidance/page/?audience__exact=teen", "/admin/guidance/page/?audience__exact=te%00en"),
        ("/admin/guidance/page/?audience__in=teen", "/admin/guidance/page/?audience__i%00n=te%00en"),
        (f"{SERVICES}talk", f"{SERVICES}talk%00"),
    ],
)  # fmt: skip
def test_no_sign_that_a_database_refuses_is_asked_for(
    editor_client: Client, clean: str, asked: str
) -> None:
    """NUL, which nobody can type: PostgreSQL takes it nowhere."""
    pages = [editor_client.get(address) for address in (clean, asked)]
    assert [page.status_code for page in pages] == [200, 200]
    one, other = (re.sub(r'value="\w{64}"', "", page.content.decode()) for page in pages)  # tokens
    assert one.partition("<main")[2] == other.partition("<main")[2]


def test_no_sign_that_a_database_refuses_is_in_a_cookie(editor_client: Client) -> None:
    key = editor_client.cookies["sessionid"].value
    cookie = f'sessionid="{key[:9]}\\000{key[9:]}"'  # as a quoted cookie writes NUL
    assert Client().get("/admin/", headers={"cookie": cookie}).status_code == 200


def test_no_sign_that_a_database_refuses_is_written(editor_client: Client) -> None:
    page = make_page()
    where = publish_address(page)
    seen = editor_client.get(where).context["seen"]
    editor_client.post(where, {"seen": seen, "no\0te": "half\0 a reason"})
    editor_client.post(address(page, "retire"), {"note": "gone\0"})
    notes = page.versions().order_by("pk").values_list("note", flat=True)
    assert [*notes] == ["half a reason", "gone"]


# --- who waits


def test_pages_have_threads_that_nothing_slow_can_take() -> None:
    """As many slow requests as may be at once wait; the next is told to come again, a page is answered."""
    entered, go = threading.Semaphore(0), threading.Event()

    def slow(request: HttpRequest) -> HttpResponse:
        if request.method == "POST" or request.path_info.startswith("/admin/"):
            entered.release()
            assert go.wait(20)
        return HttpResponse("done")

    ask, factory = middleware.leave_room(slow), RequestFactory()
    with ThreadPoolExecutor(middleware.MOST_SLOW_AT_ONCE) as threads:
        waiting = [
            threads.submit(
                ask, factory.post("/nl-be/tell/") if each % 2 else factory.get("/admin/")
            )
            for each in range(middleware.MOST_SLOW_AT_ONCE)
        ]
        for _ in waiting:
            assert entered.acquire(timeout=20)
        for refused in (factory.post("/nl-be/chat/"), factory.get("/admin/login/")):
            response = ask(refused)
            assert response.status_code == 503
            assert int(response["Retry-After"]) > 0
        assert ask(factory.get("/nl-be/first/")).content == b"done"
        go.set()
        assert {each.result(20).status_code for each in waiting} == {200}
    assert ask(factory.post("/nl-be/chat/")).status_code == 200


def test_a_place_is_free_again_when_a_view_fails() -> None:
    def broken(request: HttpRequest) -> HttpResponse:
        raise ZeroDivisionError

    ask = middleware.leave_room(broken)
    for _ in range(middleware.MOST_SLOW_AT_ONCE + 2):
        with pytest.raises(ZeroDivisionError):
            ask(RequestFactory().post("/nl-be/chat/"))


# --- where staff are


def test_the_staff_area_is_on_its_own_host_alone(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "staff.example"]
    settings.STAFF_HOST = "staff.example"
    for path in ("/admin/", "/admin/login/", "/admin/none/"):
        response = client.get(path, headers={"host": "localhost"})
        assert response.status_code == 404
        check_html(response.content.decode(), "nl-BE")
    assert client.get("/admin/login/", headers={"host": "staff.example:8443"}).status_code == 200
    assert client.get("/admin/login/", headers={"host": "evil.example"}).status_code == 400
    assert client.get("/nl-be/quick/", headers={"host": "localhost"}).status_code == 200


def test_the_host_of_staff_is_no_site_for_search_engines(
    client: Client, settings: Settings
) -> None:
    settings.ROLE = "staff"
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
    assert client.get("/")["Location"] == "/admin/"


# --- when everything fails


def test_an_error_page_that_fails_is_replaced_by_one_that_needs_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the static files are not there: no page, and no page of errors, can be rendered."""
    client.raise_request_exception = False

    def missing(*_: object, **__: object) -> str:
        raise ValueError("Missing staticfiles manifest entry for 'exit.js'")

    monkeypatch.setattr("django.contrib.staticfiles.storage.staticfiles_storage.url", missing)
    response = client.get("/nl-be/quick/")
    assert response.status_code == 500
    check_headers(response)
    assert b"tel:112" in response.content
    health = client.get("/health/")
    assert health.status_code == 503
    assert health.json()["page"] == "ValueError"


def test_who_came_while_the_content_went_is_told_to_come_again(rf: RequestFactory) -> None:
    forget()
    with within(Place("nl", "BE")):
        view, _, given = resolve("/nl-be/quick/")
        assert view(rf.get("/nl-be/quick/"), **given).status_code == 503


def test_nothing_is_where_no_place_is(client: Client) -> None:
    for path in ("/no-place/", "/no-place/quick/", "/no-place/chat/"):
        assert client.get(path).status_code == 404


def test_without_content_nobody_is_told_that_there_are_no_pages(client: Client) -> None:
    forget()
    for path in ("/sitemap.xml", "/nl-be/quick/"):
        response = client.get(path)
        assert response.status_code == 503
        assert int(response["Retry-After"]) > 0
        assert b'href="tel:112"' in response.content
        assert b'<a class="button" href="/nl-be/lines/">' not in response.content
