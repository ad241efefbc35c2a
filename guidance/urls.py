from django.urls import path, register_converter
from django.urls.converters import StringConverter

from guidance import views
from guidance.choices import NEEDS
from guidance.content import NUMBERS


class CountryConverter:
    """A country in an address: two small letters. Which there are, the content knows."""

    regex = "[a-z]{2}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value.lower()


class PurposeConverter(StringConverter):
    """A need in an address, as its number among those the lines can be filtered by; also by its name,
    which was its address before.
    """

    regex = "|".join([*NEEDS, *(str(number) for number in range(1, len(NEEDS) + 1))])

    def to_python(self, value: str) -> str:
        return NEEDS[int(value) - 1] if value.isdecimal() else value

    def to_url(self, value: str) -> str:
        return NUMBERS[value].removesuffix("/")


class PathConverter(StringConverter):
    """The path of a page, as its model allows it: nothing else is worth a redirect to add a slash."""

    regex = r"[a-z0-9-]+(?:/[a-z0-9-]+)*"


register_converter(PathConverter, "page_path")
register_converter(CountryConverter, "country")
register_converter(PurposeConverter, "purpose")

urlpatterns = [
    path("lines/", views.lines, name="lines"),
    path("lines/<purpose:purpose>/", views.lines, name="lines"),
    path("lines/<country:country>/", views.lines, name="lines"),
    path("lines/<country:country>/<purpose:purpose>/", views.lines, name="lines"),
    path("apps/", views.apps, name="apps"),
    path("letters/", views.letters, name="letters"),
    path("letters/<slug:code>/", views.letter, name="letter"),
    path("tell/", views.tell, name="tell"),
    path("<page_path:path>/", views.page, name="page"),
]
