"""Addresses: a language, then the same neutral English path in each of the three."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from sextortion_help import errors, views
from sextortion_help.parts import parts
from sextortion_help.publishing.admin.publishable import register_rest

register_rest()

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
        path("admin/parts/", admin.site.admin_view(parts), name="parts"),
        path("admin/", admin.site.urls),
    ]
urlpatterns += i18n_patterns(
    path("", views.home, name="home"),
    path("", include("quiz.urls")),
    path("", include("guidance.urls")),  # last: a page has any path that is left
)

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
