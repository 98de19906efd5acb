"""The page of an invitation, which opens once: whoever it was made for chooses their password."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN, PasswordResetConfirmView
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse_lazy

from heed.casework.actions.people import choose_password
from heed.casework.clock import now
from heed.web.forms.welcome import ChosenPassword


class Welcome(PasswordResetConfirmView):
    """The invitation is checked, put away out of the address, and used up by the password that is chosen."""

    template_name = "web/welcome.html"
    form_class = ChosenPassword
    success_url = reverse_lazy("sign-in")

    def get_user(self, uidb64: str) -> Any:
        """Nobody for somebody who has left."""
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def form_valid(self, form: Any) -> HttpResponse:
        """Save it, unless the invitation was used a moment ago."""
        token = self.request.session.pop(INTERNAL_RESET_SESSION_TOKEN, "")
        chosen = form.cleaned_data["new_password1"]
        if not choose_password(by=self.user, token=token, password=chosen, now=now()):
            self.validlink = False
            return self.render_to_response(self.get_context_data())
        messages.success(self.request, "Your password is saved. Sign in with it.")
        return HttpResponseRedirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the page's heading needs."""
        context = super().get_context_data(**kwargs)
        form = context.get("form")
        return context | {"faulty": bool(form and form.errors), "who": self.user if self.validlink else None}

    def render_to_response(self, context: dict[str, Any], **response: Any) -> HttpResponse:
        """An invitation that opens nothing is not there."""
        if not self.validlink:
            response["status"] = 404
        return super().render_to_response(context, **response)
