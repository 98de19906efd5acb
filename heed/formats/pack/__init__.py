"""A pack of a review as a file: PDF, a document to edit, a workbook, or JSON. Written, never read."""

from collections.abc import Callable, Mapping

from heed.core.review.pack.content import Pack
from heed.formats.pack.document import as_docx
from heed.formats.pack.plain import as_json_bytes
from heed.formats.pack.printed import as_pdf
from heed.formats.pack.sheets import as_xlsx

WRITE: Mapping[str, Callable[[Pack], bytes]] = {
    "pdf": as_pdf,
    "docx": as_docx,
    "xlsx": as_xlsx,
    "json": as_json_bytes,
}
