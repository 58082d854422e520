"""How much of a file is taken in while it is still being sent: a little more than is allowed, and no more."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

FILES_AT_ONCE = 4


class WithinLimit(FileUploadHandler):
    """Stand before the handlers that keep a file, and hand them nothing once it is over the limit.

    What they kept is then over the limit too, and is refused in words with everything else on the form kept. Who sends
    several times as much in one request is cut off.
    """

    taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Pass a piece on, or drop it when the file was too large before it; `start` is where it begins."""
        self.taken += len(raw_data)
        if self.taken > FILES_AT_ONCE * settings.UPLOAD_LIMIT:
            raise StopUpload(connection_reset=True)
        return raw_data if start <= settings.UPLOAD_LIMIT else None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Leave the file to the handlers behind."""
        return None
