"""What is uploaded, held in memory only and counted while it comes in."""

from __future__ import annotations

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import (
    FileUploadHandler,
    MemoryFileUploadHandler,
    StopFutureHandlers,
)

from goldthread.checking.job import LARGEST


class InMemory(MemoryFileUploadHandler):
    """Nothing touches the disk. Of a file that is too large, or that comes with too much else
    (FILE_UPLOAD_MAX_MEMORY_SIZE), the true size is kept and no byte, so that it can be named."""

    def new_file(self, *args: object, **named: object) -> None:
        FileUploadHandler.new_file(self, *args, **named)
        self.file = BytesIO()
        self.came = 0
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.came += len(raw_data)
        if self.activated and self.came <= LARGEST:
            self.file.write(raw_data)
        else:
            self.file = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.file.seek(0)
        return InMemoryUploadedFile(
            file=self.file,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
