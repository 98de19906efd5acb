"""Rows that are written once: no edit, no delete, by any route through Django."""

from typing import Any, NoReturn

from django.db import models


class KeptForever(TypeError):
    """Somebody tried to change or remove what Heed keeps."""


class KeptQuerySet(models.QuerySet[Any]):
    """A queryset that can read and add, never change or remove."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise KeptForever(f"{self.model.__name__} rows are never changed: write a new one")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise KeptForever(f"{self.model.__name__} rows are never changed: write a new one")

    def delete(self) -> NoReturn:
        raise KeptForever(f"{self.model.__name__} rows are never removed")


class Kept(models.Model):
    """Base of every table that only grows."""

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise KeptForever(f"{type(self).__name__} rows are never changed: write a new one")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise KeptForever(f"{type(self).__name__} rows are never removed")
