from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "sextortion_help.publishing"
    label = "publishing"
    verbose_name = _("publishing")

    def ready(self) -> None:
        from sextortion_help.publishing import guards  # noqa: PLC0415  models are loaded only now

        post_migrate.connect(guards.install)
