"""Drafts of the quizzes. Staff edit them in the admin."""

from quiz.models.chat import Contact, Tactic
from quiz.models.quizzes import Quiz
from quiz.models.steps import Answer, Ending, Question

__all__ = ["Answer", "Contact", "Ending", "Question", "Quiz", "Tactic"]
