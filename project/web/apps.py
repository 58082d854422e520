"""The site as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, forms and commands; it owns no tables."""

    name = "project.web"
    label = "web"
    verbose_name = "办公网站"
