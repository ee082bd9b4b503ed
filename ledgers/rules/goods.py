"""What was bought and what a seller deals in, read from the words of summaries and names."""

import re

_GOODS = {
    "办公用品": ("办公用品", "复印纸", "打印纸", "文具", "墨盒", "硒鼓", "档案盒"),
    "印刷广告": ("打印", "复印", "印刷", "横幅", "标语", "宣传栏", "广告", "展板"),
    "建筑材料": ("水泥", "砂石", "沙石", "沙子", "钢筋", "红砖", "碎石", "涂料", "水管", "瓷砖", "建材"),
    "五金水电": ("五金", "灯泡", "路灯", "电线", "开关", "水龙头", "门锁"),
    "餐饮": ("餐费", "就餐", "用餐", "工作餐", "招待", "伙食"),
    "烟酒茶": ("香烟", "白酒", "茶叶", "烟酒", "礼品"),
    "食品日用": ("食品", "大米", "食用油", "面粉", "牛奶", "矿泉水", "慰问品", "日用品", "月饼", "粽子"),
    "清洁用品": ("扫把", "扫帚", "垃圾桶", "垃圾袋", "清洁用品", "洗衣粉", "拖把"),
    "农资": ("化肥", "农药", "种子", "除草剂", "地膜"),
    "苗木": ("苗木", "树苗", "花草", "绿化"),
    "电器电脑": ("电脑", "打印机", "复印机", "空调", "电视", "监控", "音响"),
    "家具": ("桌椅", "办公桌", "文件柜", "沙发"),
    "燃油": ("加油", "汽油", "柴油", "油费"),
    "药品防疫": ("药品", "口罩", "消毒液", "体温"),
    "车辆维修": ("修车", "汽车维修", "车辆维修", "轮胎"),
}
_KIND = {word: kind for kind, words in _GOODS.items() for word in words}
# The longest word first: 打印机 is no 打印.
_WORD = re.compile("|".join(sorted(_KIND, key=len, reverse=True)))

_TRADES = (
    ("餐|饭|酒楼|酒店|农家乐|排档|宾馆|食府", {"餐饮", "烟酒茶"}),
    ("烟酒|名酒|茶", {"烟酒茶", "食品日用"}),
    ("建材|水泥|砂石|石料|砖厂|预制", {"建筑材料", "五金水电"}),
    ("五金|水暖|灯具|机电", {"五金水电", "建筑材料", "清洁用品", "电器电脑"}),
    ("文具|办公|图文|打印|印刷|广告|文印", {"办公用品", "印刷广告", "电器电脑", "家具"}),
    ("农资|种子|种业|农药|化肥", {"农资", "苗木"}),
    ("苗木|花卉|园林|园艺|苗圃", {"苗木", "农资"}),
    ("药店|药房|诊所|卫生室|医药", {"药品防疫"}),
    ("加油站|石油|石化", {"燃油"}),
    ("汽修|汽车维修|修理厂|轮胎", {"车辆维修"}),
    ("电脑|电器|家电|电子|照明", {"电器电脑", "办公用品", "印刷广告", "五金水电"}),
    ("水果|蔬菜|粮油|生鲜|肉铺|蛋糕|面包", {"食品日用"}),
    ("家具|家私", {"家具"}),
    ("服装|服饰|鞋", set()),
)
_EVERYDAY = re.compile("超市|便利店|商店|百货|小卖|副食")
_EVERYDAY_GOODS = frozenset({"食品日用", "烟酒茶", "清洁用品", "办公用品", "五金水电", "药品防疫"})
_SMALL = re.compile("店|超市|商行|经营部|门市|小卖|批发部|摊")


def goods(text: str) -> frozenset[str]:
    """The kinds of goods named in a summary."""
    return frozenset(_KIND[word] for word in _WORD.findall(text))


def deals_in(seller: str) -> frozenset[str] | None:
    """The kinds of goods that fit a seller's name; ``None`` where the name does not say."""
    trades = [kinds for words, kinds in _TRADES if re.search(words, seller)]
    if trades:
        return frozenset().union(*trades)
    return _EVERYDAY_GOODS if _EVERYDAY.search(seller) else None


def small_shop(seller: str) -> bool:
    """Whether the name reads like a small shop's."""
    return bool(_SMALL.search(seller)) and "公司" not in seller
