"""Ways in by a link: an invitation, a lost password, a lost phone. Two people give one; one person uses it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from sextortion_help.people import codes, limits
from sextortion_help.people.factor import WITHOUT_OLD
from sextortion_help.people.groups import PUBLISHER
from sextortion_help.people.login import CODE_NAME
from sextortion_help.people.models import Act, Way, Why, note

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def who_lets_in(*without: Any, active: bool | None = True) -> list[User]:
    """Give those who may agree to a way in, without these people; None: also those who were disabled."""
    allowed = User.objects.with_perm("auth.change_user", is_active=active, backend=_BACKEND)  # type: ignore[arg-type]  # None is all, its stubs forgot
    others = allowed.filter(is_staff=True).exclude(pk__in=[one.pk for one in without])
    return list(others.order_by("username"))


def takes_two(user: User, why: Why, made_by: User) -> bool:
    """Tell whether a way in waits for a second person.

    Not the invitation of somebody who may not let in, nor that of the second who may by the first, who
    has nobody to ask. A colleague who was disabled counts: else one would only have to disable them.
    """
    if why not in (Why.INVITATION, Why.PUBLISHER):
        return True
    power = why == Why.PUBLISHER or user.is_superuser or user.groups.filter(name=PUBLISHER).exists()
    return power and bool(who_lets_in(user, made_by, active=None))


def ask(user: User, why: Why, made_by: User) -> Way:
    """Make a way in for somebody, which may wait for a second person.

    Raises ValidationError when nobody could agree.
    """
    waits = takes_two(user, why, made_by)
    if waits and not who_lets_in(user, made_by):
        text = gettext(
            "Nobody else may agree to this. Who runs the site gives a link with: manage.py way_in %s"
        )
        raise ValidationError(text % user.get_username())
    with transaction.atomic():
        Way.objects.filter(user=user, why=why).close()
        way = Way.objects.create(user=user, why=why, made_by=made_by)
        note(Act.PEOPLE, made_by, gettext("%s, asked for") % way)
        if not waits:
            agree(way, None)
    return way


def agree(way: Way, second: User | None) -> None:
    """Let a way in be used. Raises ValidationError when the second person is one of the first two."""
    if second and second.pk in (way.made_by_id, way.user_id):
        text = gettext("Somebody else than who asked, and than who it is for, must agree.")
        raise ValidationError(text)
    with transaction.atomic():
        way.agreed_by, way.agreed_at = second, timezone.now()
        if way.why == Why.PUBLISHER:
            way.user.groups.add(Group.objects.get(name=PUBLISHER))
            way.closed_at = way.agreed_at
        way.save()
        note(Act.PEOPLE, second or way.made_by, gettext("%s, agreed") % way)


def link_of(way: Way, request: HttpRequest | None = None) -> str:
    """Give the whole address of a link."""
    path = reverse("admin:way", args=[way.token()])
    if request:
        return request.build_absolute_uri(path)
    return (
        f"https://{settings.STAFF_HOST}{path}"
        if settings.STAFF_HOST
        else f"{settings.ORIGIN}{path}"
    )


def mail(way: Way, link: str) -> bool:
    """Send a link to whom it is for, where mail is set up. Tells whether it was sent."""
    if not (settings.EMAIL and way.user.email):
        return False
    text = gettext(
        "Follow this link within three days to come into the staff area. It works once, for you:"
    )
    try:
        send_mail(
            gettext("Your way in"), f"{text}\n\n{link}\n", settings.EMAIL_FROM, [way.user.email]
        )
    except OSError:  # a mail server that does not answer, or refuses; the page shows the link too
        return False
    return True


class PasswordForm(SetPasswordForm):  # type: ignore[type-arg]  # of a user
    """A new password, and the code of the second factor where that is not what was lost."""

    one_time_code = forms.CharField(
        label=gettext_lazy("Code of your app, or a recovery code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )

    def __init__(self, user: Any, *args: Any, with_code: bool, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        if not with_code:
            del self.fields[CODE_NAME]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and CODE_NAME in self.fields:
            self.user.otp_device = codes.device_of(self.user, cleaned[CODE_NAME])
        return cleaned


class OldPasswordForm(forms.Form):
    """The password, for who lost only the phone."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Raise ValidationError unless it is their password."""
        if not self.user.check_password(self.cleaned_data["password"]):
            raise ValidationError(gettext("This is not your password."))
        return str(self.cleaned_data["password"])

    def save(self) -> None:
        """Nothing of the user changes; the session may set up another phone."""


def way_view(request: HttpRequest, token: str, site: Any) -> HttpResponse:
    """Let in who follows a link, once they have chosen a password, or typed the old one."""
    way = Way.opened_by(token)
    if way is None:
        return _page(request, site, {"gone": True}, status=410)
    where = (limits.address(request), "way", way.pk)
    form = _form(way, request)
    if request.method == "POST":
        if limits.NAME.reached(*where):
            text = gettext("Too many wrong attempts from here. Wait five minutes, then try again.")
            form.add_error(None, text)
            return _page(request, site, {"form": form, "way": way}, status=429)
        if form.is_valid():
            return _let_in(request, way, form)
        limits.NAME.count(*where)
    return _page(request, site, {"form": form, "way": way})


def _form(way: Way, request: HttpRequest) -> Any:
    data, why = request.POST or None, Why(way.why)
    if not why.new_password:
        return OldPasswordForm(way.user, data)
    with_code = not why.new_factor and codes.has_factor(way.user)
    return PasswordForm(way.user, data, with_code=with_code)


def _let_in(request: HttpRequest, way: Way, form: Any) -> HttpResponse:
    why = Why(way.why)
    with transaction.atomic():
        if not Way.objects.filter(pk=way.pk).close():  # somebody was faster with the same link
            return HttpResponseRedirect(request.path)
        Way.objects.filter(user=way.user, agreed_at__isnull=False).close()
        form.save()
        if why.new_password:
            note(Act.PASSWORD, way.user)
        login(request, way.user, _BACKEND)
    if why.new_factor:
        request.session[WITHOUT_OLD] = True
    return HttpResponseRedirect(reverse("admin:factor" if why.new_factor else "admin:index"))


def _page(
    request: HttpRequest, site: Any, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    common = {
        **site.each_context(request), "title": gettext("Come in"), "has_permission": False,
        "is_nav_sidebar_enabled": False,
    }  # fmt: skip
    return render(request, "admin/people/way.html", {**common, **context}, status=status)
