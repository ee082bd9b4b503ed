"""How a stored file leaves: as a download that no browser will run as a page of ours."""

import io

from django.http import FileResponse, Http404

from core.files.names import clean_name, extension_of
from core.files.policy import CONTENT_TYPE, KIND_OF_EXTENSION
from core.files.store import FileMissing, open_stored, path_of
from core.files.thumbnails import SUFFIX
from core.models.files import StoredFile

_SANDBOX = "sandbox; default-src 'none'"


def send(stored: StoredFile) -> FileResponse:
    """Stream ``stored`` as an attachment under its original name (RFC 6266).

    The caller has already found the row through what the person may see.
    """
    response = FileResponse(
        open_stored(stored), as_attachment=True, filename=stored.name, content_type=stored.content_type
    )
    return _confined(response)


def send_made(name: str, content: bytes) -> FileResponse:
    """Hand out a file made for this request and kept nowhere."""
    name = clean_name(name)
    kind = CONTENT_TYPE[KIND_OF_EXTENSION[extension_of(name)]]
    return _confined(FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=kind))


def send_thumbnail(stored: StoredFile) -> FileResponse:
    """Show the re-encoded small picture of an image; 404 for anything else."""
    if not stored.is_image:
        raise Http404
    path = path_of(stored)
    try:
        stream = path.with_name(path.name + SUFFIX).open("rb")
    except FileNotFoundError:
        raise FileMissing(stored) from None
    return _confined(FileResponse(stream, content_type="image/jpeg"))


def _confined(response: FileResponse) -> FileResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _SANDBOX
    return response
