from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "sextortion_help.people"
    label = "people"
    verbose_name = _("people")

    def ready(self) -> None:
        from sextortion_help.people import groups, sessions  # noqa: PLC0415  models are loaded only now

        post_migrate.connect(groups.install)
        user_logged_in.connect(sessions.begin)
