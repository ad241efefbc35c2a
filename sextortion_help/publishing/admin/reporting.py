"""What an editor is told after something was published, or refused."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

from sextortion_help.publishing.models import Version
from sextortion_help.publishing.problems import Refused


def report(request: HttpRequest, act: Callable[[], Sequence[Version]]) -> bool:
    """Publish something, and say what was done or why it was refused. Tells whether it was done."""
    try:
        versions = act()
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, problem.text)
        return False
    text = gettext("Done: %s.") % ", ".join(map(str, versions))
    messages.success(request, text if versions else gettext("Nothing differed."))
    return True
