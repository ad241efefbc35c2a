"""What an editor is told after something was published, asked for, or refused."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpRequest
from django.utils import formats, timezone
from django.utils.translation import gettext

from sextortion_help.publishing.models import Release, Version
from sextortion_help.publishing.problems import Refused

type Outcome = Sequence[Version] | Release


def report(request: HttpRequest, act: Callable[[], Outcome], done: str = "") -> Outcome | None:
    """Do something, and say what came of it: `done`, such as "Done: %s.", or why it was refused.

    Gives the versions, or the release that waits now; None when it was refused.
    """
    try:
        outcome = act()
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, problem.text)
        return None
    if isinstance(outcome, Release):
        messages.success(request, _said(outcome))
    else:
        text = (done or gettext("Done: %s.")) % ", ".join(map(str, outcome))
        messages.success(request, text if outcome else gettext("Nothing differed."))
    return outcome


def _said(release: Release) -> str:
    if release.state == Release.State.DECLINED:
        return gettext("Declined: “%s”. Nothing went live.") % release
    if release.state == Release.State.WAITING or release.due is None:
        text = gettext("Asked for: “%s”. Visitors see it once somebody else has confirmed it.")
        return text % release
    moment = formats.date_format(timezone.localtime(release.due), "SHORT_DATETIME_FORMAT")
    return gettext("“%(name)s” goes live at %(moment)s.") % {"name": release, "moment": moment}
