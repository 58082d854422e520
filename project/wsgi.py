"""The WSGI entry of the site."""

import os

from django.core.wsgi import get_wsgi_application

from project import serving

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
application = get_wsgi_application()
serving.hurry()
