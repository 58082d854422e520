"""The application's name for Django."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """Identify the application and its key type."""

    name = "workflows"
    default_auto_field = "django.db.models.BigAutoField"
