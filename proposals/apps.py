"""The application's name for Django."""

from django.apps import AppConfig

from proposals import checks  # noqa: F401  registers the checks


class ProposalsConfig(AppConfig):
    """Identify the application and its key type."""

    name = "proposals"
    default_auto_field = "django.db.models.BigAutoField"
