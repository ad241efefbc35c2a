"""The log-in: name and password, and the code of the second factor for who has one, in one form."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from sextortion_help.people import codes, limits
from sextortion_help.people.models import Act, note

BETWEEN_NOTES = 60  # seconds: guesses by the hundred are not as many rows
CODE_NAME = "one_time_code"  # not "code": the forms of the desk have a field of that name


class LoginForm(AdminAuthenticationForm):
    """Asks for the code too, and waits with who was wrong too often."""

    one_time_code = forms.CharField(
        label=gettext_lazy("Code of your app, or a recovery code"),
        help_text=gettext_lazy("Leave it empty when you have not set up an app yet."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text"}),
    )

    def clean(self) -> dict[str, Any]:
        """Check all three. Raises ValidationError, with `limit` as its code when it was too often."""
        name, where = self.cleaned_data.get("username", ""), limits.address(self.request)  # type: ignore[arg-type]  # always given by the view
        if limits.NAME.reached(where, name) or limits.ADDRESS.reached(where):
            text = gettext("Too many wrong attempts from here. Wait five minutes, then try again.")
            raise ValidationError(text, code="limit")
        try:
            cleaned: dict[str, Any] = super().clean()
            self._check_code()
        except ValidationError:
            limits.NAME.count(where, name)
            limits.ADDRESS.count(where)
            # a name that nobody has may be a password typed in the wrong box: it is not written
            known = User.objects.filter(username=name, is_staff=True).first()
            if known and cache.add(f"noted:{known.pk}", True, BETWEEN_NOTES):
                note(Act.FAILED, known)
            raise
        limits.NAME.forget(where, name)
        return cleaned

    def _check_code(self) -> None:
        user: Any = self.get_user()
        typed = self.cleaned_data.get(CODE_NAME, "")
        if user is None or not codes.has_factor(user):
            return
        if not typed:
            text = gettext("Type the code that your app shows now too, or a recovery code.")
            raise ValidationError(text, code="code")
        user.otp_device = codes.device_of(user, typed)  # django_otp puts it in the session
