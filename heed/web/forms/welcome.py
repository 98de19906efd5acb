"""The form on which somebody chooses the password that is theirs alone."""

from django import forms
from django.contrib.auth.forms import SetPasswordForm

from heed.web.forms.sign_in import LONGEST_PASSWORD


def _password(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter your password in both places"},
    )


class ChosenPassword(SetPasswordForm):
    """Twice, so that a slip of the finger locks nobody out."""

    new_password1 = _password(
        "Choose a password", "At least 8 characters. Four words that do not belong together are good."
    )
    new_password2 = _password("The same password again")
    error_messages = {"password_mismatch": "The two passwords are not the same. Enter them again"}
