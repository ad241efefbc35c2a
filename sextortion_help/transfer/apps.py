from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TransferConfig(AppConfig):
    name = "sextortion_help.transfer"
    verbose_name = _("files out and in")
