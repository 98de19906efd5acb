"""Files as they arrive with a page: held in memory and never written down unsealed; past the limit they are passed over.

Django would put a large file into the system's folder for temporary ones, in plain. What is passed over is counted, so
that the page can say so; the rest of the page arrives whole.
"""

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from heed.casework.policy import policy

MEGABYTE = 1024 * 1024
PASSED_OVER = "heed.files_passed_over"


class Bounded(FileUploadHandler):
    """Takes files until all of them together, or their number, pass what policy/attachments.yaml allows."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Make room for one more file, or pass it over."""
        super().new_file(*args, **kwargs)
        rules = policy().attachments
        self.number = getattr(self, "number", 0) + 1
        self.taken = getattr(self, "taken", 0)
        self.most = rules.form_megabytes * MEGABYTE
        self.held = io.BytesIO()
        if self.number > rules.form_files:
            self._pass_over()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Hold a piece of the file in memory."""
        self.taken += len(raw_data)
        if self.taken > self.most:
            self.taken -= start + len(raw_data)
            self._pass_over()
        self.held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file, in memory."""
        self.held.seek(0)
        return InMemoryUploadedFile(
            self.held,
            self.field_name,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )

    def _pass_over(self) -> None:
        meta = self.request.META if self.request else {}
        meta[PASSED_OVER] = meta.get(PASSED_OVER, 0) + 1
        raise SkipFile
