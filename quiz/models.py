"""Drafts of the quizzes: the self-checks and the practice chats. Staff edit them in the admin."""

from quiz.practice.models import Contact, Outcome, Practice, Reply, Tactic, Turn
from quiz.self_check.models import Answer, Ending, Question, SelfCheck

__all__ = [
    "Answer", "Contact", "Ending", "Outcome", "Practice", "Question", "Reply", "SelfCheck",
    "Tactic", "Turn",
]  # fmt: skip
