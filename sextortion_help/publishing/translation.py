"""The texts of every draft, in every language. django-modeltranslation looks for this file.

Each model names its texts itself, in `translated`; here they become columns.
"""

from django.apps import apps
from modeltranslation.translator import TranslationOptions, translator

from sextortion_help.publishing.models import Draft

for _model in apps.get_models():
    if issubclass(_model, Draft):
        translator.register(_model, TranslationOptions, fields=_model.translated)
