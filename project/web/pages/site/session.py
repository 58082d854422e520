"""Coming in, going out, and the type size a person reads with."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from project.web.access import security_stream
from project.web.forms.appearance import StyledForm
from project.web.intake import readers
from project.web.way_back import way_back
from proposals.models import Person

SIZES = ("normal", "large", "huge")


class LoginForm(StyledForm, AuthenticationForm):
    """User name and password; the browser may fill them in."""

    printed = False
    error_messages = {
        "invalid_login": "用户名或密码不正确，请核对后重新输入。连续输错 5 次将暂停登录 15 分钟。",
        "inactive": "这个账号已停用，请联系系统管理员。",
    }
    username = forms.CharField(
        label="用户名", max_length=60, widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "username"})
    )
    password = forms.CharField(
        label="密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class ComingIn(LoginView):
    """The login page; whoever comes in or is turned away is noted."""

    template_name = "site/login.html"
    authentication_form = LoginForm

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Let the person in and note it."""
        response = super().form_valid(form)
        who, address = form.get_user().get_username(), self.request.META.get("REMOTE_ADDR", "")
        security_stream.note(self.request, security_stream.Kind.SIGNED_IN, subject=who, detail=address)
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Turn the person away and note it; the last try before the pause is noted as the pause."""
        locked = getattr(self.request, "axes_locked_out", False)
        kind = security_stream.Kind.LOCKED_OUT if locked else security_stream.Kind.FAILED
        security_stream.note_at_the_door(self.request, kind, username=form.data.get("username", ""))
        return super().form_invalid(form)


class GoingOut(LogoutView):
    """The way out, noted."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Note who goes, and let him go."""
        if request.user.is_authenticated:
            security_stream.note(request, security_stream.Kind.SIGNED_OUT, subject=request.user.get_username())
        return super().post(request, *args, **kwargs)


@require_POST
def type_size(request: HttpRequest) -> HttpResponse:
    """Keep the type size the person chose, and go back to the page."""
    size = readers.choice(request.POST, "size", SIZES)
    if size:
        Person.objects.filter(pk=request.user.pk or 0).update(type_size=size)
    return way_back(request, name="next", usual=reverse("worklist"))


urlpatterns = [
    path("login/", ComingIn.as_view(), name="login"),
    path("logout/", GoingOut.as_view(), name="logout"),
    path("type-size/", type_size, name="type_size"),
]
