"""The rules of practice, as anybody may read them, also without signing in: nothing here is about a child."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heed.casework.policy.practice import practice


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """P1 to P12: what each counts, what it opens, when, on which source, and in which files its numbers stand."""
    return render(request, "web/practice.html", {"rules": practice().rules})
