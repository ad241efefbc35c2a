"""The one public form: whom to tell, how, and how much. It has choices only, no free text."""

from django import forms

from guidance.models.words import Amount, How, Who


class TellForm(forms.Form):
    """Three choices; anything else posted is not valid, and shown as the empty form with a sentence."""

    who = forms.ChoiceField(choices=Who.choices)
    how = forms.ChoiceField(choices=How.choices)
    amount = forms.ChoiceField(choices=Amount.choices)
