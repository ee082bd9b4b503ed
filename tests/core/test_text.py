"""Names run together."""

import pytest

from core.text import run_together


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("第五轮对村巡察", "巡察调查问卷", "第五轮对村巡察调查问卷"),
        ("第五轮巡察调查", "巡察调查问卷", "第五轮巡察调查问卷"),
        ("2026年春季", "巡察调查问卷", "2026年春季巡察调查问卷"),
        ("第一轮调查", "查访问卷", "第一轮调查查访问卷"),
        ("", "问卷", "问卷"),
        ("问卷", "问卷", "问卷"),
    ],
)
def test_a_word_two_names_share_where_they_meet_is_said_once(first, second, whole):
    assert run_together(first, second) == whole
