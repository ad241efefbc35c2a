"""What a member of staff chose for themselves."""

from django.conf import settings
from django.db import models


class Member(models.Model):
    """The language in which somebody reads the desk; without one it is that of the browser."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="member")
    language = models.CharField(max_length=10)

    class Meta:
        default_permissions = ()  # nobody edits it for another

    def __str__(self) -> str:
        return f"{self.user}: {self.language}"
