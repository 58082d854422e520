"""The command that prepares the fonts of the papers in the configured place."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from docs_templates.typefaces import preparing


class Command(BaseCommand):
    """Download, make safe and name the fonts; do nothing when they are there."""

    help = "准备打印字体（下载、处理、登记）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare once and say where."""
        done = preparing.prepare(root=settings.FONTS_ROOT)
        self.stdout.write(f"打印字体{'已备好' if done else '已在'}：{settings.FONTS_ROOT}")
