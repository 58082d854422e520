"""One file a page; each brings its own `urlpatterns`, which project.urls collects."""
