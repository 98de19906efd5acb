"""What became of the prompts on words, counted by agency and pair. No writer stands in it, and no words of a record."""

from typing import Any

from django.db.models import Count

from heed.casework.models import WordingChoice


def counts(agency: str | None = None) -> list[dict[str, Any]]:
    """Accepted, rewritten and kept (with its reason) by agency and pair, the most frequent first within an agency."""
    rows = WordingChoice.objects.all() if agency is None else WordingChoice.objects.filter(agency=agency)
    counted = rows.values("agency", "language", "pair", "choice", "why").annotate(count=Count("pk"))
    return list(counted.order_by("agency", "-count", "pair", "choice", "why"))
