"""The screens of members of staff: who they are, what they may do, and the links that let them in."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, gettext_lazy

from sextortion_help.bounded import BoundedList, is_number
from sextortion_help.people.groups import PUBLISHER, WORDS, may_let_in, words
from sextortion_help.people.models import LOST, Way, Why
from sextortion_help.people.proof import asks_again
from sextortion_help.people.ways import agree, ask, link_of, mail, takes_two, who_lets_in


class GroupsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # of groups
    """The groups, each by what it may do."""

    def label_from_instance(self, obj: Any) -> str:
        return words(obj)


class MemberForm(forms.ModelForm):  # type: ignore[type-arg]  # of a user
    """What one member of staff is called and may do. The rest of a user is nobody's to type."""

    groups = GroupsField(
        Group.objects.filter(name__in=WORDS).order_by("name"),
        label=gettext_lazy("may do"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = User
        fields = ("username", "email", "groups", "is_active")
        help_texts = {
            "is_active": gettext_lazy("Untick it when somebody leaves: they are out at once."),
            "email": gettext_lazy("Where a link is sent, if this site can send mail."),
        }


class MemberAdmin(UserAdmin):  # type: ignore[type-arg]  # of users
    """Members of staff: who they are, what they may do, and a way in or back in."""

    form = add_form = MemberForm  # Django's own asks for a password
    add_form_template = None
    fieldsets: ClassVar[Any] = ((None, {"fields": ("username", "email", "groups", "is_active")}),)
    add_fieldsets = fieldsets
    change_form_template = "admin/people/member.html"
    change_list_template = "admin/people/members.html"
    filter_horizontal = ()
    list_display = ("username", "email", "may", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    search_fields = ("username", "email")
    show_full_result_count = False

    @admin.display(description=gettext_lazy("may do"))
    def may(self, user: User) -> str:
        """The column of the list."""
        if user.is_superuser:
            return gettext("Everything")
        return " ".join(words(group) for group in user.groups.all())

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return BoundedList

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        members = super().get_queryset(request).prefetch_related("groups")
        return members if request.user.is_superuser else members.filter(is_superuser=False)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody is deleted: the record would not say any more who did what."""
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("ways/", view(self.ways_view), name="ways"),
            path("<int:pk>/way/", view(self.ask_view), name="ask_way"),
        ]
        theirs = [url for url in super().get_urls() if url.name != "auth_user_password_change"]
        return own + theirs

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "",
        extra_context: Any = None,
    ) -> Any:  # fmt: skip
        if request.method == "POST" and (asks := asks_again(request)):
            return asks
        context = {"reasons": LOST}
        return super().changeform_view(
            request, object_id, form_url, {**context, **(extra_context or {})}
        )

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.is_staff = True
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the groups. Who becomes a publisher waits for a second person, and who is one stays one."""
        user: User = form.instance
        by: Any = request.user
        publisher = Group.objects.get(name=PUBLISHER)
        was = change and publisher in user.groups.all()
        super().save_related(request, form, formsets, change)
        now = user.groups.filter(pk=publisher.pk).exists()
        if was and not now and not by.is_superuser:
            user.groups.add(publisher)
            text = gettext("%s stays a publisher. When somebody leaves, make them inactive.")
            messages.warning(request, text % user)
        elif change and now and not was and takes_two(user, Why.PUBLISHER, by):
            user.groups.remove(publisher)
            self._ask(request, user, Why.PUBLISHER)

    def response_add(
        self, request: HttpRequest, obj: User, post_url_continue: Any = None
    ) -> HttpResponse:
        way = self._ask(request, obj, Why.INVITATION)
        return self._show(request, way) if way else super().response_add(request, obj)

    def _ask(self, request: HttpRequest, user: User, why: Why) -> Way | None:
        """Make a way in, or say why not."""
        try:
            way = ask(user, why, request.user)  # type: ignore[arg-type]  # logged in
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
            return None
        if why == Why.PUBLISHER:
            text = gettext("A second person must agree that %s becomes a publisher.")
            messages.warning(request, text % user)
        return way

    def ask_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for a way back in for somebody, or invite them anew."""
        self._require(request)
        user = get_object_or_404(self.get_queryset(request), pk=pk)
        if request.method != "POST" or request.POST.get("why") not in LOST:
            return HttpResponseRedirect(reverse("admin:auth_user_change", args=[pk]))
        if asks := asks_again(request):
            return asks
        why = Why(request.POST["why"])
        if why in (Why.BOTH, Why.PASSWORD) and not user.has_usable_password():
            why = Why.INVITATION  # which was never used
        way = self._ask(request, user, why)
        if way is None:
            return HttpResponseRedirect(reverse("admin:auth_user_change", args=[pk]))
        return self._show(request, way)

    def ways_view(self, request: HttpRequest) -> HttpResponse:
        """List what waits for a second person; agree, or withdraw."""
        self._require(request)
        waiting = Way.objects.waiting().select_related("user", "made_by")
        if request.method == "POST":
            if asks := asks_again(request):
                return asks
            number = request.POST.get("way", "")
            way = get_object_or_404(waiting, pk=number if is_number(number) else 0)
            if "agree" not in request.POST:
                Way.objects.filter(pk=way.pk).close()
                messages.success(request, gettext("Withdrawn: %s.") % way)
                return HttpResponseRedirect(request.path)
            try:
                agree(way, request.user)  # type: ignore[arg-type]  # logged in
            except ValidationError as refused:
                messages.error(request, refused.messages[0])
                return HttpResponseRedirect(request.path)
            return self._show(request, way)
        rows = [(way, request.user.pk not in (way.made_by_id, way.user_id)) for way in waiting]
        return self._page(request, "ways", gettext("Waiting for a second person"), {"ways": rows})

    def _show(self, request: HttpRequest, way: Way) -> HttpResponse:
        """Show a link, this once; or say for whom it waits."""
        if way.why == Why.PUBLISHER:
            messages.success(request, gettext("Agreed: %s.") % way)
            return HttpResponseRedirect(reverse("admin:ways"))
        context: dict[str, Any] = {"way": way}
        if way.agreed_at:
            context["link"] = link_of(way, request)
            context["mailed"] = mail(way, context["link"])
        else:
            context["others"] = who_lets_in(way.user, way.made_by)
        return self._page(request, "way_made", gettext("A way in for %s") % way.user, context)

    def _require(self, request: HttpRequest) -> None:
        if not may_let_in(request.user):
            raise PermissionDenied

    def _page(
        self, request: HttpRequest, name: str, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        common = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return render(request, f"admin/people/{name}.html", {**common, **context})
