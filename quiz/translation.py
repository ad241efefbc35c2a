"""The texts of the quizzes that exist in three languages."""

from modeltranslation.translator import TranslationOptions, register

from quiz.models import (
    Answer,
    Contact,
    Ending,
    Outcome,
    Practice,
    Question,
    Reply,
    SelfCheck,
    Tactic,
    Turn,
)


@register([SelfCheck, Practice])
class QuizTranslation(TranslationOptions):
    fields = ("title", "intro", "entry_title", "entry_text")


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("text", "help")


@register(Answer)
class AnswerTranslation(TranslationOptions):
    fields = ("label", "advice")


@register([Ending, Outcome])
class EndTranslation(TranslationOptions):
    fields = ("title", "body")


@register(Tactic)
class TacticTranslation(TranslationOptions):
    fields = ("name", "about")


@register(Contact)
class ContactTranslation(TranslationOptions):
    fields = ("name", "intro", "reveal_title", "reveal_body", "real_life")


@register(Turn)
class TurnTranslation(TranslationOptions):
    fields = ("text",)


@register(Reply)
class ReplyTranslation(TranslationOptions):
    fields = ("label",)
