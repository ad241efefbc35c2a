"""What the desk remembers: a summary of each draft, and what became of each outside address."""

from typing import Any

from django.db import models


class Summary(models.Model):
    """What a draft says of itself, so that one query shows them all. Made anew when `stamp` has changed.

    `texts` names every text of the draft by its place, "steps/one/body", and holds for each language
    [a digest, when it changed last]; that is all that cannot be made anew.
    """

    kind = models.CharField(max_length=20)
    draft = models.PositiveBigIntegerField()  # its number in the table of its kind
    code = models.CharField(max_length=60)
    stamp = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)  # of its source
    titles: Any = models.JSONField(default=dict)
    countries: Any = models.JSONField(default=list)
    owner = models.CharField(max_length=60, blank=True)
    reviewed = models.BooleanField(default=False)
    verified_on = models.DateField(null=True)
    review_by = models.DateField(null=True)
    rows: Any = models.JSONField(default=dict)  # {"quiz.question": [12, 14]}, those with a form
    texts: Any = models.JSONField(default=dict)
    fields: Any = models.JSONField(
        default=dict
    )  # {"steps/one/body": [label of the model, field, address]}
    outside: Any = models.JSONField(default=list)  # [[address, the way to its field]]
    words = models.TextField(blank=True)  # everything that can be looked for, folded
    written: Any = models.JSONField(default=list)  # [[the way to the field, its text]]

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "draft"], name="one_summary_a_draft")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class OutsideAddress(models.Model):
    """An address of others that live content names, and whether it answered when it was last tried."""

    address = models.CharField(max_length=500, unique=True)
    checked_at = models.DateTimeField()
    works = models.BooleanField()
    said = models.CharField(max_length=200)  # "200", or why not: a word of checking.py

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.address
