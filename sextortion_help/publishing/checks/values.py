"""Each row of a draft held against its model's own rules."""

from collections.abc import Iterator

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.models import Draft, Publishable
from sextortion_help.publishing.problems import Problem


def value_problems(draft: Publishable) -> Iterator[Problem]:
    """Run the validation of every row over everything but its texts, which texts.py looks at.

    What must be unique and what the database constrains is held when a draft is saved.
    """
    for row in draft.rows():
        try:
            row.full_clean(exclude=_texts(row), validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            for field, messages in error.message_dict.items():
                url = row.edit_url("" if field == NON_FIELD_ERRORS else field)
                for message in messages:
                    yield Problem(f"{row}: {message}", url)


def _texts(row: Draft) -> list[str]:
    # its owner and what it links to are there: the database sees to that
    links = [field.name for field in row._meta.concrete_fields if field.many_to_one]
    columns = [f"{name}_{code}" for name in row.translated for code in LANGUAGES]
    return [*row.translated, *columns, *links]
