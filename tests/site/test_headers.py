"""One page for everybody: whatever a client sends with a GET, it gets the same bytes, and so does the next.

A page is kept by our own caches under its address alone. So nothing else of a request may change it.
"""

import itertools
from typing import Any

import pytest
from django.test import Client

from sextortion_help.publishing.live import live
from sextortion_help.publishing.places import Place, places
from tests.site.addresses import addresses, everywhere
from tests.site.browser import Browser

pytestmark = pytest.mark.django_db

LONG, BYTES = "a" * 8192, b"\xff\xfe".decode("latin-1")
SENT = {
    "hx-request": ["true", "false", "", LONG, BYTES],
    "hx-request-type": ["partial", "full", "<script>"],
    "hx-boosted": ["true"],
    "hx-target": ["stage", "#stage"],
    "hx-source": ["form#moves"],
    "hx-trigger": ["x"],
    "hx-prompt": ["x"],
    "hx-current-url": ["https://evil.example/nl/"],
    "hx-history-restore-request": ["true"],
    "cookie": ["sessionid=0123456789abcdef; csrftoken=x; django_language=fr; messages=x", "=", LONG],
    "accept": ["application/json", "text/plain", "*/*;q=0", "image/avif"],
    "accept-language": ["fr", "en;q=1, nl;q=0", "nl;q=1" * 1000, "xx", BYTES],
    "accept-charset": ["utf-7"],
    "accept-encoding": ["br", "gzip;q=0"],
    "authorization": ["Basic YTpi", "Bearer x"],
    "cache-control": ["no-cache"],
    "content-type": ["application/x-www-form-urlencoded", "multipart/form-data"],
    "dnt": ["1"],
    "sec-gpc": ["1"],
    "save-data": ["on"],
    "sec-ch-prefers-color-scheme": ["dark"],
    "sec-fetch-mode": ["cors"],
    "sec-purpose": ["prefetch"],
    "if-modified-since": ["Fri, 27 Nov 2099 00:00:00 GMT"],
    "if-none-match": ["*"],
    "range": ["bytes=0-10"],
    "origin": ["null", "https://evil.example"],
    "referer": ["https://evil.example/", "/nl-be/chat/"],
    "user-agent": ["Googlebot", "<script>", LONG],
    "via": ["1.1 evil"],
    "forwarded": ["for=1.2.3.4;host=evil.example;proto=https"],
    "x-forwarded-for": ["1.2.3.4"],
    "x-forwarded-host": ["evil.example"],
    "x-forwarded-port": ["1"],
    "x-forwarded-prefix": ["/evil"],
    "x-forwarded-proto": ["https"],
    "x-forwarded-scheme": ["https"],
    "x-http-method-override": ["POST"],
    "x-original-url": ["/nl-be/"],
    "x-rewrite-url": ["/nl-be/"],
    "x-real-ip": ["1.2.3.4"],
    "x-requested-with": ["XMLHttpRequest"],
    "x-script-name": ["/evil"],
    "x-csrftoken": ["x"],
    "x-accel-expires": ["99999"],
    "upgrade-insecure-requests": ["1"],
}  # fmt: skip
# Those whose effect another could hide are also sent one by one, once to each template.
ALONE = {name: values for name, values in SENT.items() if name.startswith(("hx-", "cookie"))}
QUERIES = [
    "a=b", "moves=m1+bb&move=m1", "move=m1", "who=mother&how=write&amount=little", "code=mini",
    "page=2", "language=fr", "debug=1", "_method=POST", "next=//evil.example", "?", "%ff%00", LONG,
]  # fmt: skip


FIRST = Place("nl", "BE")


def first() -> list[str]:
    """Give every address in the first place."""
    assert places(live())[0] == FIRST
    return addresses(FIRST)


def everything() -> list[dict[str, str]]:
    """Give every value in some set of headers, as few sets as there are values of one header."""
    sets = itertools.zip_longest(*([(name, v) for v in values] for name, values in SENT.items()))
    return [dict(filter(None, each)) for each in sets]


def test_no_header_changes_a_page(client: Client) -> None:
    """Every page is asked for with every header; of most, several at once."""
    alone = [{name: value} for name, values in ALONE.items() for value in values]
    templates: set[str] = set()
    for address in first():
        plain = client.get(address)
        name = str(plain.templates[0].name)
        for headers in [*everything(), *([] if name in templates else alone)]:
            check(client, address, plain, headers)
        templates.add(name)
    assert len(templates) > 12


def test_no_header_changes_a_page_in_another_place(client: Client) -> None:
    for place, address in everywhere():
        if place != FIRST:
            check(client, address, client.get(address), everything()[0])


def check(client: Client, address: str, plain: Any, headers: dict[str, str]) -> None:
    response = client.get(address, headers=headers)
    assert (response.status_code, response.content) == (200, plain.content), headers
    # django-htmx adds a Vary; pages.py replaces it
    assert {**response.headers, "Vary": ""} == {**plain.headers, "Vary": ""}


@pytest.mark.parametrize("cookie", SENT["cookie"])
def test_no_cookie_of_a_client_is_answered_with_one(client: Client, cookie: str) -> None:
    # Django's CSRF middleware answers a token that cannot be one with a new one
    for address in first():
        response = client.get(address, headers={"cookie": cookie})
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")


def test_no_query_changes_a_page(client: Client) -> None:
    for address in first():
        plain = client.get(address).content
        for query in QUERIES if address.endswith(("/chat/", "/tell/", "-be/")) else QUERIES[:3]:
            assert client.get(address, QUERY_STRING=query).content == plain, query


def test_whoever_asks_first_gets_the_page_that_everybody_gets() -> None:
    """As memory keeps it: the first visitor sends whatever they like, the second nothing.

    Of every third page: each is kept by the same lines, and packing it takes most of the time.
    """
    for address in first()[::3]:
        wanted = Browser().get(address)
        for headers in (
            {"HTTP_HX_REQUEST_TYPE": "partial"}, {"HTTP_HX_REQUEST": "true"},
            {"HTTP_COOKIE": "csrftoken=x"},
        ):  # fmt: skip
            browser = Browser()
            assert browser.get(address, **headers) == wanted
            assert browser.get(address) == wanted
