"""Where every address leads."""

urlpatterns: list = []
