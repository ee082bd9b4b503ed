"""L17 供货方异常."""

from ledgers.rules.rows import Cadre, Entry, Listed
from tests.ledgers.books import Case, books, yuan

HEAD = Cadre("c1", "王甲", "m-wang", "村主任")
SORTS = ("购水泥", "购办公用品", "购树苗", "购电脑", "购复合种子")


def bought(key, amount, summary, seller, year=2024):
    return Entry(key, year, voucher=key, summary=summary, standard="541", debit=yuan(amount), seller=seller)


CASES = [
    Case(
        "cement from an eating house",
        books(
            entries=[bought("a", 3000, "付购水泥款", "好运来饭店"), bought("b", 300, "付餐费", "好运来饭店")]
        ),
        [({"a"}, yuan(3000))],
        words=("好运来饭店", "建筑材料", "3,000.00"),
    ),
    Case(
        "steel bars from a fruit shop",
        books(entries=[bought("a", 6000, "购钢筋", "甘甜水果店")]),
        [({"a"}, yuan(6000))],
    ),
    Case(
        "the receiver stands for the seller where no invoice names one; a person does not",
        books(
            entries=[
                Entry("a", 2024, voucher="1", summary="购复印纸", debit=yuan(80), party="某镇汽修厂"),
                Entry("b", 2024, voucher="2", summary="购复印纸", debit=yuan(80), party="范厂"),
            ]
        ),
        [({"a"}, yuan(80))],
    ),
    Case(
        "five kinds of goods from one small shop in one year",
        books(entries=[bought(str(n), 100, what, "利民商行") for n, what in enumerate(SORTS)]),
        [({"0", "1", "2", "3", "4"}, yuan(500))],
        words=("利民商行", "5类", "农资", "苗木"),
    ),
    Case(
        "four kinds, or five over two years, or from a large company are innocent",
        books(
            entries=[bought(f"a{n}", 100, what, "利民商行") for n, what in enumerate(SORTS[:4])]
            + [bought("a5", 100, SORTS[4], "利民商行", 2023)]
            + [bought(f"b{n}", 100, what, "大地贸易有限公司") for n, what in enumerate(SORTS)]
        ),
        [],
    ),
    Case(
        "a firm of a cadre's, by the mark in the register of companies",
        books(
            cadres=[HEAD],
            lists=[Listed("f1", "company", "王甲", "m-wang", detail="甲县兴旺建材店")],
            entries=[
                bought("a", 5000, "购水泥", "甲县兴旺建材店"),
                bought("b", 700, "购砂石", "甲县兴旺建材店"),
            ],
        ),
        [({"a", "b", "f1", "c1"}, yuan(5700))],
        words=("工商登记", "王甲（村主任）", "2笔"),
    ),
    Case(
        "by the name alone it is a question",
        books(
            cadres=[HEAD],
            lists=[Listed("f1", "company", "王甲", detail="甲县兴旺建材店")],
            entries=[bought("a", 5000, "购水泥", "甲县兴旺建材店")],
        ),
        [({"a", "f1", "c1"}, yuan(5000))],
        words=("同名", "待核"),
    ),
    Case(
        "a firm of somebody else with the cadre's name is innocent",
        books(
            cadres=[HEAD],
            lists=[Listed("f1", "company", "王甲", "m-other", detail="甲县兴旺建材店")],
            entries=[bought("a", 5000, "购水泥", "甲县兴旺建材店")],
        ),
        [],
    ),
    Case(
        "each from whom it should come: paper, printing, groceries, meals, fuel, a printer from a copy shop",
        books(
            entries=[
                bought("a", 90, "购复印纸、文具", "育才文具店"),
                bought("b", 900, "横幅制作", "蓝天图文广告"),
                bought("c", 60, "购扫把、矿泉水", "惠民超市"),
                bought("d", 400, "工作餐", "农家乐"),
                bought("e", 300, "加油费", "中心加油站"),
                bought("f", 1500, "购打印机", "育才办公用品店"),
                bought("g", 50, "付电费", "供电所"),
                bought("h", 900, "付路灯维修费", "光明电器服务部"),
                bought("i", 400, "购慰问食品", "甘甜水果店"),
            ]
        ),
        [],
    ),
    Case(
        "bought from an advance and accounted for without money",
        books(
            entries=[
                bought("a+", 800, "购水泥报账", "好运来饭店"),
                Entry("a-", 2024, voucher="a+", standard="112", credit=yuan(800), party="王甲"),
            ]
        ),
        [({"a+"}, yuan(800))],
    ),
]
