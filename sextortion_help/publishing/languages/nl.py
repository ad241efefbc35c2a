"""Dutch: Flesch as adapted by Douma (1960)."""

from typing import Final

from sextortion_help.publishing.languages import Formula, Rules

_YOU: Final = r"(?:je|jij|u|jullie)"
_DUMB: Final = (
    r"(?:dom|stom|onnozel|naïef|naief|onverstandig|onvoorzichtig|roekeloos|slordig|lichtgelovig|"
    r"goedgelovig|onnadenkend|onverantwoord)"
)
# what somebody did; "waarom moet je bewijs bewaren" asks nothing about the reader
_DID: Final = (
    r"(?:heb|hebt|had|deed|stuurde|ging|liet|zei|zweeg|gaf|zette|postte|deelde|vertelde|vertrouwde|"
    r"toonde|betaalde|antwoordde|geloofde|wachtte|trapte|nam|maakte|was|wou|wilde|klikte)"
)

RULES: Final = Rules(
    code="nl",
    hyphenation="nl_NL",
    formula=Formula(206.84, -0.93, -77, higher_is_easier=True),
    teens=75,
    adults=60,
    blame=(
        r"\bhad (?:je|jij|u) (?:dan |toch |nu )?(?:maar|niet|nooit|beter|anders|moeten)\b",
        rf"\b{_YOU} (?:had|hadden)\b(?: [^.?!:;]{{0,40}}?)?(?: moeten| mogen| beter niet)\b",
        rf"\b{_YOU} (?:had|hadden|hebt) (?:het|dit|dat) (?:toch |zelf |wel )*"
        r"(?:kunnen (?:weten|voorkomen|zien)|gezocht|gewild|gekozen|uitgelokt)\b",
        rf"\b{_YOU} (?:moest|moesten|mocht|mochten|zou|zouden) (?:het |dat |dit )?(?:toch |beter )"
        r"*(?:weten|opletten|nadenken|nooit|oppassen|opgelet|nagedacht)\b",
        rf"\bwaarom {_DID} {_YOU}\b",
        rf"\b(?:hoe kon|hoe durfde|wat dacht|wat bezielde|dacht|had|was) {_YOU} (?:nou|nu|toch|"
        rf"zo|wel|echt|dan) ?(?:{_DUMB}|dat|doen|zoiets|niet)?\b(?=[^.!]*\?)",
        rf"\b(?:hoe kon|hoe durfde|wat bezielde) {_YOU}\b",
        rf"\b{_DUMB} (?:van je|van jou|van jullie|dat je|dat jij)\b",
        rf"\b{_YOU} (?:bent|was|waren|geweest) (?:echt |gewoon |wel |veel |een beetje )*(?:te |zo )?"
        rf"{_DUMB}\b",
        r"\b(?:zo|hoe) (?:dom|stom|naïef|naief) (?:kon|kan|kun|ben|bent|was)\b",
        r"\b(?:domme|stomme|onnozele|naïeve) (?:fout|zet|keuze|actie|beslissing|vergissing)\b",
        rf"\b{_YOU} (?:hebt|heb|had) (?:zelf )?een (?:grote |zware )?(?:fout|blunder|stommiteit)\b",
        r"\b(?:geen|niet echt een) (?:zo'n )?(?:goed|slim|verstandig|best) idee\b|\bslecht idee\b",
        r"\b(?:niet|weinig) (?:zo |erg |echt )?(?:slim|verstandig) van (?:je|jou)\b",
        r"\beigen (?:schuld|fout)\b",
        r"\b(?:het|dat|dit) (?:is|was) (?:ook |toch |wel |gewoon |helemaal |deels )*"
        r"(?:je|jouw) (?:schuld|fout)\b",
        r"\baan jezelf te (?:danken|wijten)\b|\bzelf om gevraagd\b|\bje vroeg er(?: zelf)? om\b",
        r"\bdat komt ervan\b|\bdat krijg je ervan\b|\bnet goed voor je\b",
        rf"\b{_YOU} wist (?:toch|best|heel goed|goed genoeg)\b",
        r"\bvolgende keer (?:beter|wat meer|goed)? ?(?:nadenken|opletten|oppassen)\b",
    ),
    # about them, not "never share your password" or "we never share"
    absolute=(
        r"(?<!\bwe )(?<!\bwij )\b(?:zullen|zetten|delen) (?:ze |het )*(?:nooit|altijd|zeker)\b",
    ),
    gender=(
        r"\b(?:hij|zij|hem|haar|zijn|ze)/(?:hij|zij|hem|haar|zijn|ze)\b",
        r"\b(?:m/v|v/m)(?:/x)?\b",
        r"\b(?P<stem>\w{4,20})\w{0,20}/(?P=stem)\w*",
        r"\w\((?:e|es|s|n|in|ster|euse|rice|trice|a)\)",
        r"[^\W\d_]{2}[:_*](?:e|es|in|innen|ster)\b",
        r"\w/(?:e|es|in|ster|rice|trice|euse)\b",
        r"\b(?:leraar|leerling|vriend|leerkracht|directeur|verpleger|begeleider)-(?:e|es|in|ster)\b",
    ),
    not_to_say=(r"\b(?:zeg|zegt) (?:dit |dat |dus )?(?:liever )?(?:niet|nooit)\b",),
    names_with_exclamation=("Stop it Now!",),
    numbers=(
        "nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf",
        "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien",
        "negentien", "twintig",
    ),
    times=(r"\b\d{1,2}(?:[.:]\d\d)? ?(?:uur|u)\b",),
    amounts=(r"euro\b", r"dollar\b", r"procent\b"),
)  # fmt: skip
