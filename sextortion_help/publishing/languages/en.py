"""English: Flesch and Kincaid's grade (1975), in school years, where lower is easier."""

from typing import Final

from sextortion_help.publishing.languages import Formula, Rules

_DUMB: Final = r"(?:stupid|naive|naïve|foolish|careless|reckless|silly|dumb|gullible|irresponsible|thoughtless)"
_VERY: Final = r"(?:(?:so|too|very|a bit|a little|really|quite|pretty|just|being) )*"

RULES: Final = Rules(
    code="en",
    hyphenation="en_GB",
    formula=Formula(-15.59, 0.39, 11.8, higher_is_easier=False),
    teens=5,
    adults=8,
    blame=(
        r"\byou (?:(?:really|probably|never|always|just) )*(?:should|ought)(?:n't)?(?: not| never)?"
        r"(?: really| probably)?(?: to)?(?: have|'ve| of)\b",
        r"\byou (?:could|might)(?:'ve| have) (?:(?:just|at least|easily) )?(?:known|said|asked|"
        r"stopped|avoided|told|thought|refused|prevented|been more)\b",
        r"(?:\bnot|n't) (?:a|the|such a|your) (?:(?:very|really) )?(?:good|smart|wise|bright|best|"
        r"great|clever) (?:idea|move|choice)\b|\b(?:bad|stupid|terrible|silly|dumb) idea\b",
        r"\byour own (?:fault|doing|mistake)\b|\b(?:have |got )?only yourself to blame\b",
        r"\b(?:it|this|that)(?: is|'s| was) (?:(?:all|partly|really|also|kind of) )?your "
        r"(?:fault|mistake)\b|\byou(?: are|'re| were) (?:(?:partly|also|the one) )*to blame\b",
        r"\bwhy (?:on earth )?(?:did|didn't|have|haven't|had|hadn't|were|weren't|would|wouldn't) "
        r"you\b",
        r"\bwhat (?:were|was) you thinking\b|\bwhat did you (?:expect|think would)\b"
        r"|\bwhat made you\b|\bhow could you\b|\bhow did you let\b|\bdid you really (?:think|believe)\b"
        r"|\bdidn't you (?:know|think|reali[sz]e|see)\b",
        rf"\byou(?: are|'re| were|'ve been| have been) {_VERY}{_DUMB}\b",
        rf"\b{_DUMB} (?:of you|to (?:send|trust|believe|share|answer|reply|pay|accept))\b",
        rf"\b{_DUMB} (?:mistake|thing to do|choice|decision)\b",
        r"\byou(?: have|'ve)? made (?:a|your) (?:(?:big|bad|serious|terrible) )?mistake\b",
        r"\b(?:brought (?:this|it) on yourself|asked for (?:it|this)|had it coming|serves you right)\b",
        r"\byou knew (?:better|the risks?|very well|perfectly well)\b|\bif only you\b",
        r"\byou let (?:this|it|that) happen\b|\bnext time,? (?:think|be more careful)\b",
    ),
    absolute=(
        r"\b(?:they|he|she|who|blackmailers?)\b[^.?!:\n]{0,40}"
        r"\b(?:never|always) (?:publish|post|share|spread)",
    ),
    gender=(
        r"\w\((?:e|es|s|in|ster|rice|trice|euse)\)",
        r"\(s\)he\b|\bs/he\b",
        r"\b(?:he|she|him|her|his|hers)/(?:he|she|him|her|his|hers)\b",
    ),
    not_to_say=(r"\b(?:don't|do not|never|not to) say\b",),
    names_with_exclamation=("Stop it Now!",),
    numbers=(
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
        "nineteen", "twenty",
    ),
    times=(r"\b\d{1,2}(?:[.:]\d\d)? ?(?:[ap]m\b|[ap]\.m\.|o'clock\b)",),
    amounts=(r"euros?\b", r"dollars?\b", r"per ?cent\b"),
)  # fmt: skip
