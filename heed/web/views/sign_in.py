"""Signing in and out."""

from typing import Any

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpResponse

from heed.casework.actions.sign_in import note_sign_in
from heed.casework.clock import now
from heed.web.forms.sign_in import SignInForm


class SignIn(LoginView):
    """Ask who is there. The ledger notes who signed in, and when."""

    template_name = "web/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        note_sign_in(by=form.get_user(), now=now())
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"faulty": bool(context["form"].errors)}


class SignOut(LogoutView):
    """End the session."""
