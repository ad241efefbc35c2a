"""The one public form: whom to tell, how, how much, and what has happened. It has choices only, no free text."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guidance.choices import Amount, How, Who
from guidance.content import Detail


class TellForm(forms.Form):
    """Three choices, and a fourth among these details. Anything else posted is not valid, and shown as
    the empty form with a sentence.
    """

    who = forms.ChoiceField(label=_("Whom do you want to tell?"), choices=Who.choices)
    how = forms.ChoiceField(label=_("How do you want to tell it?"), choices=How.choices)
    amount = forms.ChoiceField(label=_("How much do you want to say?"), choices=Amount.choices)

    def __init__(self, data: Any = None, details: Iterable[Detail] = ()) -> None:
        super().__init__(data)
        sentences = [(each.code, each.text) for each in details]
        if sentences:
            self.fields["detail"] = forms.ChoiceField(
                label=_("Do you want to add something?"),
                choices=[("", _("Nothing more")), *sentences],
                required=False,
            )
