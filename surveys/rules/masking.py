"""Persons in what people wrote: found, so that a reader is warned, and masked where the words go further.

A name is known because it is registered, or because it stands beside a post (王书记, 书记王建国, 王建国主任). Many
surnames are ordinary characters as well (高度, 向书记反映, 现任主任): such words are listed here and left alone.
"""

import re
from collections.abc import Iterable

_DIGITS = (
    r"1[3-9]\d[ -]?\d{4}[ -]?\d{4}",  # a mobile phone
    r"0\d{2,3}-?\d{7,8}",  # a telephone
    r"\d{17}[0-9Xx]|\d{15}",  # an identity card, of today and of old
    r"\d{16,19}",  # a bank card, in one piece or in fours (no card begins like a year)
    r"[3-9]\d{3}(?:[ -]\d{4}){3}(?:[ -]?\d{1,3})?",
)
_NUMBER = re.compile(rf"(?<![0-9A-Za-z])(?:{'|'.join(_DIGITS)})(?![0-9A-Za-z])")
# The most frequent surnames, as far as they are not mostly other words; they cover nine people in ten.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜"
    "崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤乔赖庞樊兰殷洪翟"
    "颜倪芦季俞章鲁葛伍尤毕聂焦柳邢岳齐梅庄辛祝涂祁舒耿牟詹凌靳童甄裴屈鲍霍翁隋甘柯阮桂闵柴冉饶刁瞿戚滕邬臧褚娄穆"
)
_SURNAME = f"(?:欧阳|司马|上官|诸葛|夏侯|皇甫|公孙|慕容|令狐|[{_SURNAMES}])"
_POSTS = (
    "副?书记|副?主任|(?:报账|记账)?会计(?![凭账帐科核制事代处室证资人记报])|出纳|文书|委员(?!会)|副?组长|副?队长|副?村长"
    "|支书|副?主席|副?镇长|副?所长|副?站长"
)
# What can follow a name in a sentence, or stand between two; none of it is taken for part of a name.
_BOUNDARY = (
    "的是在和与跟及把被将对给让到说去来有没不也就都又还要从为因等"
    "家同经收拿占吃用这那了吗呢已却只很太最更应能会可"
)
# What else may follow, and may be part of a name as well.
_FOLLOWING = f"{_BOUNDARY}带逼找骂打欠卖买借贪住当私侵偷请帮做办包抢租管"
# A given name holds none of these: they make places, groups and numbers of what would look like one.
_UNITS = "村组队镇社区乡县委党支部会副正老新"
_GIVEN = rf"[^\W\dA-Za-z_{_BOUNDARY}{_UNITS}]"
# 李家明, 陈可欣: in the middle of a name these two are no boundary.
_FULL = f"{_SURNAME}(?:[家可]?{_GIVEN}|{_GIVEN}{{2}})"
_TITLED = re.compile(f"(?P<name>{_SURNAME}(?:某|姓)?)(?={_POSTS})")
_NAMED = re.compile(f"(?P<name>{_FULL})(?={_POSTS})")
# At the end of a clause the last character is the name's, whatever it is: 周福来.
_POSTED = re.compile(
    rf"(?:{_POSTS})(?:是|叫|为|、)?"
    rf"(?P<name>{_SURNAME}{_GIVEN}[^\W\d_{_UNITS}](?=\W|$)|{_FULL}(?=[\W{_FOLLOWING}]|$))"
)
# Words that begin like a surname; a name is not looked for in them.
_ORDINARY = """
马上 马路 马虎 高度 高级 高中 高价 高高 高兴 高速 高标 高低 高考 常年 常常 常务 常委 常住 常驻 常见 曾经 曾任
曾多 曾向 曾在 方便 方面 方式 方法 方案 方向 白天 白吃 白拿 白条 白白 许多 许诺 许可 何时 何人 何必 何处 何况
何以 任何 任务 任期 任职 任意 任人 任命 任性 任由 严重 严格 严厉 严肃 严密 郑重 万一 万元 万事 万家 万户 田地
田间 田里 田土 江边 江堤 石头 石料 石子 金额 金钱 钱款 钱财 钱物 程序 程度 毛病 毛利 余款 余额 余下 余钱 周末
周边 周围 周一 周二 周三 周四 周五 周六 周日 周期 张罗 张贴 张榜 张口 张嘴 胡来 胡说 胡乱 胡作 孙子 孙女 林地
林场 林木 林业 林权 林下 叶子 陈旧 陈述 罗列 黄土 黄沙 黄金 夏天 夏季 段时 雷同 龙头 史上 武断 武装 付钱 付款
付清 付出 付了 杜绝 董事 季度 季节 章程 辛苦 洪水 洪涝 陆续 陆地 于是 于今 于去 于本 于前 于上 于年 于此 于其
向村 向群 向我 向他 向她 向你 向大 向上 向组 向镇 向老 向党 向社 向百 向各 向领 向企 向承 向外 向别 向户 向贫
向乡 向区 向县 向全 向两 向干 向书 向支 向工 向农 庄稼 柳树 梅雨 兰花 齐心 齐全 汤水 唐突 童工 石塘 石板 杨树
杨梅 李子 李树 桂花 桂树 熊猫 范围 江水 孔洞 毕竟 毕业 顾虑 顾问 顾及 贺礼 谢谢 谢绝 宋代 苏醒 金属 白酒 白事
高温 高处 高额 高息 戴帽 严防 严把 严禁 万分 易于 秦岭 丁点 马鞍 田园 田埂 叶片 史料 余地 余粮 程式 雷声 段落
方言 方圆 尤其 甘愿 甘心 焦急 屈服 童年 柴火 柴油 辛勤 殷实 殷勤 武力 夏粮 夏收 钱粮 侯任 熊样 钱箱 许愿 段位
方才 贺喜 黄牛
"""
_WORDS = frozenset(_ORDINARY.split())
# Characters before a surname that make an ordinary word of it: 现任, 资金, 工程.
_TAIL_OF = {
    "任": "现前上历离继担两三四一二几首连兼时年后改原委就留选责信主届聘升",
    "于": "属由对关至在等位处基鉴终善敢乐勇低高大小不",
    "向": "方走倾去一面转朝",
    "许": "允也准或特",
    "金": "资现基奖租押罚佣本股补薪",
    "方": "地对双一各我乙甲官大多三两前后上下南北东西",
    "程": "工过课流章里日",
    "周": "上下本每一两四",
    "钱": "要给收花拿的多少交出退分发用还有没付借欠管",
    "林": "森园造山",
    "万": "十百千几数两一二三四五六七八九0123456789",
    "张": "一两几三四五六七八九十0123456789",
    "高": "提最更很太不",
    "白": "明坦清",
    "史": "历",
    "余": "其多剩结",
    "常": "经正日平非",
    "段": "一两这那阶地路",
    "何": "任如为",
    "夏": "今去华",
    "江": "长沿过",
    "田": "农水种稻油耕",
    "石": "沙采砂",
    "马": "人立",
    "孙": "子",
    "付": "支给没未应多",
    "章": "公盖印规",
    "季": "四本上每",
    "武": "人",
    "曾": "不",
}
MASK = "某"


def persons_in(text: str, names: Iterable[str] = ()) -> list[tuple[int, int]]:
    """Places ``(start, end)`` of known names, of names beside a post, and of phone, card or identity numbers."""
    found = [match.span() for match in _NUMBER.finditer(text)]
    for pattern in (_TITLED, _NAMED, _POSTED):
        found += [match.span("name") for match in pattern.finditer(text) if _is_person(match)]
    for name in {name for name in names if len(name) > 1}:
        found += [match.span() for match in re.finditer(re.escape(name), text)]
    return _joined(sorted(found))


def _is_person(match: re.Match[str]) -> bool:
    """Is it a name, and not a word that begins, or the end of a word that ends, like one?"""
    name, start = match["name"], match.start("name")
    if match.string[start : start + 2] in _WORDS:
        return False
    before = match.string[start - 1 : start]
    # 向书记反映: before a post this one says to whom; a surname only where a given name follows.
    return not (name == "向" or (before and before in _TAIL_OF.get(name[0], "")))


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def pieces(text: str, names: Iterable[str] = ()) -> list[tuple[str, str]]:
    """``text`` cut at such places: each piece with what stands for it, which is empty for words that may stay."""
    found, at = [], 0
    for start, end in persons_in(text, names):
        part = text[start:end]
        if start > at:
            found.append((text[at:start], ""))
        found.append((part, "＊" * 3 if part[:1].isdigit() else MASK * min(2, len(part))))
        at = end
    return [*found, (text[at:], "")] if at < len(text) else found


def masked(text: str, names: Iterable[str] = ()) -> str:
    """``text`` with every such place replaced: a name by 某某, a number by stars."""
    return "".join(stand_in or part for part, stand_in in pieces(text, names))
