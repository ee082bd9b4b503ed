"""Several internal papers in one file, each beginning a page of its own."""

from core.office.docx import PaperForm


class Sheaf(PaperForm):
    """A form that can be followed by another one of the same kind."""

    def turn(self, title: str, heading: str = "") -> None:
        """End this paper and begin the next."""
        self._close()
        self.start_page()
        self._add("FormTitle", title)
        self._add("FormLine", "")
        if heading:
            self._add("FormLine", heading)
