"""The sign-in form: one sentence for every way it can fail, so that nobody learns who has an account."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm

FAILED = "The name or the password is not right. Check both and try again"


class SignInForm(AuthenticationForm):
    """Name and password."""

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
        error_messages={"required": "Enter your password"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {"invalid_login": FAILED, "inactive": FAILED}
