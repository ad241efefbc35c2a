"""Addresses: a place, then the same neutral English path in each."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, register_converter

from sextortion_help import errors, views
from sextortion_help.manual.views import manual, show_picture
from sextortion_help.member.language import Words, choose
from sextortion_help.parts import parts
from sextortion_help.places import ElsewhereConverter, PlacePrefix
from sextortion_help.publishing.admin.publishable import register_rest

register_rest()
register_converter(ElsewhereConverter, "elsewhere")

places: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("", include("quiz.urls")),
    path("", include("guidance.urls")),  # last: a page has any path that is left
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.root, name="root"),
    path("exit/", views.leave, name="exit"),
    path("exit/<slug:language>/", views.leave, name="exit"),
    path("health/", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path(".well-known/security.txt", views.security, name="security"),
    path("favicon.ico", views.favicon, name="favicon"),
]
if settings.ROLE != "public":
    urlpatterns += [
        path("admin/", include("sextortion_help.transfer.urls")),
        path("admin/manual/", admin.site.admin_view(manual), name="manual"),
        path("admin/manual/<slug:name>/", admin.site.admin_view(manual), name="manual"),
        path("admin/manual/<slug:language>/<slug:name>.webp", admin.site.admin_view(show_picture)),
        path("admin/jsi18n/", admin.site.admin_view(Words.as_view(), cacheable=True)),
        path("admin/language/", admin.site.admin_view(choose), name="choose_language"),
        path("admin/parts/", admin.site.admin_view(parts), name="parts"),
        path("admin/", include("sextortion_help.desk.urls")),  # its first page
        path("admin/", admin.site.urls),
    ]
urlpatterns += [
    URLResolver(PlacePrefix(), places),
    path("<elsewhere:to>/", views.elsewhere, name="elsewhere"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
