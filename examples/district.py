"""The made-up district: places, people, rounds. Everything here is invented."""

from typing import NamedTuple

COUNTY = "990101"


class Place(NamedTuple):
    """One village or community as the office's register lists it."""

    code: str
    name: str
    town: str
    kind: str
    households: int
    population: int
    members: int
    secretary: str
    phone: str


PLACES = [
    Place("990101101201", "云溪村", "河口镇", "村", 612, 2143, 78, "江予安", "0990-5550101"),
    Place("990101101202", "石塘村", "河口镇", "村", 438, 1512, 61, "严修竹", "0990-5550102"),
    Place("990101101203", "柳巷村", "河口镇", "村", 527, 1830, 66, "钟怀瑾", "0990-5550103"),
    Place("990101101204", "上田村", "河口镇", "村", 296, 985, 42, "庄景明", "0990-5550104"),
    Place("990101101001", "东岭社区", "河口镇", "社区", 1240, 3867, 143, "蒋含章", "0990-5550105"),
    Place("990101102201", "竹坞村", "青坪镇", "村", 381, 1298, 55, "骆知秋", "0990-5550201"),
    Place("990101102202", "枫桥湾村", "青坪镇", "村", 504, 1755, 63, "向北辰", "0990-5550202"),
    Place("990101102203", "大樟村", "青坪镇", "村", 468, 1624, 58, "秦朗月", "0990-5550203"),
    Place("990101102204", "白沙洲村", "青坪镇", "村", 333, 1107, 47, "霍见山", "0990-5550204"),
    Place("990101102205", "南渡村", "青坪镇", "村", 590, 2068, 72, "卫临川", "0990-5550205"),
    Place("990101003001", "新港社区", "望江街道", "社区", 1876, 5420, 201, "柏思远", "0990-5550301"),
    Place("990101003002", "梧桐社区", "望江街道", "社区", 1533, 4611, 176, "宁书白", "0990-5550302"),
    Place("990101003003", "沙湾社区", "望江街道", "社区", 1098, 3325, 129, "管若谷", "0990-5550303"),
    Place("990101003201", "渔湖村", "望江街道", "村", 402, 1376, 57, "单清河", "0990-5550304"),
    Place("990101003202", "平川村", "望江街道", "村", 455, 1593, 60, "池砚舟", "0990-5550305"),
]


class Account(NamedTuple):
    """One row of the account list; ``town`` and ``village`` only for inspected units."""

    username: str
    name: str
    office: str
    role: str
    town: str = ""
    village: str = ""


ACCOUNTS = [
    Account("chengliyan", "程立言", "青岚区委巡察办", "巡察办主任"),
    Account("xuqingyue", "许清越", "青岚区委巡察办", "巡察办工作人员"),
    Account("yeshuya", "叶舒雅", "青岚区委巡察办", "巡察办工作人员"),
    Account("zhouwenxi", "周闻溪", "青岚区委巡察办", "巡察干部"),
    Account("heshouzheng", "何守正", "青岚区审计局", "巡察干部"),
    Account("linzhixia", "林知夏", "青岚区财政局", "巡察干部"),
    Account("zhaonanqiao", "赵南乔", "青岚区农业农村局", "巡察干部"),
    Account("suyanqiu", "苏砚秋", "青岚区档案馆", "巡察干部"),
    Account("shenhuaigu", "沈怀谷", "青岚区委巡察办", "巡察干部"),
    Account("luqinghe", "陆青禾", "青岚区委组织部", "巡察干部"),
    Account("fangyuzhi", "方与之", "青岚区信访局", "巡察干部"),
    Account("wenruochuan", "温若川", "青岚区财政局", "巡察干部"),
    Account("gunianan", "顾念安", "青岚区民政局", "巡察干部"),
    Account("tanqingshi", "谭青石", "青岚区委巡察办", "巡察干部"),
    Account("xieyufei", "谢雨霏", "青岚区审计局", "巡察干部"),
    Account("pangulan", "潘谷兰", "青岚区民政局", "巡察干部"),
    Account("yuanxinghe", "袁星河", "青岚区财政局", "巡察干部"),
    Account("jiangmolin", "姜墨林", "青岚区档案馆", "巡察干部"),
    Account("hekou", "郑河口", "中共河口镇委员会", "镇（街道）党委", "河口镇"),
    Account("qingping", "韦青坪", "中共青坪镇委员会", "镇（街道）党委", "青坪镇"),
    Account("wangjiang", "童望江", "中共望江街道工作委员会", "镇（街道）党委", "望江街道"),
    Account("dongling", "蒋含章", "东岭社区党委", "村（社区）党组织", "河口镇", "东岭社区"),
    Account("yunxi", "江予安", "云溪村党总支", "村（社区）党组织", "河口镇", "云溪村"),
    Account("xingang", "柏思远", "新港社区党委", "村（社区）党组织", "望江街道", "新港社区"),
    Account("nandu", "卫临川", "南渡村党总支", "村（社区）党组织", "青坪镇", "南渡村"),
    Account("jiwei", "凌守一", "青岚区纪委监委", "区纪委监委"),
    Account("zuzhi", "简从周", "青岚区委组织部", "区委组织部"),
    Account("nongye", "应有田", "青岚区农业农村局", "区级部门"),
    Account("admin", "高维", "青岚区大数据中心", "系统管理员"),
]

# Findings and survey sheets per village, by round: what each list in this folder holds.
ROUND_4 = {"竹坞村": 16, "枫桥湾村": 17, "大樟村": 16, "白沙洲村": 14, "南渡村": 18, "平川村": 15}
ROUND_5 = {
    "云溪村": 22,
    "石塘村": 18,
    "东岭社区": 24,
    "柳巷村": 17,
    "新港社区": 20,
    "梧桐社区": 19,
}
SHEETS_4 = {"竹坞村": 38, "枫桥湾村": 44, "大樟村": 40, "白沙洲村": 34, "南渡村": 52, "平川村": 41}
SHEETS_5 = {
    "云溪村": 48,
    "石塘村": 42,
    "东岭社区": 60,
    "柳巷村": 36,
    "新港社区": 55,
    "梧桐社区": 46,
    "沙湾社区": 39,
    "枫桥湾村": 41,
}
# Where the second version of the questionnaire is tried out: after the levels, choices, a matrix, open questions.
TRIED_OUT = ("云溪村", "东岭社区", "新港社区")
LEDGERS = ["云溪村", "石塘村", "东岭社区"]
# Villages whose other books lie here too.
BOOKS = ["云溪村", "石塘村", "东岭社区", "柳巷村"]
