"""The sign-in form: one sentence for every way it can fail, so that nobody learns who has an account."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm

FAILED = (
    "The name or the password is not right, or there were too many tries. Check both and try again; "
    "after ten tries wait 15 minutes"
)
LONGEST_PASSWORD = 4096


class SignInForm(AuthenticationForm):
    """Name and password. `held`: too many tries failed lately, so this one is not even looked at."""

    username = forms.CharField(
        label="Your sign-in name",
        max_length=150,
        error_messages={"required": "Enter your sign-in name"},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=LONGEST_PASSWORD,
        error_messages={"required": "Enter your password"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {"invalid_login": FAILED, "inactive": FAILED}

    def __init__(self, *args: Any, held: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held

    def clean(self) -> dict[str, Any]:
        """Ask for the person only when the try is looked at."""
        if self.held:
            raise self.get_invalid_login_error()
        return super().clean()
