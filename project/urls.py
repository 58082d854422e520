"""Where every address leads: the lists that the pages bring."""

import importlib
import pkgutil

from project.web import pages
from project.web.pages.site import failures

urlpatterns: list = [
    pattern
    for found in sorted(pkgutil.walk_packages(pages.__path__, f"{pages.__name__}."), key=lambda found: found.name)
    for pattern in getattr(importlib.import_module(found.name), "urlpatterns", [])
]

handler400 = failures.bad_request
handler403 = failures.forbidden
handler404 = failures.not_found
handler500 = failures.broken
