"""What the profile of a village gives reason to ask: small rules over figures, each with its sentence and questions.

A rule reads one ``FactSheet`` and returns the facts it sees. Each fact says the figures it rests on, for whom
which question follows, and why it is asked. No database, no clock: the same sheet gives the same facts.
"""

import datetime as dt
from collections.abc import Callable, Iterator

from core.display import percent, wan
from prep.rules.factsheet import Fact, FactSheet, Officer, YearLine

Rule = Callable[[FactSheet], Iterator[Fact]]


def facts_of(sheet: FactSheet) -> list[Fact]:
    """Everything the rules see, in their order."""
    return [fact for rule in RULES for fact in rule(sheet)]


def _last_two(sheet: FactSheet, *names: str) -> tuple[YearLine, YearLine] | None:
    """The last two years that follow each other and have the named figures."""
    rows = [row for row in sheet.years if all(getattr(row, name) is not None for name in names)]
    if len(rows) < 2 or rows[-1].year - rows[-2].year != 1:
        return None
    return rows[-2], rows[-1]


def deficit(sheet: FactSheet) -> Iterator[Fact]:
    """Expense over income two years running."""
    pair = _last_two(sheet, "income", "expense")
    if pair is None or any(row.expense <= row.income for row in pair):  # type: ignore[operator]
        return
    said = "；".join(f"{row.year}年收入{wan(row.income)}、支出{wan(row.expense)}" for row in pair)
    span = f"{pair[0].year}年、{pair[1].year}年"
    yield Fact(
        f"deficit:{pair[1].year}",
        "E1",
        f"{said}，连续两年支出大于收入。",
        "入不敷出，要弄清缺口从哪里补、有没有挂账和举债",
        {
            "secretary": f"{span}村集体支出大于收入，主要多在哪些项目上，缺口是怎么补的？",
            "director": f"{span}支出大于收入，您经手的支出主要是哪些？",
            "accountant": f"{span}支出大于收入，差额在账上怎么反映，有没有还没报账的票据？",
            "supervisor": f"{span}支出大于收入，监督委员会什么时候知道、提过什么意见？",
        },
    )


def debt_rise(sheet: FactSheet) -> Iterator[Fact]:
    """Year-end debt grown by the parameter or more."""
    pair = _last_two(sheet, "debt")
    if pair is None:
        return
    before, after = pair
    rise = after.debt - before.debt  # type: ignore[operator]
    if rise < sheet.limits.debt_rise:
        return
    yield Fact(
        f"debt:{after.year}",
        "E1",
        f"年末债务由{before.year}年的{wan(before.debt)}增加到{after.year}年的{wan(after.debt)}，增加{wan(rise)}。",
        f"一年增加达到{wan(sheet.limits.debt_rise)}，要弄清为什么借、谁同意、怎么还",
        {
            "secretary": f"{after.year}年村集体债务增加{wan(rise)}，是为哪些事形成的，当时怎么研究决定的？",
            "accountant": f"{after.year}年新增的{wan(rise)}债务，债权人、利率和凭据分别是什么？",
            "town_cadre": f"这个村{after.year}年债务增加{wan(rise)}，镇里审批或掌握的情况怎样？",
        },
    )


def income_change(sheet: FactSheet) -> Iterator[Fact]:
    """Income up or down by the parameter's share or more within a year."""
    pair = _last_two(sheet, "income")
    if pair is None or not pair[0].income:
        return
    before, after = pair
    change = after.income - before.income  # type: ignore[operator]
    if abs(change) < before.income * sheet.limits.income_change:  # type: ignore[operator]
        return
    word = "增加" if change > 0 else "减少"
    share = percent(abs(change), before.income)
    yield Fact(
        f"income:{after.year}",
        "E1",
        f"集体收入由{before.year}年的{wan(before.income)}变为{after.year}年的{wan(after.income)}，{word}{share}。",
        "收入大起大落，要弄清来源和入账是否完整",
        {
            "secretary": f"{after.year}年集体收入比上年{word}{share}，主要是哪几项变动？",
            "accountant": f"{after.year}年收入{word}{share}，变动的每一项凭什么入账？",
        },
    )


def petitions_rise(sheet: FactSheet) -> Iterator[Fact]:
    """More petitions than the year before. The question speaks of conflicts, never of who wrote."""
    pair = _last_two(sheet, "petitions")
    if pair is None or pair[1].petitions <= pair[0].petitions:  # type: ignore[operator]
        return
    before, after = pair
    yield Fact(
        f"petitions:{after.year}",
        "D1",
        f"信访由{before.year}年的{before.petitions}件增加到{after.year}年的{after.petitions}件。",
        "信访上升，要弄清矛盾集中在哪里、化解了没有",
        {
            "secretary": "近两年村里的矛盾纠纷集中在哪些方面，您亲自处理过哪几件，结果怎样？",
            "director": "近两年群众来找村里调解的事，比以前多了还是少了，主要是什么事？",
            "group_head": "近两年组里有哪些纠纷，是怎么化解的？",
            "town_cadre": "这个村近两年矛盾纠纷的变化，镇里怎么分析、做过哪些工作？",
        },
    )


def cases(sheet: FactSheet) -> Iterator[Fact]:
    """Somebody was disciplined in the last year with figures."""
    rows = [row for row in sheet.years if row.cases is not None]
    if not rows or not rows[-1].cases:
        return
    last = rows[-1]
    yield Fact(
        f"cases:{last.year}",
        "E6",
        f"{last.year}年查处违纪案件{last.cases}件。",
        "刚有人受处理，要看以案促改是不是做了",
        {
            "secretary": f"{last.year}年村里有人受到处理后，班子做了哪些警示和整改，堵上了哪些漏洞？",
            "committee": f"{last.year}年的案件通报以后，您分管的工作做了哪些改进？",
        },
    )


def one_person(sheet: FactSheet) -> Iterator[Fact]:
    """Secretary and director are one person."""
    for name in sheet.both_posts:
        yield Fact(
            f"both:{name}",
            "A2",
            f"{name}同时担任党组织书记和村（居）委会主任。",
            "书记、主任一肩挑，要看权力怎么受监督",
            {
                "secretary": "书记、主任由您一人担任，哪些事必须集体定、哪些事您可以直接定？谁来监督？",
                "committee": "书记、主任由一人担任以后，集体研究和以前相比有什么变化？",
                "supervisor": "书记、主任由一人担任，监督委员会怎样对他签批的支出进行监督？",
                "town_cadre": "对书记、主任一肩挑的村，镇里有哪些专门的监督办法？",
            },
        )


def kin(sheet: FactSheet) -> Iterator[Fact]:
    """Members of the committee related to each other."""
    related = [officer for officer in sheet.officers if officer.kin]
    if not related:
        return
    names = "、".join(officer.name for officer in related)
    said = "；".join(f"{officer.name}（{officer.post}）：{officer.kin}" for officer in related)
    yield Fact(
        f"kin:{names}"[:100],
        "E6",
        f"村里任职人员之间有亲属关系：{said}。",
        "任职人员有亲属关系，要看岗位、签批和承包承建是否回避",
        {
            "secretary": "村里任职人员之间有哪些亲属关系，安排岗位和签批支出时怎么回避？",
            "supervisor": "任职人员的亲属与村集体有往来时，事前怎么报告、怎么审？",
            "town_cadre": "镇里审核村干部人选时，对亲属关系是怎么把握的？",
        },
    )


def long_term(sheet: FactSheet) -> Iterator[Fact]:
    """The same person in the same post for the parameter's years or longer."""
    for officer in sheet.officers:
        years = _years_in(officer, sheet.today)
        if years is None or years < sheet.limits.long_term_years or "书记" not in officer.post:
            continue
        yield Fact(
            f"long:{officer.name}",
            "C3",
            f"{officer.name}自{officer.since:%Y}年起任{officer.post}，已{years}年。",
            "任职时间长，要看班子梯队和权力监督",
            {
                "secretary": "您任职这些年，班子和骨干是怎么培养更替的？",
                "town_cadre": "这个村主要负责人任职时间较长，镇里对班子梯队有什么考虑？",
            },
        )


def newcomer(sheet: FactSheet) -> Iterator[Fact]:
    """A secretary in the first year: what was taken over."""
    for officer in sheet.officers:
        years = _years_in(officer, sheet.today)
        if years != 0 or "书记" not in officer.post or "副书记" in officer.post:
            continue
        yield Fact(
            f"new:{officer.name}",
            "A2",
            f"{officer.name}任{officer.post}不满一年（{officer.since:%Y}年{officer.since.month}月起）。",  # type: ignore[union-attr]
            "刚接任，要看新官理不理旧事",
            {"secretary": "接任以来，前任留下的债务、合同和群众诉求，您理清了哪些，打算怎么办？"},
        )


def _years_in(officer: Officer, today: dt.date) -> int | None:
    if officer.since is None:
        return None
    return (
        today.year
        - officer.since.year
        - ((today.month, today.day) < (officer.since.month, officer.since.day))
    )


def large_projects(sheet: FactSheet) -> Iterator[Fact]:
    """Projects over the parameter's sum, all in one question."""
    large = [row for row in sheet.projects if row.amount >= sheet.limits.project_sum]
    if not large:
        return
    large.sort(key=lambda row: (-row.amount, row.name))
    said = "；".join(f"{row.name}{wan(row.amount)}" for row in large[:5])
    more = f"等{len(large)}个" if len(large) > 5 else f"共{len(large)}个"
    yield Fact(
        f"projects:{len(large)}:{large[0].name}"[:100],
        "E4",
        f"{wan(sheet.limits.project_sum)}以上的工程：{said}，{more}。"[:300],
        "金额较大，要看决策、发包、变更和付款",
        {
            "secretary": f"“{large[0].name}”等金额较大的工程，是怎么立项、怎么确定施工方的？",
            "director": f"“{large[0].name}”施工过程中，谁在现场管，有没有变更？",
            "accountant": f"“{large[0].name}”的工程款分几次付的，每次凭什么付？",
            "supervisor": f"“{large[0].name}”从发包到验收，监督委员会参与了哪些环节？",
        },
    )


# What follows from the kind of village alone: trait, category, sentence, why, questions.
_BY_TRAIT: tuple[tuple[str, str, str, str, dict[str, str]], ...] = (
    (
        "merged", "A2", "本村由几个村合并而成。", "合村后账目、资产、人员是否真正合到一起",
        {
            "secretary": "合并以后，原来各村的账户、资产、债务和合同是怎么合到一起的，还剩哪些没有合？",
            "accountant": "合并前各村的账和银行账户，现在各是什么状态？",
            "group_head": "合并以后，原来村里的集体收益和资源，大家怎么分、怎么用？",
        },
    ),
    (
        "land", "A1", "本村涉及征地拆迁。", "补偿款额度大、涉及户多",
        {
            "secretary": "征地拆迁的补偿款，村里留了多少、发了多少，分配方案怎么定的？",
            "accountant": "征地补偿款到账、分配、结余，账上分别怎么记？",
            "villager": "征地或拆迁时，您家的面积、金额和发放过程是怎样的？",
        },
    ),
    (
        "construction", "E4", "本村工程项目较多。", "项目多，要看拆分和固定施工方",
        {
            "director": "近三年的工程分别由哪几家做的，怎么选上的？",
            "supervisor": "工程较多的年份，监督委员会怎么安排人到现场？",
        },
    ),
    (
        "strong", "E3", "本村集体经济收入较多。", "资源发包和经营收益多，要看定价和收缴",
        {
            "secretary": "集体收入主要靠哪几块，价格和收益分配是怎么定的？",
            "delegate": "村里收入比较多，这些钱怎么用、怎么分，代表会议讨论过哪些？",
        },
    ),
)  # fmt: skip


def by_trait(sheet: FactSheet) -> Iterator[Fact]:
    """Questions every village of a trait is asked."""
    for trait, category, statement, why, asks in _BY_TRAIT:
        if trait in sheet.traits:
            yield Fact(f"trait:{trait}", category, statement, why, asks)


def emptied(sheet: FactSheet) -> Iterator[Fact]:
    """Fewer than six in ten registered people live there."""
    if not sheet.population or sheet.residents is None or sheet.residents * 10 >= sheet.population * 6:
        return
    share = percent(sheet.residents, sheet.population)
    yield Fact(
        "emptied",
        "C2",
        f"户籍人口{sheet.population}人，常住{sheet.residents}人，占{share}。",
        "外出的人多，要看会议、签字、领款是不是本人",
        {
            "secretary": "外出的党员和代表较多，开会表决、签字领款怎么保证是本人？",
            "group_head": "组里常年在外的有多少户，他们的事由谁代办、怎么办手续？",
        },
    )


def earlier_problems(sheet: FactSheet) -> Iterator[Fact]:
    """Something was found the last time."""
    if sheet.earlier_problems:
        yield Fact(
            "earlier",
            "R1",
            "档案记有上次巡察、审计发现的问题。",
            "看整改是真改还是纸面改",
            {
                "secretary": "上次检查指出的问题，整改后有没有再出现过？举一件说明前后变化。",
                "accountant": "上次检查涉及账务的问题，后来怎么调整的，凭证在哪里？",
                "supervisor": "上次检查以后，监督委员会跟踪过哪些问题的整改？",
            },
        )


RULES: tuple[Rule, ...] = (
    deficit, debt_rise, income_change, large_projects, one_person, kin, long_term, newcomer, by_trait,
    petitions_rise, cases, emptied, earlier_problems,
)  # fmt: skip
