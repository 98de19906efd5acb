"""Finding a child of one's own agency by the agency's own reference, exactly: never by name."""

from django import forms


class ReferenceForm(forms.Form):
    """One reference. It is sent in the body of the request, so that it stands in no address and no log of addresses."""

    reference = forms.CharField(
        label="Your agency's own reference of the child",
        help_text="Exactly as your system writes it, for example c-104. Names are not searched.",
        max_length=200,
        error_messages={
            "required": "Enter the reference",
            "max_length": "A reference has at most 200 characters",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
