from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class GuidanceConfig(AppConfig):
    name = "guidance"
    verbose_name = _("guidance")

    def ready(self) -> None:
        from guidance.checks import content_is_ready  # noqa: PLC0415  models are loaded only now

        checks.register(content_is_ready, deploy=True)
