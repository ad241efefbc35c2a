from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class GuidanceConfig(AppConfig):
    name = "guidance"
    verbose_name = _("guidance")

    def ready(self) -> None:
        from guidance.checks import contacts_are_verified  # noqa: PLC0415  models are loaded only now

        checks.register(contacts_are_verified, deploy=True)
