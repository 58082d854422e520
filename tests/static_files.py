"""The only place that remembers the site's static files: each client's server would list and measure them all anew."""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from whitenoise.middleware import WhiteNoiseMiddleware

_list = WhiteNoiseMiddleware.add_files_from_finders
_listed: dict[Hashable, dict[str, Any]] = {}


def listed(server: WhiteNoiseMiddleware) -> None:
    """Give a server the files that the first server of this process with the same settings found."""
    name = server.static_prefix, server.max_age, server.charset, server.allow_all_origins
    if name not in _listed:
        _list(server)
        _listed[name] = dict(server.files)
    server.files.update(_listed[name])


@contextmanager
def once() -> Iterator[None]:
    """Let the static files be listed once."""
    with mock.patch.object(WhiteNoiseMiddleware, "add_files_from_finders", listed):
        yield
