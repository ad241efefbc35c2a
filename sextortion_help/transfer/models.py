"""A file that a member of staff sent in, while they look at what it would change."""

from django.conf import settings
from django.db import models


class Upload(models.Model):
    """The last file of one member. It is gone once it is applied; a new one takes its place.

    Kept in the database because any process may answer the next request, and because a file is larger
    than what a form may hold.
    """

    class Kind(models.TextChoices):
        PO = "po"
        CSV = "csv"
        DOCUMENT = "json"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="upload")
    kind = models.CharField(max_length=4, choices=Kind)
    text = models.TextField()
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = ()  # it is seen by who sent it, and by nobody else

    def __str__(self) -> str:
        return f"{self.kind} of {self.user}"
