"""A page taken apart, for tests: its tags with their attributes, and its texts."""

from html.parser import HTMLParser


class Parsed(HTMLParser):
    """`tags` holds (name, attributes) in order; `texts` all text outside of tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self._inside: list[str] = []
        self.inside: dict[str, list[str]] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self._inside:
            self.inside.setdefault(self._inside[-1], []).append(data.strip())

    def all(self, *names: str) -> list[dict[str, str]]:
        """Give the attributes of every tag with one of these names."""
        return [attributes for tag, attributes in self.tags if tag in names]
