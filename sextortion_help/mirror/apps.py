from django.apps import AppConfig


class MirrorConfig(AppConfig):
    name = "sextortion_help.mirror"
