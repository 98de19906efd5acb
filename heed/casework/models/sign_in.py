"""Failed attempts to sign in, for as long as they hold back the next one."""

from django.db import models


class FailedSignIn(models.Model):
    """One failure, counted under one key. `key` is a keyed hash: people type passwords where names belong."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["key", "at"])]
