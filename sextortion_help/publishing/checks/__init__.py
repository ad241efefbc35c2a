"""Everything that is checked before a draft is published, whatever its kind."""

from django.utils import timezone

from sextortion_help.publishing.checks.addresses import address_problems
from sextortion_help.publishing.checks.texts import text_problems
from sextortion_help.publishing.checks.values import value_problems
from sextortion_help.publishing.content import Content, Contents
from sextortion_help.publishing.models import Publishable
from sextortion_help.publishing.problems import Problem
from sextortion_help.publishing.review import overdue


def problems_of(draft: Publishable, content: Content, after: Contents) -> list[Problem]:
    """Say what is wrong with a draft. `content` is the draft frozen, `after` what would be live with it.

    Asks the database nothing about a draft that comes from `sources.whole()`: what is checked is what
    is published.
    """
    problems = [*value_problems(draft), *address_problems(draft, content)]
    problems += overdue(draft, timezone.localdate())
    for row in draft.rows():
        problems += text_problems(row, after, draft.reader)
    return problems + draft.problems(content, after)
