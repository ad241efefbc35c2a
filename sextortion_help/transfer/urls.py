"""The addresses of files out and in, all under /admin/."""

from collections.abc import Callable

from django.contrib import admin
from django.http import HttpResponse
from django.urls import URLPattern, path

from sextortion_help.transfer import documents, translations
from sextortion_help.transfer.access import for_publishers, for_translators, sends_out
from sextortion_help.transfer.uploads import takes_file

type View = Callable[..., HttpResponse]


def _at(route: str, view: View, name: str) -> URLPattern:
    return path(route, admin.site.admin_view(view), name=name)


urlpatterns = [
    _at("texts/", for_translators(translations.texts), "texts"),
    _at("texts/out/", for_translators(sends_out(translations.out)), "texts_out"),
    _at("texts/in/", takes_file(for_translators(translations.come_in)), "texts_in"),
    _at("texts/review/", for_translators(translations.review), "texts_review"),
    _at("document/", for_publishers(documents.document), "document"),
    _at("document/out/", for_publishers(sends_out(documents.out)), "document_out"),
    _at("document/schema/", for_publishers(documents.schema), "document_schema"),
    _at("document/in/", takes_file(for_publishers(documents.come_in)), "document_in"),
    _at("document/review/", for_publishers(documents.review), "document_review"),
]
