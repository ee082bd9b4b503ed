"""Rules of data letters: the office asks and files, the teams read."""

from typing import Any

from core.verdict import ALLOW, Verdict, deny
from prep.models import WAITING, DataLetter, LetterStatus
from villages.access import is_inspecting, is_office
from villages.models import Round


def can_read_letters(user: Any) -> Verdict:
    """Open the list of letters: the inspecting side."""
    return ALLOW if is_inspecting(user) else deny("部门函询只对巡察办和巡察组开放。")


def can_write_letters(user: Any) -> Verdict:
    """Write, send, register, remind, and keep the list of departments: the office."""
    return ALLOW if is_office(user) else deny("部门函询由巡察办办理。", visible=False)


def can_ask(user: Any, round_: Round) -> Verdict:
    """Write letters in a round that has not ended."""
    if round_.status == Round.Status.CLOSED:
        return deny("本轮次已结束，不再发函。")
    return can_write_letters(user)


def can_edit_letter(user: Any, letter: DataLetter) -> Verdict:
    """Change a letter that has not been sent."""
    if letter.status != LetterStatus.DRAFT:
        return deny("已发出的函不能再改。", visible=False)
    return can_write_letters(user)


def can_send(user: Any, letter: DataLetter) -> Verdict:
    """Send a letter that says what it asks for."""
    allowed = can_write_letters(user)
    if allowed and not letter.asks.strip():
        return deny("还没有写明请提供的内容。")
    return allowed


def can_register_reply(user: Any, letter: DataLetter) -> Verdict:
    """Take an answer in while the letter is not done."""
    if letter.status in (LetterStatus.DRAFT, LetterStatus.CLOSED):
        return deny("草稿和已办结的函不登记回复。", visible=False)
    return can_write_letters(user)


def can_remind(user: Any, letter: DataLetter) -> Verdict:
    """Remind of a letter that waits for its answer."""
    if letter.status not in WAITING:
        return deny("已答全的函不用催办。", visible=False)
    return can_write_letters(user)
