"""The poster of a village's anonymous box as Word, the same words as on the page; also in large type."""

import datetime as dt
from dataclasses import dataclass

import segno

from core.display import cn_date
from core.office.poster import Poster

CALL = "手机扫一扫，有话对巡察组说"
POINTS = (
    "不用登录，不留姓名电话也可以。",
    "内容一提交就加密，村里、镇里都看不到。",
    "可以拍照、录音。提交后给您两个号，凭号看回音、补充情况。",
    "系统不记录您的手机号、网络地址；两个号请自己记好，丢了找不回。",
)
SCOPE = "受理反映村（社区）“两委”班子和成员、村组干部的问题和意见建议；个人诉求、涉法涉诉等转有关部门。"


@dataclass(frozen=True)
class PosterData:
    """What the poster says; ``link`` is what the code holds, ``last`` the last day of receiving."""

    district: str
    place: str
    link: str
    last: dt.date | None
    opened_on: dt.date


def poster_docx(data: PosterData, *, large: bool = False) -> bytes:
    """Render the poster on one page; the same data give the same bytes."""
    big = 1.25 if large else 1.0
    title = f"{data.district}委巡察组意见箱"
    poster = Poster(title=title, created=data.opened_on, author=f"{data.district}委巡察办")
    poster.line(title, 30 * big, bold=True)
    poster.line(data.place, 22 * big, after=12)
    poster.code(segno.make(data.link, error="m", micro=False).matrix_iter(border=2), 80 if large else 92)
    poster.line(CALL, 20 * big, bold=True, after=12)
    poster.points(POINTS[:3] if large else POINTS, 15 * big)
    poster.line(SCOPE + (f"受理到{cn_date(data.last)}。" if data.last else ""), 12 * big, after=8)
    poster.line(f"扫不了码，请在浏览器输入：{data.link}", 11)
    return poster.to_bytes()
