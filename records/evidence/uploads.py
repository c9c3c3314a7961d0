"""Stop an upload that is larger than anything we keep while it comes in, so that it fills neither memory nor disk."""

import io
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class NoMoreThanWeKeep(FileUploadHandler):
    """First of the handlers: counts what comes in and, past the limit, passes nothing on.

    The form then gets an empty file that knows how large it was, so it answers in words like for any other fault.
    """

    total = 0  # of all files of the form

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.seen += len(raw_data)
        self.total += len(raw_data)
        return None if self.total > settings.UPLOAD_MOST_BYTES else raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if self.total <= settings.UPLOAD_MOST_BYTES:
            return None
        return UploadedFile(io.BytesIO(), self.file_name, self.content_type, self.seen, self.charset)
