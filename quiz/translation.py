"""The texts of a quiz that exist in three languages."""

from modeltranslation.translator import TranslationOptions, register

from quiz.models import Answer, Contact, Ending, Question, Quiz, Tactic


@register(Quiz)
class QuizTranslation(TranslationOptions):
    fields = ("title", "intro")


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("text", "help")


@register(Ending)
class EndingTranslation(TranslationOptions):
    fields = ("title", "body")


@register(Answer)
class AnswerTranslation(TranslationOptions):
    fields = ("label", "advice")


@register(Contact)
class ContactTranslation(TranslationOptions):
    fields = ("name", "intro", "reveal_title", "reveal_body", "real_life")


@register(Tactic)
class TacticTranslation(TranslationOptions):
    fields = ("name", "about")
