"""French: Flesch as adapted by Kandel and Moles (1958)."""

from typing import Final

from sextortion_help.publishing.languages import Formula, Rules

_YOU: Final = r"(?:tu |vous |t')"
_DUMB: Final = (
    r"(?:bête|stupide|idiote?|naïf|naïve|imprudente?|inconsciente?|crédule|irresponsable|ridicule|"
    r"négligente?|irréfléchie?)"
)
_ENDINGS: Final = r"(?:e|es|ne|nes|rice|rices|trice|trices|euse|euses|ère|ères|ière|ve|ves|le|lle)"

RULES: Final = Rules(
    code="fr",
    hyphenation="fr",
    formula=Formula(207, -1.015, -73.6, higher_is_easier=True),
    teens=75,
    adults=60,
    blame=(
        rf"\b{_YOU}(?:n')?(?:aurais|auriez) (?:(?:pas|jamais|peut-être|vraiment|quand même|mieux|"
        r"bien|plutôt|toujours|donc) )*d[ûu]\b",
        rf"\b{_YOU}(?:aurais|auriez) (?:mieux fait|pu (?:éviter|savoir|refuser|réfléchir|faire|"
        r"dire|en parler|te méfier|t'arrêter))\b",
        r"\bil (?:ne |n')?(?:te |vous )?(?:fallait|aurait (?:pas |mieux |plutôt )?(?:fallu|valu))"
        r"(?: pas)?\b",
        r"\bpas (?:vraiment )?une (?:très )?bonne idée\b"
        r"|\bmauvaise idée\b|\bpas (?:très |bien )?(?:malin|prudent|intelligent|futé)\b",
        r"\bde (?:ta|votre) (?:propre )?faute à (?:toi|vous)\b",
        r"\bc'(?:est|était) (?:(?:bien|quand même|un peu|aussi|entièrement) )?(?:de )?"
        r"(?:ta|votre) (?:propre )?faute\b",
        r"\bpourquoi (?:(?:est-ce que|donc|diable) )?(?:tu|vous) (?:ne |n'|l'|les |lui |leur |t'|"
        r"vous |y |en |m'en |me |m')*(?:as|avais|avez|aviez|es allée?|t'es)\b",
        r"\bpourquoi (?:ne |n'|l'|les |lui |leur |t'|y |en |m'en |m')*(?:as|avais|avez|aviez|es|"
        r"étais)-(?:tu|vous)\b|\bpourquoi (?:ne pas )?avoir\b",
        r"\bqu'est-ce qui t'a pris\b|\bqu'est-ce que tu (?:croyais|pensais|espérais)\b"
        r"|\bà quoi (?:tu pensais|pensais-tu)\b|\bque (?:croyais|pensais|espérais)-tu\b",
        r"\bcomment (?:as-tu|avez-vous|tu as|t'as) (?:bien )?pu\b",
        rf"\b(?:c'est|c'était) (?:vraiment |trop |si |un peu |très )?{_DUMB}\b(?! que tu ne| qu'on)",
        rf"\b{_YOU}(?:es|as été|étais|êtes|avez été|étiez) (?:(?:vraiment|trop|si|un peu|très|bien|"
        rf"tellement) )?{_DUMB}\b",
        rf"\b{_YOU}l'(?:as|avez|avais|aviez) (?:(?:bien|un peu|quand même) )?(?:cherché|voulu|"
        r"mérité|provoqué)\b|\bbien fait pour (?:toi|vous)\b",
        r"\bt'en prendre qu'à toi\b|\bvous en prendre qu'à vous\b|\b(?:tu n'|tu |t')avais qu'à\b",
        rf"\b{_YOU}(?:devais|deviez) (?:savoir|réfléchir|faire attention|te méfier|être plus)\b",
        rf"\b{_YOU}(?:savais|saviez) (?:bien|pourtant|très bien|parfaitement)\b",
        rf"\b{_YOU}(?:as|avez) (?:fait|commis) une (?:(?:grosse|grave|belle|terrible) )?"
        r"(?:erreur|bêtise|faute|imprudence)\b",
        r"\bla prochaine fois,? (?:réfléchis|fais attention|tu réfléchiras|tu feras attention)\b",
        r"\bça t'apprendra\b|\bquelle (?:bêtise|imprudence|naïveté)\b|\bsi seulement tu\b",
    ),
    absolute=(r"\b(?:publi|diffus|partag)(?:ent|era|eront) (?:jamais|toujours|sûrement)\b",),
    gender=(
        rf"\w\({_ENDINGS}\)|\w\(s\)",
        rf"[^\W\d_]{{2}}[:_*]{_ENDINGS}(?:[:_*]?s)?\b",
        rf"\w/(?:{_ENDINGS}|[eè]te|ée)s?\b",
        r"\b(?P<stem>\w{3,20})\w{0,20}/(?P=stem)\w*",
        r"\b(?:il|elle|lui|un|une|le|la|ils|elles|eux)/(?:il|elle|lui|un|une|le|la|ils|elles|eux)\b",
        # not "dis-le", "est-elle", "prends-les": what hangs on a verb is left alone
        r"\w-(?:e|es|ne|nes|rice|rices|trice|trices|euse|euses|ère|ères|ière|ve|ves)(?:-s)?\b"
        r"(?!-)(?<!-e-ce)",
        rf"(?<![\w./])[a-zà-ÿ]{{2,}}\.(?:{_ENDINGS[3:-1]})(?:\.s|s)?(?![\w/])",
        r"(?-i:\b[a-zà-ÿ]{3,}E(?:S|s)?\b)",
    ),
    not_to_say=(r"\bne (?:pas |jamais )dire\b|\bne (?:dis|dites) (?:pas|jamais)\b",),
    names_with_exclamation=("Stop it Now!",),
    numbers=(
        "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
        "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf", "vingt",
    ),
    times=(
        r"\b24 ?h(?:eures)? ?(?:/|sur) ?24\b", r"\b7 ?j(?:ours)? ?(?:/|sur) ?7\b",
        r"\b\d{1,2} ?h(?: ?[0-5]\d)?\b",
    ),
    amounts=(r"euros?\b", r"dollars?\b", r"pour cent\b"),
)  # fmt: skip
