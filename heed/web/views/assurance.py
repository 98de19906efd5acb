"""The monthly assurance report."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heed.casework.clock import now
from heed.casework.doors import assurance as door
from heed.casework.doors.sight import agency_names
from heed.casework.doors.viewing import viewer_for
from heed.core.review.assurance import Month, month_of
from heed.web.presenters.knew import Row

EARLIEST = 2000


@require_safe
def assurance(request: HttpRequest, year: int | None = None, month: int | None = None) -> HttpResponse:
    """The report of a month, the last that is over where none is named."""
    at = now()
    today = month_of(at.date())
    asked = Month(year, month) if year and month and 1 <= month <= 12 else today.before
    there = asked.year >= EARLIEST and asked.begins <= today.begins
    if not there or (year is not None and (year, month) != (asked.year, asked.number)):
        raise Http404
    found = door.assurance(viewer=viewer_for(request.user, at), month=asked, now=at)
    if found is None:
        raise Http404
    sections = [
        (name, [Row(line.name, (line.this, line.before)) for line in some])
        for name, some in groupby(found.lines, key=lambda line: line.section)
    ]
    names = agency_names()
    context = {
        "month": asked.begins.strftime("%B %Y"),
        "before": asked.before,
        "after": asked.after if asked.after.begins <= today.begins else None,
        "up_to": found.up_to if found.up_to < asked.ends else None,
        "heads": ("What", asked.begins.strftime("%B %Y"), asked.before.begins.strftime("%B %Y")),
        "sections": sections,
        "silent": [names.get(code, code) for code in found.silent],
        "stopped": found.stopped,
    }
    return render(request, "web/assurance.html", context)
