"""The application's name for Django."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    """Identify the application and its key type."""

    name = "proposals"
    default_auto_field = "django.db.models.BigAutoField"
