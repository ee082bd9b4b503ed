"""What files a paper may carry, and that the pages it quotes are there."""

import re

from core.errors import ServiceError
from core.models import StoredFile

MOST_FILES = 500
# 第3页、3、第1—2页、第3、5—8页: only what certainly speaks of pages is compared with the file.
_PAGES = re.compile(r"第?\s*(\d+(?:\s*[—–\-~～至到、，,]\s*\d+)*)\s*页?")
_PART = re.compile(r"(\d+)(?:\s*[—–\-~～至到]+\s*(\d+))?")


def demand_room(count: int) -> None:
    """Raise ``ServiceError`` when a paper would carry more than ``MOST_FILES`` files."""
    if count > MOST_FILES:
        raise ServiceError(f"一份最多{MOST_FILES}件，放不下的请另立一份或合并成一个文件。")


def demand_pages(file: StoredFile | None, page_range: str) -> None:
    """Raise ``ServiceError`` when ``page_range`` quotes a page that ``file`` has not.

    Only a PDF's pages are counted; what a Word file says of itself may be old and forbids nothing.
    """
    if file is None or file.kind != StoredFile.Kind.PDF or not file.pages:
        return
    spoken = _PAGES.fullmatch(page_range.strip())
    for start, end in _PART.findall(spoken.group(1)) if spoken else ():
        first, last = int(start), int(end or start)
        if last < first or not first:
            raise ServiceError(f"页码“{page_range}”的起止不对，请核对。", "page_range")
        if last > file.pages:
            raise ServiceError(
                f"“{file.name}”共{file.pages}页，页码写到了第{last}页，请核对页码或文件。", "page_range"
            )
