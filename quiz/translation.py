"""The texts of a quiz that exist in three languages."""

from modeltranslation.translator import TranslationOptions, register

from quiz.models import Answer, Ending, Question, Quiz


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
