"""The one Django app of the casework floor."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "heed.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"
