"""The addresses of the desk. Its own is that of the admin's index, in whose place it stands."""

from django.contrib import admin
from django.urls import path

from sextortion_help.desk import views
from sextortion_help.desk.counting import reading_view

urlpatterns = [
    path("", admin.site.admin_view(views.desk), name="desk"),
    path("search/", admin.site.admin_view(views.search_view), name="desk_search"),
    path("reading/", admin.site.admin_view(reading_view), name="desk_reading"),
    path("links/", admin.site.admin_view(views.links_view), name="desk_links"),
]
