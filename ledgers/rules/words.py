"""Words that say what a line was for, as several checks read them."""

import re

from ledgers.rules.regular import is_many
from ledgers.rules.vouchers import Payment

PAY = ("工资", "报酬", "补贴", "绩效", "奖金", "津贴", "误工", "补助")
INSURANCE = ("社保", "医保", "养老保险", "保险费")
BANK_FEES = ("手续费", "短信费", "工本费", "账户管理费", "转账费")
SLIPS = ("白条", "收条", "无票", "欠条", "便条")
_SEVERAL_PEOPLE = re.compile(r"等.{0,4}人|全体|各村干部|各组|一批")
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_BODY = re.compile(
    r"店|部|厂|站|社|队|组|村|镇|乡|局|所|院|校|行|司|会|场|超市|中心|酒楼|餐|饭|合计|零星|农户|村民$"
)


def what_for(payment: Payment) -> str:
    """All that the payment's lines say of what it was for; where they are silent what the voucher says."""
    said = [line.summary for line in payment.lines if line.summary]
    return " ".join(dict.fromkeys(said or [line.summary for line in payment.voucher.lines if line.summary]))


def for_several(text: str) -> bool:
    """Whether the sum was for several people, so that it says nothing of one."""
    return bool(_SEVERAL_PEOPLE.search(text))


def individual(party: str) -> bool:
    """Whether the name reads like one person's and not like a shop's, a company's or an office's."""
    name = "".join(party.split())
    return bool(_PERSON.fullmatch(name)) and not _BODY.search(name) and not is_many(name)
