"""Signing in and out."""

from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse

from heed.casework.actions.sign_in import held_back, note_failure, note_sign_in
from heed.casework.clock import now
from heed.web.forms.sign_in import SignInForm


class SignIn(LoginView):
    """Ask who is there. The ledger notes who signed in, and when; too many failures hold the next try back."""

    template_name = "web/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_form_kwargs(self) -> dict[str, Any]:
        self.held = self.request.method == "POST" and held_back(*self._tried(), now())
        return super().get_form_kwargs() | {"held": self.held}

    def form_valid(self, form: Any) -> HttpResponse:
        note_sign_in(by=form.get_user(), now=now())
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        if form.non_field_errors() and not self.held:
            name, address = self._tried()
            note_failure(name=name, address=address, by=None, now=now())
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"faulty": bool(context["form"].errors)}

    def _tried(self) -> tuple[str, str]:
        return self.request.POST.get("username", "").strip(), address_of(self.request)


class SignOut(LogoutView):
    """End the session."""


def address_of(request: HttpRequest) -> str:
    """Where a request came from. Behind our own proxy it is the last address of its header: any before it may be
    made up."""
    passed = request.headers.get("X-Forwarded-For", "") if settings.HTTPS else ""
    return passed.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
