"""The one public form: whom to tell, how, and how much. It has choices only, no free text."""

from django import forms
from django.utils.translation import gettext_lazy as _

from guidance.choices import Amount, How, Who


class TellForm(forms.Form):
    """Three choices; anything else posted is not valid, and shown as the empty form with a sentence."""

    who = forms.ChoiceField(label=_("Whom do you want to tell?"), choices=Who.choices)
    how = forms.ChoiceField(label=_("How do you want to tell it?"), choices=How.choices)
    amount = forms.ChoiceField(label=_("How much do you want to say?"), choices=Amount.choices)
