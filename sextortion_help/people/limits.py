"""How often somebody may be wrong. Nobody is locked out for ever, and nobody can lock out a colleague.

Counted in the memory of this process alone, for minutes: no address of anybody is ever written. See
docs/decisions/0080-people.md.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True)
class Limit:
    """So many wrong answers in so many seconds; then one waits until they are over."""

    name: str
    most: int
    seconds: int

    def key(self, *who: object) -> str:
        """Name the count of somebody."""
        return f"{self.name}:{sha256(repr(who).encode()).hexdigest()}"

    def reached(self, *who: object) -> bool:
        """Tell whether somebody was wrong too often lately."""
        return int(cache.get(self.key(*who), 0)) >= self.most

    def count(self, *who: object) -> None:
        """Count one wrong answer. The seconds run from the first one."""
        key = self.key(*who)
        cache.add(key, 0, self.seconds)
        try:
            cache.incr(key)
        except ValueError:  # its time was over just now
            cache.set(key, 1, self.seconds)

    def forget(self, *who: object) -> None:
        """Begin again: somebody was right."""
        cache.delete(self.key(*who))


# One name from one address: a colleague elsewhere logs in meanwhile.
NAME: Final = Limit("name", 5, 5 * 60)
# All names from one address: an office where several mistype is not stopped, a list of names is.
ADDRESS: Final = Limit("address", 30, 5 * 60)
# Wrong codes after the right password, from everywhere: a million codes take eleven years. Recovery
# codes are not counted here: they are too long to be guessed, so that their owner always comes in.
CODE: Final = Limit("code", 10, 15 * 60)


def address(request: HttpRequest) -> str:
    """Give the address a request of staff comes from, as our nginx says it, or the connection."""
    told = request.headers.get("X-Real-IP", "") if settings.PRODUCTION else ""
    return str(told or request.META.get("REMOTE_ADDR", ""))
