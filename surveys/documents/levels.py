"""Questions answered on one scale as rows with boxes large enough for a pen: the same in every form of the survey."""

from collections.abc import Sequence

from core.office.paperform import BOX, PaperForm


def level_grid(form: PaperForm, rows: Sequence[tuple[str, int, str]], scale: Sequence[str]) -> None:
    """Add rows of ``(aspect, number, text)`` with one box for each word of ``scale``; equal aspects become one cell."""
    form.grid(
        ["方面", "题号", "题　　目", *scale],
        [[aspect, number, text, *[BOX] * len(scale)] for aspect, number, text in rows],
        [21, 12, 57, *[12] * (len(scale) - 1), 18],
        align="ccl" + "t" * len(scale),
        row_mm=11.5,
        merge_first=True,
    )
