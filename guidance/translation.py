"""The texts of the guidance that exist in three languages."""

from modeltranslation.translator import TranslationOptions, register

from guidance.models import App, Letter, Message, Page, Service, Step


@register(Page)
class PageTranslation(TranslationOptions):
    fields = ("title", "summary", "body", "after", "entry_title", "entry_text")


@register(Step)
class StepTranslation(TranslationOptions):
    fields = ("title", "body")


@register(Service)
class ServiceTranslation(TranslationOptions):
    fields = ("name", "about", "cost")


@register(App)
class AppTranslation(TranslationOptions):
    fields = ("report", "block", "evidence")


@register(Letter)
class LetterTranslation(TranslationOptions):
    fields = ("recipient", "help", "subject", "body")


@register(Message)
class MessageTranslation(TranslationOptions):
    fields = ("text",)
