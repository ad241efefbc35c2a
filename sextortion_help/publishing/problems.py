"""What keeps a draft from being published, in words, each with the way to the field to mend."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One sentence for the editor. `url` leads to the field; a warning does not stop a publish."""

    text: str
    url: str = ""
    warning: bool = False


class Refused(Exception):
    """A publish did not happen, and nothing changed. Carries the problems that stopped it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.text for problem in problems))
        self.problems = problems
