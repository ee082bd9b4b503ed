"""A second reader: typed-in workbooks counted with plain loops, fractions and decimals, without code of the product.

``spoil_answers`` and ``spoil_ballots`` put known defects into a workbook; ``recount_answers`` and ``recount_ballots``
read it cell by cell and say what a careful person would: a row with a doubtful cell is out, the same row again counts
once, one number with other marks counts not at all.
"""

import copy
import datetime as dt
import io
import unicodedata
from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from openpyxl import load_workbook

LEVELS = {"好": "1", "较好": "2", "一般": "3", "差": "4", "不了解": "5"}
MARKS = {"好": "1", "较好": "2", "一般": "3", "差": "4", "弃权": "5", "无效": "0"}
VALUES = {"1": 100, "2": 80, "3": 60, "4": 40}
GROUPS = {
    "镇村干部": "村组干部", "两代表一委员": "两代表一委员", "党员代表": "党员代表", "村民代表": "村民代表",
    "普通群众": "普通群众", "服务对象": "服务对象", "村组干部": "村组干部",
}  # fmt: skip
ERROR = object()
BAD = [
    "1、2", "1,2", 12, "1或2", 6, -1, 2.5, 100, "还可以", "√", "好/较好", True, "2026-01-02",
    dt.datetime(2026, 1, 2), dt.date(2026, 3, 4), ERROR,
]  # fmt: skip
# As an input method, a careless hand or another program writes the same answer.
HARMLESS = ["{0}", " {0} ", "{0}.", "{0}。", "{wide}", "{0}.0", "{word}", " {word} ", "{word}。"]


def out_of(path):
    return load_workbook(path)


def to_bytes(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def put(cell, value):
    """A value as a spreadsheet program leaves it; errors are a kind of their own."""
    cell.value = "#DIV/0!" if value is ERROR else value
    if value is ERROR:
        cell.data_type = "e"


def spoil(rng, sheet, columns, last, words):
    """Put every defect into a row of its own, harmless variants into others, and repeat rows; ``columns``: of marks."""
    rows = rng.sample(range(3, last + 1), len(BAD) + len(HARMLESS) + 5)
    for value in BAD:
        put(sheet.cell(rows.pop(), rng.choice(columns)), value)
    for shape in HARMLESS:
        digit = rng.choice("1234")
        wide = digit.translate(str.maketrans("1234", "１２３４"))
        put(sheet.cell(rows.pop(), rng.choice(columns)), shape.format(digit, wide=wide, word=words[digit]))
    put(sheet.cell(rows.pop(), 2), "路人甲")
    again, zeroed, other, thrice = (rows.pop() for _ in range(4))
    lines = [line_of(sheet, row) for row in (again, zeroed, other, thrice, thrice)]
    lines[1][0] = f"０{lines[1][0]}"
    for line in (lines[2], lines[4]):
        line[columns[0] - 1] = "差" if MARKS.get(text_of(line[columns[0] - 1])) != "4" else "好"
    sheet.insert_rows(last + 1, len(lines))
    for at, line in enumerate(lines, last + 1):
        for column, value in enumerate(line, 1):
            sheet.cell(at, column, value)


def line_of(sheet, row):
    return [copy.copy(cell.value) for cell in sheet[row]]


def text_of(value):
    """A cell as read aloud: width, blanks and a full stop behind it say nothing."""
    text = unicodedata.normalize("NFKC", str(value)).strip().rstrip("。.")
    return text[:-2] if text.endswith(".0") else text


def sign_of(cell, signs, blank):
    """The one sign a cell stands for, or ``None`` when it is not plainly one."""
    if cell.value is None:
        return blank
    if cell.data_type in "eb" or isinstance(cell.value, dt.date):
        return None
    text = text_of(cell.value)
    return signs.get(text) or (text if text in signs.values() and text != "0" else None)


def rows_in(sheet, columns, signs, blank):
    """The rows that begin with a number: ``(row, number, group, marks)``, the last two ``None`` where doubtful."""
    for cells in sheet.iter_rows(min_row=3):
        if cells[0].value is None or not text_of(cells[0].value).isdecimal():
            continue
        marks = [sign_of(cells[column - 1], signs, blank) for column in columns]
        group = GROUPS.get(text_of(cells[1].value))
        yield cells[0].row, int(text_of(cells[0].value)), group, None if None in marks else "".join(marks)


def sorted_out(rows):
    """``(good, refused, repeated)``: marks by group that count, rows with a defect, rows that repeat a number."""
    good, refused, by_number = [], [], defaultdict(list)
    for row, number, group, marks in rows:
        if group is None or marks is None:
            refused.append(row)
        else:
            by_number[number].append((row, group, marks))
    repeated = []
    for found in by_number.values():
        same = len({line[1:] for line in found}) == 1
        good += [found[0][1:]] if same else []
        repeated += [line[0] for line in (found[1:] if same else found)]
    return good, refused, sorted(repeated)


def tallies(good, places):
    """How often each sign stands in each place."""
    return {at: dict(Counter(marks[at - 1] for _, marks in good)) for at in range(1, places + 1)}


def score_of(votes):
    """``Σ votes × value ÷ valid votes``; ``None`` without a valid one."""
    valid = sum(votes[mark] for mark in VALUES)
    return Fraction(sum(votes[mark] * value for mark, value in VALUES.items()), valid) if valid else None


def scores(good, places, weights=None):
    """The score of every place, plain or by weight of the group, to two decimals, a half upwards."""
    found = []
    for at in range(places):
        parts = defaultdict(Counter)
        for group, marks in good:
            parts[group if weights else ""][marks[at]] += 1
        known = [
            (weights[g] if weights else 1, score_of(v))
            for g, v in parts.items()
            if not weights or weights.get(g)
        ]
        known = [(weight, value) for weight, value in known if value is not None]
        total = sum(weight for weight, _ in known)
        found.append(rounded(sum(w * v for w, v in known) / total) if total else None)
    return found


def rounded(value):
    """With the decimal module, from far more digits than are kept."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def ranks(values):
    """One more than how many stand higher."""
    return [1 + sum(other > value for other in values) for value in values]
