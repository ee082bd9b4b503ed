"""Strings that break careless writers. What XML forbids is listed apart: those characters are taken out."""

FORMULAS = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\n=1+1", "＝1+1", "＋1", "－1", "＠SUM(1)", "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://e.example","点")', "=DDE(\"a\";\"b\")", '"=1+1', "'=1+1", "=IMPORTXML(CONCAT(A1))",
    "%0A=1+1", ";=1", "{=1}", "=1+1\";=1", "\u200b=1", "-2+3+cmd|'/C calc'!A0",
]  # fmt: skip

MARKUP = [
    "<script>alert(1)</script>", "a & b", "&amp;", "&#x41;", "]]>", "<![CDATA[x]]>", "</w:t></w:r>", "<r><t>x</t></r>",
    "<r></v></c></r>", '"quoted" \'single\'', "<!-- -->", "<?xml version='1.0'?>", "{{7*7}}", "{% for x in y %}",
    "${7*7}", "#{7*7}", "_x000D_", "_x0041_x0041_", "__x000d__", "%s %d {0} {name}",
]  # fmt: skip

SCRIPTS = [
    "𠮷野家", "㙟村", "堃昇䶮", "ａｂｃ１２３", "Ω≈ç√∫˜µ≤≥÷", "田中さん", "사회과학원", "مرحبا", "א ב", "👩‍👩‍👧‍👦🏳️‍🌈",
    "ﷺ", "Z̮̞̠͙͔ͅḀ̗̞͈̻̗L̠͡G̶̟O̪̫͉", "\u202etfel ot thgir", "\u2066a\u2069", "\u200bzero\u200dwidth",
    "\ufeffbom", "\u3000全角空格\u3000", "①②③", "〔2026〕5号", "“引号”‘单’", "——……",
    "½ € £ ￥", "ﬁ", "é", "\u00a0nbsp\u00a0",
]  # fmt: skip

NUMBERS = [
    "1e1000",
    "NaN",
    "Infinity",
    "-0",
    "0x1F",
    "1,234.5",
    "１２３",
    "330102001001",
    "00123",
    "1/2",
    "2026-03-05",
    "TRUE",
]

SPACES = [" lead", "trail ", "a  b", "line\nbreak", "tab\there", "  "]

LONG = ["长" * 10_000, "a" * 32_767]

KEPT = FORMULAS + MARKUP + SCRIPTS + NUMBERS + SPACES + LONG

# What goes in, and what is left of it.
FORBIDDEN = {
    "a\x00b": "ab", "\x01\x02c": "c", "d\x0b\x0ce": "de", "f\x1fg": "fg", "h\x7fi": "hi", "j\ufffek": "jk",
    "m\ud800n": "mn", "o\udfffp": "op", "\x08": "",
}  # fmt: skip
