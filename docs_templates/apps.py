"""The application's name for Django."""

from django.apps import AppConfig


class DocsTemplatesConfig(AppConfig):
    """Identify the application and its key type."""

    name = "docs_templates"
    default_auto_field = "django.db.models.BigAutoField"
