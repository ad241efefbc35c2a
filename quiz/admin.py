"""The admin of the quizzes, a file for each kind. Django looks for it here."""

from quiz.practice import admin as practice
from quiz.self_check import admin as self_check

__all__ = ["practice", "self_check"]
