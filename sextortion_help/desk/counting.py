"""How a text reads while it is typed: the same measures as when it is checked to be published."""

from django.http import HttpRequest, JsonResponse
from django.utils import formats
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from sextortion_help.publishing import markdown
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.languages import rules
from sextortion_help.publishing.reading import measure
from sextortion_help.publishing.wording import LONGEST_SENTENCE, is_hard_to_read, warnings

MOST = 20_000  # signs; longer texts are measured when they are checked


@require_POST
def reading_view(request: HttpRequest) -> JsonResponse:
    """Answer with one sentence about `text` in `language` for `reader`, and whether it misses the bar."""
    language, text = request.POST.get("language", ""), request.POST.get("text", "")[:MOST]
    if language not in LANGUAGES:
        return JsonResponse({"said": "", "hard": False, "warnings": []})
    words, reader = markdown.plain(text), request.POST.get("reader", "")
    found, rule = measure(words, language), rules(language)
    bar = rule.adults if reader in ("parent", "school") else rule.teens
    wanted = gettext("%d or more") if rule.formula.higher_is_easier else gettext("%d or less")
    said = gettext(
        "%(words)d words, %(mean)s a sentence, the longest %(longest)d; reading ease %(ease)d (%(bar)s)"
    )
    values = {
        "words": found.words,
        "mean": formats.number_format(found.mean_sentence, 1),
        "longest": found.longest_sentence,
        "ease": round(found.ease),
        "bar": wanted % bar,
    }
    hard = found.longest_sentence > LONGEST_SENTENCE or is_hard_to_read(words, language, reader)
    return JsonResponse(
        {
            "said": said % values if found.words else "",
            "hard": hard,
            "warnings": warnings(words, language),
        }
    )
