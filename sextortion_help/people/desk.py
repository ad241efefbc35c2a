"""Django's admin as this project installs it. A module of its own: an app may have one configuration only."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin, whose site asks for a second factor."""

    default = False
    default_site = "sextortion_help.people.site.Desk"
