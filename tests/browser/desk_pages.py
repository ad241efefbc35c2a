"""Every page of the staff area: found in its addresses, in a database where something waits on each of them.

`prepare()` runs beside the server, in its database, and prints who is logged in and what there is to open.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from guidance.choices import Amount, How, Who
from guidance.models import Channel, Detail, Message, Page, Service
from sextortion_help.manual.chapters import CHAPTERS
from sextortion_help.people.models import Why
from sextortion_help.people.ways import agree, ask
from sextortion_help.publishing.freezing import freeze
from sextortion_help.publishing.models import Release, Version
from sextortion_help.publishing.planning import Together
from sextortion_help.publishing.releases import submit
from sextortion_help.publishing.sources import whole
from sextortion_help.transfer import po
from sextortion_help.transfer.document import written
from sextortion_help.transfer.history import history
from sextortion_help.transfer.models import Upload
from sextortion_help.transfer.texts import items
from tests.desk.builders import forms, make_all, texts

# What is no page: it leads on, is a file, or takes what a page sends. Reached by pages, or nothing to see.
NOT_PAGES = {
    "texts_out": "a file",
    "texts_in": "takes a file, and leads on",
    "document_out": "a file; its proof page is opened",
    "document_schema": "a file",
    "document_in": "takes a file, and leads on",
    "jsi18n": "a script",
    "choose_language": "a button, leads back",
    "desk_reading": "figures for a script",
    "desk_links": "a button of the desk, leads back to it",
    "logout": "a button",
    "autocomplete": "choices for a script; no form has it",
    "typed": "what a form holds and nobody saved, in a frame beside it",
    "view_on_site": "leads to the public page",
    "ask_way": "a button; its answer is opened",
    "version": "leads to what it changed, among the versions of its object",
    "preview_chosen": "leads to the preview of what is ticked",
    "index": "the desk stands in its place",
    "": "leads to a form, a picture of the manual, or nowhere",
}


def patterns() -> dict[str, str]:
    """Give the name of each route of the staff area; "" where it has none."""
    return {
        route: pattern.name or ""
        for route, pattern in _walk(get_resolver().url_patterns)
        if route.startswith("admin/")
    }


def is_no_page(name: str) -> bool:
    """Tell whether a name, or the screen of a kind that it ends in, is among what is no page."""
    return name in NOT_PAGES or name.rpartition("_")[2] in NOT_PAGES


def unopened(addresses: list[str]) -> list[str]:
    """Name the routes that should have been opened and were not."""
    opened = {resolve(address.partition("?")[0]).route for address in addresses}
    return sorted(
        route for route, name in patterns().items() if not is_no_page(name) and route not in opened
    )


def _walk(found: Any, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in found:
        route = before + str(each.pattern).removeprefix("^")
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, route) if before or "admin" in route else ()
        else:
            yield route, each


def prepare() -> None:
    """Let something wait on every page, and print the sessions and the addresses."""
    anna, bert = (User.objects.create_superuser(name) for name in ("anna", "bert"))
    eve = User.objects.create_user("eve", is_staff=True)
    eve.groups.set(Group.objects.filter(name="editor"))
    TOTPDevice.objects.create(user=bert, name="app")
    device: Any = TOTPDevice.objects.get(user=bert)
    sessions = {
        "anna": _session(anna),
        "bert": _session(bert, otp_device_id=device.persistent_id),
        "eve": _session(eve),
        "stale": _session(anna, proved=0),
        "nobody": "",
    }
    print(json.dumps({"sessions": sessions, "pages": list(_pages(anna, bert, eve))}))


def _session(user: User, **values: Any) -> str:
    client = Client()
    client.force_login(user)
    key = client.cookies["sessionid"].value
    store = SessionStore(key)
    store.update(values)
    store.save()
    return str(key)


def _pages(anna: User, bert: User, eve: User) -> Iterator[tuple[str, str, int]]:
    """Give (who, address, status) of every page."""
    drafts = _drafts()
    published = _publish(anna)
    _send_files(anna, bert)
    way, waits = ask(eve, Why.PASSWORD, anna), ask(eve, Why.FACTOR, anna)
    agree(way, bert)
    assert waits.agreed_at is None
    given: dict[str, list[tuple[str, Any]]] = {
        "factor": [("anna", ""), ("bert", "")],
        "way": [("nobody", way.token()), ("nobody", "gone")],
        "login": [("nobody", "")],
        "release": [("bert", release.pk) for release in Release.objects.all()],
        "undo": [("anna", Version.objects.exclude(release=None).latest("id").release)],
        "document_review": [("bert", "")],
        "manual": [("anna", ""), *(("anna", name) for name in CHAPTERS)],
        "publish": [
            ("anna", ""), *(("anna", f"?draft={kind}:{pk}") for kind, pk in _differing(drafts)),
        ],
        "desk_search": [("anna", ""), ("anna", "?q=a"), ("anna", "?q=nowhere-at-all")],
        "app_list": [("anna", name) for name in ("auth", "people", "guidance", "quiz")],
    }  # fmt: skip
    for route, name in patterns().items():
        if is_no_page(name):
            continue
        if name in given:
            takes = "<" in route or "(?P" in route
            for who, value in given[name]:
                if takes != bool(value) and not str(value).startswith("?"):
                    continue
                query = value if str(value).startswith("?") else ""
                yield (
                    who,
                    _address(name, [] if query or not value else [value]) + query,
                    _status(value),
                )
        elif name == "together":
            where = ["all", "nl-be", freeze(published["guidance_page"]).path[1:]]
            yield (
                "anna",
                _address(name, where[: route.count("<")]),
                200 if "place" in route else 302,
            )
        elif "<" in route:
            yield from _of_a_row(name, drafts, published, eve)
        else:
            yield "anna", _address(name, []), 200
    yield "eve", "/admin/guidance/page/?all=&state=live&q=a", 200
    yield "eve", "/admin/auth/user/", 403
    yield "eve", "/admin/publishing/version/publish/", 200
    yield "anna", "/admin/nowhere/", 404
    yield "stale", "/admin/document/out/", 200


def _status(value: Any) -> int:
    return 410 if value == "gone" else 200


def _address(name: str, args: list[Any]) -> str:
    try:
        return reverse(f"admin:{name}", args=args)
    except NoReverseMatch:  # those of our own stand beside the admin's
        return reverse(name, args=args)


def _of_a_row(
    name: str, drafts: dict[str, Any], published: dict[str, Any], eve: User
) -> Iterator[tuple[str, str, int]]:
    """Give the addresses of one row of a kind: one that is live, or for deleting one that never was."""
    kind, _, screen = name.rpartition("_")
    if kind == "auth_user":
        # nobody is deleted
        yield "anna", _address(name, [eve.pk]), 403 if screen == "delete" else 200
        return
    row = drafts[kind] if screen == "delete" else published[kind]
    if screen == "preview":
        yield "anna", _address(name, [row.pk, "nl-be"]), 200
        yield (
            "anna",
            _address(name, [row.pk, "nl-be"]) + freeze(published["guidance_page"]).path[1:],
            200,
        )
        return
    yield "anna", _address(name, [row.pk]), 200


def _kind(row: Any) -> str:
    return f"{row._meta.app_label}_{row._meta.model_name}"


def _drafts() -> dict[str, Any]:
    rows = make_all()
    Message.objects.filter(who=Who.SIBLING, how=How.ALOUD, amount=Amount.SOME).delete()
    said = {"who": Who.SIBLING, "how": How.ALOUD, "amount": Amount.SOME}
    rows.append(Message.objects.create(code="desk-message", **said, **texts(text="Hi")))
    rows.append(Detail.objects.create(code="desk-detail", **texts(text="Hi")))
    return {_kind(row): row for row in rows}


def _publish(anna: User) -> dict[str, Any]:
    """Publish a change, ask for another; give a row of each kind that is live."""
    page = Page.objects.filter(code="first").first() or Page.objects.first()
    assert page
    for number in (1, 2):
        Page.objects.filter(pk=page.pk).update(title_en=f"Another title {number}")
        if number == 1:
            submit(Together(drafts=list(whole(Page).filter(pk=page.pk))), anna, "why it changed")
    service = Service.objects.filter(channels__kind="call").first()
    assert service
    channel = service.channels.filter(kind="call").first()
    assert channel
    channel.address = "116 001"
    channel.save()
    together = Together(drafts=list(whole(Service).filter(pk=service.pk)))
    submit(together, anna, "a new number")
    later = timezone.now() + timedelta(days=3)
    submit(Together(drafts=list(whole(Page).filter(pk=page.pk))), anna, "later", due=later)
    return {_kind(row): row for row in forms(1)} | {_kind(page): page, _kind(service): service}


def _differing(drafts: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """Give drafts to look at before they are published: what may be, what may not, and a delicate one."""
    page = Page.objects.filter(title_en="Another title 2").get()
    number = Channel.objects.get(address="116 001").service_id
    lacking = Page.objects.create(code="desk/lacking", title_nl="Alleen dit")
    yield from (("page", page.pk), ("service", number), ("page", lacking.pk))


def _send_files(anna: User, bert: User) -> None:
    found = items(Page, ["desk/all"])
    text = po.write(found, "nl", "fr", history([Page]))
    text = text.replace('msgstr "desk/all fr"', 'msgstr "Un autre titre"')
    Upload.objects.create(user=anna, kind=Upload.Kind.PO, text=text)
    changed = written().replace("Another title 2", "Another title 3")
    Upload.objects.create(user=bert, kind=Upload.Kind.DOCUMENT, text=changed)
