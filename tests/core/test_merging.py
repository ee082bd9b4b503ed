"""Three versions of a text: against a table made by hand, and against the diff3 everybody has."""

import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.merging import merge_lists, merge_rows, merge_text

BASE = "鱼塘合同到期。未重新发包。租金未收。"


@pytest.mark.parametrize(
    ("mine", "theirs", "text", "both"),
    [
        (BASE, "鱼塘合同到期。已重新发包。租金未收。", "鱼塘合同到期。已重新发包。租金未收。", None),
        (
            "鱼塘合同2023年到期。未重新发包。租金未收。",
            BASE,
            "鱼塘合同2023年到期。未重新发包。租金未收。",
            None,
        ),
        (
            "鱼塘合同2023年到期。未重新发包。租金未收。",
            "鱼塘合同到期。未重新发包。租金未收，计3.6万元。",
            "鱼塘合同2023年到期。未重新发包。租金未收，计3.6万元。",
            None,
        ),
        (
            f"{BASE}经查属实。",
            f"{BASE}村里已认账。",
            f"{BASE}经查属实。",
            f"{BASE}经查属实。村里已认账。",
        ),
        (
            "鱼塘合同到期。未发包。租金未收。",
            "鱼塘合同到期。一直没有发包。租金未收。",
            "鱼塘合同到期。未发包。租金未收。",
            "鱼塘合同到期。未发包。一直没有发包。租金未收。",
        ),
        (
            "鱼塘合同到期。租金未收。",
            "鱼塘合同到期。未重新发包。租金少收。",
            "鱼塘合同到期。租金未收。",
            None,
        ),
        ("", BASE, "", None),
    ],
)
def test_two_peoples_changes_are_joined_sentence_by_sentence(mine, theirs, text, both):
    merged = merge_text(BASE, mine, theirs)
    if both is not None:
        assert (merged.text, merged.both, merged.clashes) == (text, both, True)
    elif theirs == "鱼塘合同到期。未重新发包。租金少收。":
        # One took the middle out, the other changed its neighbour: nobody can tell whether both may stand.
        assert merged.clashes and merged.text == text and "租金少收。" in merged.both
    else:
        assert (merged.text, merged.clashes) == (text, False)


def test_two_lines_without_an_end_do_not_run_into_each_other():
    assert merge_text("", "甲的话", "乙的话").both == "甲的话\n乙的话"


def test_a_text_of_very_many_pieces_is_put_before_people_whole():
    base = "。" * 20_000
    merged = merge_text(base, f"{base}甲", f"乙{base}")
    assert (merged.text, merged.both, merged.clashes) == (f"{base}甲", f"{base}甲\n乙{base}", True)
    assert merge_text(base, base, f"乙{base}").text == f"乙{base}"


@given(st.text(max_size=60), st.text(max_size=60))
def test_whoever_changed_nothing_takes_the_others_words(base, other):
    for mine, theirs in ((base, other), (other, base)):
        merged = merge_text(base, mine, theirs)
        assert (merged.text, merged.both, merged.clashes) == (other, other, False)


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_same_change_twice_is_no_clash(base, same):
    assert merge_text(base, same, same).text == same


@given(st.lists(st.text("甲乙丙。\n", max_size=6), min_size=3, max_size=3))
def test_no_piece_of_either_is_missing_from_both_together(texts):
    base, mine, theirs = texts
    both = merge_text(base, mine, theirs).both
    for version in (mine, theirs):
        new = set(version) - set(base)
        assert new <= set(both)


@st.composite
def edited(draw):
    """Sentences that are all different, and two edits of them: dropped, reworded or followed by a new one."""
    base = [f"第{number}句" for number in range(draw(st.integers(3, 9)))]
    return base, draw(_edit(base, "甲")), draw(_edit(base, "乙"))


@st.composite
def _edit(draw, base, who):
    lines = []
    for line in base:
        fate = draw(st.sampled_from(["keep"] * 6 + ["drop", "reword", "add"]))
        if fate != "drop":
            lines.append(f"{line}{who}改" if fate == "reword" else line)
        if fate == "add":
            lines.append(f"{line}后{who}加")
    return lines


@pytest.mark.skipif(not shutil.which("diff3"), reason="diff3 (diffutils) is not installed")
@given(edited())
@settings(max_examples=60, deadline=None)
def test_diff3_says_the_same(tmp_path_factory, versions):
    folder = tmp_path_factory.mktemp("merge")
    for name, lines in zip(("base", "mine", "theirs"), versions, strict=True):
        (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    command = ["diff3", "-m", "-E", "mine", "base", "theirs"]
    told = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    merged = merge_text(*("".join(f"{line}\n" for line in lines) for lines in versions))
    assert merged.clashes == bool(told.returncode)
    if not merged.clashes:
        assert merged.text == told.stdout


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "joined"),
    [
        ([2023], [2023, 2024], [2022, 2023], [2023, 2024, 2022]),
        (["甲", "乙"], ["甲"], ["甲", "乙", "丙"], ["甲", "丙"]),
        (["甲", "乙"], ["甲", "乙改"], ["甲", "乙又改"], ["甲", "乙改", "乙又改"]),
        ([], ["同"], ["同"], ["同"]),
    ],
)
def test_lists_lose_what_either_took_out_and_gain_what_either_put_in(base, mine, theirs, joined):
    assert merge_lists(base, mine, theirs) == joined


# --- rows of a table --------------------------------------------------------------------------------------


def row(key, first="", second=""):
    return {"id": key, "a": first, "b": second}


@pytest.mark.parametrize(
    ("mine", "theirs", "joined", "clashes"),
    [
        # Different cells of one row join.
        ([row("1", "x"), row("2")], [row("1", "", "y"), row("2")], [row("1", "x", "y"), row("2")], False),
        # The same change twice is one change.
        ([row("1", "x"), row("2")], [row("1", "x"), row("2")], [row("1", "x"), row("2")], False),
        # One cell both changed: mine stands, and it is said.
        ([row("1", "x"), row("2")], [row("1", "z"), row("2")], [row("1", "x"), row("2")], True),
        # New rows of both stay, theirs last.
        (
            [row("1"), row("+0", "x"), row("2")],
            [row("1"), row("2"), row("3", "z")],
            [row("1"), row("+0", "x"), row("2"), row("3", "z")],
            False,
        ),
        # What either took out is out.
        ([row("2")], [row("1")], [], False),
        # What one took out and the other changed stays, and it is said.
        ([row("2")], [row("1", "z"), row("2")], [row("2"), row("1", "z")], True),
        ([row("1", "x"), row("2")], [row("2")], [row("1", "x"), row("2")], True),
    ],
)
def test_rows_join_cell_by_cell(mine, theirs, joined, clashes):
    assert merge_rows([row("1"), row("2")], mine, theirs) == (joined, clashes)
