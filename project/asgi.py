"""The ASGI entry of the site."""

import os

from django.core.asgi import get_asgi_application

from project import serving

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
application = get_asgi_application()
serving.hurry()
