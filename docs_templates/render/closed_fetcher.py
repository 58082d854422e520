"""The only place that says what a page may load while it is drawn: small pictures inside it, nothing else."""

from functools import lru_cache
from typing import Any

PICTURES = ("data:image/png;", "data:image/jpeg;")
LIMIT = 4_000_000  # characters of one data: address


@lru_cache(maxsize=1)
def closed_fetcher() -> Any:
    """Return the fetcher that ends the drawing when a page asks for a file, a host or a big picture."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class ClosedFetcher(URLFetcher):
        """Serve data: pictures only."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)

        def fetch(self, url: str, headers: Any = None) -> Any:
            """Refuse everything but a small picture inside the page."""
            if url.startswith(PICTURES) and len(url) <= LIMIT:
                return super().fetch(url, headers)
            raise FatalURLFetchingError(f"页面要求读取外部资源，已拒绝：{url[:80]}")

    return ClosedFetcher()
