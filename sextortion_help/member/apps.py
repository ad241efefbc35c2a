from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class MemberConfig(AppConfig):
    name = "sextortion_help.member"

    def ready(self) -> None:
        from sextortion_help.member import language  # noqa: PLC0415  models are loaded only now

        user_logged_in.connect(language.remember)
