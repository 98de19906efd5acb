"""Pages that are being built: replaced one by one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def coming(request: HttpRequest, **rest: object) -> HttpResponse:
    """Not here yet."""
    return render(request, "web/refused.html", status=404)
