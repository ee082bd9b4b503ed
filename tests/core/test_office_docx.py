"""Official documents and paper forms: read back with python-docx and lxml, measured against GB/T 9704-2012."""

import datetime as dt
import io
import os
import re
import shutil
import subprocess
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from core.office.chinese import long_date, numeral
from core.office.docx import OfficialDocument, PaperForm, balanced
from tests.core import naughty
from tests.core.ooxml import assert_valid
from tests.lanes import soffice

DAY = dt.date(2026, 3, 5)


def official(**over):
    values = {
        "title": "关于巡察东风镇九个村（社区）党组织情况的报告",
        "created": DAY,
        "author": "区委巡察办",
        "addressee": "区委巡察工作领导小组",
    }
    return OfficialDocument(**values | over)


def everything():
    doc = official(
        masthead="区委巡察工作领导小组办公室文件", number="青巡办〔2026〕5号", signer="某某", copy_number="000001",
        secrecy="秘密★1年", urgency="特急", subtitle="（征求意见稿）",
    )  # fmt: skip
    doc.level1("基本情况")
    doc.body("第一段。\n第二段。")
    doc.level2("政治建设方面")
    doc.level3("学习不够深入。")
    doc.level4("红旗村缺记录3次。")
    doc.plain("顶格")
    doc.centered("居中")
    doc.table(["序号", "问题", "金额"], [[1, "甲", "5.00"], [2, None, 3]], caption="汇总表", align="clr")
    doc.attachments(["各村问题清单", "汇总表"])
    doc.sign("区委第三巡察组", DAY)
    doc.remark("此件不公开")
    doc.annex(1, "各村问题清单", landscape=True)
    doc.table(["甲", "乙"], ([n, "乙"] for n in range(3)), widths_mm=[1, 3])
    doc.annex(2, "汇总表")
    doc.level1("附件里的一级")
    doc.imprint(issuer="区委巡察办", issued_on=DAY, copy_to="区纪委监委，区委组织部。")
    return doc


def opened(doc):
    return docx.Document(io.BytesIO(doc.to_bytes()))


def texts(doc):
    return [paragraph.text for paragraph in opened(doc).paragraphs]


# --- the page -----------------------------------------------------------------------------------------------


def test_the_page_is_a4_with_the_standards_margins():
    section = opened(official()).sections[0]
    measured = [section.page_width, section.page_height, section.top_margin, section.bottom_margin]
    measured += [section.left_margin, section.right_margin]
    for found, wanted in zip(measured, (210, 297, 37, 35, 28, 26), strict=True):
        assert abs(found - Mm(wanted)) < Mm(0.05)


def test_twenty_two_lines_and_twenty_eight_characters_fit_the_text_area():
    normal = opened(official()).styles["Normal"]
    line = normal.paragraph_format.line_spacing
    assert normal.paragraph_format.line_spacing_rule.name == "EXACTLY"
    assert 22 * line <= Mm(225) < 23 * line
    spacing = int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    character = normal.font.size.pt + spacing
    assert 28 * character <= Mm(156).pt < 29 * character


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("Title", "方正小标宋简体", 22),
        ("公文正文", "仿宋_GB2312", 16),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Footer", "宋体", 14),
    ],
)
def test_each_part_names_the_official_font_and_size(style, font, points):
    found = opened(official()).styles[style]
    fonts = found.element.rPr.rFonts
    assert {fonts.get(qn(f"w:{script}")) for script in ("eastAsia", "ascii", "hAnsi")} == {font}
    assert found.font.size == Pt(points)


def test_page_numbers_stand_outside_with_dashes_on_odd_and_even_pages():
    document = opened(official())
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side, edge in (
        (section.footer, "RIGHT", "right"),
        (section.even_page_footer, "LEFT", "left"),
    ):
        [paragraph] = footer.paragraphs
        assert paragraph.text == "— 1 —" and paragraph.alignment.name == side
        assert paragraph._p.pPr.ind.get(qn(f"w:{edge}Chars")) == "100"
        assert "PAGE" in "".join(node.text for node in paragraph._p.iter(qn("w:instrText")))


# --- the parts ----------------------------------------------------------------------------------------------


def test_levels_are_numbered_by_the_document_and_start_again_under_a_new_heading():
    doc = official()
    for text in ("甲", "乙"):
        doc.level1(text)
        doc.level2("子")
        doc.level3("目")
        doc.level3("目")
        doc.level4("项")
    found = [text for text in texts(doc) if text][2:]
    part = ["（一）子", "1.目", "2.目", "（1）项"]
    assert found == ["一、甲", *part, "二、乙", *part]


def test_chinese_numerals_and_dates_are_written_as_the_standard_wants():
    assert [numeral(n) for n in (1, 10, 11, 20, 23, 100, 101, 110, 115, 999)] == [
        "一", "十", "十一", "二十", "二十三", "一百", "一百零一", "一百一十", "一百一十五", "九百九十九",
    ]  # fmt: skip
    assert long_date(DAY) == "2026年3月5日" and long_date(None) == ""
    assert long_date(dt.datetime(2026, 3, 4, 17, tzinfo=dt.UTC)) == "2026年3月5日"


def test_the_head_of_a_document_is_in_its_order():
    found = texts(everything())
    assert found[:4] == ["000001", "秘密★1年", "特急", "区委巡察工作领导小组办公室文件"]
    assert "青巡办〔2026〕5号\t签发人：某某" in found
    assert found.index("区委巡察工作领导小组：") > found.index("（征求意见稿）")


def test_the_masthead_is_red_and_shrinks_to_one_line():
    short, long = ("区委办文件", "中国共产党某某市某某区委员会巡察工作领导小组办公室文件")
    sizes = {}
    for text in (short, long):
        paragraph = next(p for p in opened(official(masthead=text, number="x")).paragraphs if p.text == text)
        assert paragraph.style.font.color.rgb == docx.shared.RGBColor(255, 0, 0)
        sizes[text] = paragraph.runs[0].font.size.pt
        assert sizes[text] * len(text) <= Mm(156).pt
    assert sizes[short] == 31 > sizes[long]


@pytest.mark.parametrize(
    "title",
    [
        "短题",
        "关于巡察东风镇九个村（社区）党组织情况的报告",
        "关于" + "对某某镇某某村党组织开展常规巡察" * 3 + "的报告",
    ],
)
def test_a_long_title_is_split_into_lines_of_like_length(title):
    lines = balanced(title)
    assert "".join(lines) == title
    assert max(map(len, lines)) <= 20
    assert max(map(len, lines)) - min(map(len, lines)) <= 8


def test_a_title_with_line_ends_of_its_own_is_left_alone():
    assert balanced("关于某事\n的报告") == ["关于某事", "的报告"]


def test_names_of_attachments_line_up_under_each_other():
    paragraphs = [p for p in opened(everything()).paragraphs if "清单" in p.text or p.text == "2.汇总表"][:2]
    edges = [p._p.pPr.ind for p in paragraphs]
    assert paragraphs[0].text == "附件：1.各村问题清单"
    assert {edge.get(qn("w:leftChars")) for edge in edges} == {"600"}
    assert [edge.get(qn("w:hangingChars")) for edge in edges] == ["400", "100"]


@pytest.mark.parametrize(
    ("name", "sealed", "rights"),
    [
        ("区委巡察工作领导小组办公室", False, ("200", "700")),  # the date begins two right of a long name
        ("区委办", False, ("700", "200")),  # a short name moves left of the date instead
        (
            "区委巡察工作领导小组",
            True,
            ("200", "400"),
        ),  # the date four from the right, the name above its middle
    ],
)
def test_signature_and_date_stand_as_the_standard_places_them(name, sealed, rights):
    doc = official()
    doc.sign(name, dt.date(2026, 3, 5), sealed=sealed)
    signed = opened(doc).paragraphs[-2:]
    assert [p.text for p in signed] == [name, "2026年3月5日"]
    assert tuple(p._p.pPr.ind.get(qn("w:rightChars")) for p in signed) == rights


def test_an_annex_begins_a_page_and_a_turned_one_turns_the_page():
    document = opened(everything())
    assert [section.orientation.name for section in document.sections] == [
        "PORTRAIT",
        "LANDSCAPE",
        "PORTRAIT",
    ]
    assert document.sections[1].page_width > document.sections[1].page_height
    found = [p.text for p in document.paragraphs]
    assert found.index("附件1") < found.index("附件2")
    assert "一、附件里的一级" in found


def test_the_imprint_is_ruled_and_placed_at_the_foot():
    table = opened(everything()).tables[-1]
    assert [cell.text for row in table.rows for cell in row.cells] == [
        "抄送：区纪委监委，区委组织部。", "区委巡察办\t2026年3月5日印发",
    ]  # fmt: skip
    place = table._tbl.tblPr.find(qn("w:tblpPr"))
    assert place.get(qn("w:tblpYSpec")) == "bottom" and place.get(qn("w:vertAnchor")) == "margin"


# --- tables -------------------------------------------------------------------------------------------------


def test_a_table_is_as_wide_as_the_text_repeats_its_head_and_splits_no_row():
    for table, millimetres in zip(opened(everything()).tables[:2], (156, 225), strict=True):
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        assert abs(sum(widths) - millimetres / 25.4 * 1440) < 2
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_cells_hold_what_was_given_and_nothing_for_nothing():
    table = opened(everything()).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "问题", "金额"], ["1", "甲", "5.00"], ["2", "", "3"],
    ]  # fmt: skip


def test_a_narrow_column_stays_narrow_and_a_long_text_gets_the_room():
    doc = official()
    doc.table(["序号", "问题类别", "表现"], [[1, "作风建设", "长" * 300], [2, "作风建设", "短"]])
    widths = [int(column.get(qn("w:w"))) for column in opened(doc).tables[0]._tbl.tblGrid]
    assert widths[0] < widths[1] < widths[2] and widths[1] >= 4 * 240 and widths[2] > sum(widths) / 2


# --- text ---------------------------------------------------------------------------------------------------


def test_every_text_survives_in_paragraphs_and_cells():
    kept = [text for text in naughty.KEPT if text not in naughty.SPACES]
    doc = official()
    for text in kept:
        doc.plain(text)
    doc.table(["x"], [[text] for text in kept + naughty.SPACES])
    document = opened(doc)
    assert [p.text for p in document.paragraphs][-len(kept) :] == kept
    assert [row.cells[0].text for row in document.tables[0].rows[1:]] == kept + naughty.SPACES


def test_what_xml_forbids_is_taken_out():
    doc = official(author="办\x00公室", title="标\x0b题")
    for text in naughty.FORBIDDEN:
        doc.plain(text)
    document = opened(doc)
    assert [p.text for p in document.paragraphs][-len(naughty.FORBIDDEN) :] == list(
        naughty.FORBIDDEN.values()
    )
    assert (document.core_properties.author, document.core_properties.title) == ("办公室", "标题")


def test_no_field_but_the_page_number_and_nothing_outside_whatever_is_typed():
    doc = everything()
    for text in naughty.KEPT:
        doc.body(text)
    with zipfile.ZipFile(io.BytesIO(doc.to_bytes())) as archive:
        body = archive.read("word/document.xml").decode()
        relations = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".rels"))
    assert "instrText" not in body and "fldSimple" not in body and b"External" not in relations


# --- the file -----------------------------------------------------------------------------------------------


def test_equal_content_gives_equal_bytes_and_no_time_but_the_given_one():
    first = everything().to_bytes()
    assert first == everything().to_bytes()
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
    properties = docx.Document(io.BytesIO(first)).core_properties
    assert properties.author == properties.last_modified_by == "区委巡察办"
    # Midnight in Beijing is four in the afternoon before in UTC.
    assert properties.created.replace(tzinfo=None) == dt.datetime(2026, 3, 4, 16)


def test_the_validators_have_nothing_to_say_about_a_document(tmp_path):
    doc = everything()
    for text in [*naughty.KEPT, *naughty.FORBIDDEN]:
        doc.body(text)
    doc.table(["x", "y"], [[text, ""] for text in [*naughty.KEPT, *naughty.FORBIDDEN]])
    assert_valid(doc.to_bytes(), tmp_path)
    assert_valid(official(addressee="", number="〔2026〕5号").to_bytes(), tmp_path)


def test_a_long_table_takes_time_in_proportion_to_its_rows():
    def seconds(rows):
        doc = official()
        start = dt.datetime.now()
        doc.table(["a", "b", "c"], ([n, "文字" * 10, "x"] for n in range(rows)), widths_mm=[1, 2, 1])
        doc.to_bytes()
        return (dt.datetime.now() - start).total_seconds()

    seconds(100)
    assert seconds(20_000) < 5


# --- forms --------------------------------------------------------------------------------------------------


def paper():
    form = PaperForm(
        title="问题底稿", created=DAY, author="区委巡察办", number="编号：青巡-DG-0001", heading="红旗村"
    )
    form.pairs([("问题标题", "现金支付"), ("问题类别", "纪律建设"), ("来源", None)])
    form.block("问题事实", "第一段\n\n第二段")
    form.grid(["序号", "证据名称"], [[1, "会议记录"], [2, "谈话笔录"]], [12, 144], label="证据清单")
    form.signatures([("经办人", "张三", DAY), ("副组长", "", None), ("组长", "", None), ("备案", "", None)])
    form.note("注：一式一份。")
    return form


def test_a_form_holds_labels_values_lists_and_places_to_sign():
    document = opened(paper())
    [table] = document.tables
    lines = [list(dict.fromkeys(cell.text for cell in row.cells)) for row in table.rows]
    assert lines[:7] == [
        ["问题标题", "现金支付", "问题类别", "纪律建设"],
        ["来源", ""],
        ["问题事实", "第一段\n第二段"],
        ["证据清单"],
        ["序号", "证据名称"],
        ["1", "会议记录"],
        ["2", "谈话笔录"],
    ]
    assert lines[7][0] == "经办人：张三\n\n2026年3月5日"
    assert "年" in lines[7][1] and lines[8][0].startswith("备案")
    assert document.paragraphs[-1].text == "注：一式一份。"


def test_every_row_of_a_form_spans_the_whole_width():
    [table] = opened(paper()).tables
    for row in table._tbl.tr_lst:
        assert sum(cell.grid_span for cell in row.tc_lst) == 52
    assert abs(52 * 3 - 156) == 0


def test_only_the_row_of_a_long_text_may_run_over_a_page():
    [table] = opened(paper()).tables
    whole = [row.trPr.find(qn("w:cantSplit")) is not None for row in table._tbl.tr_lst]
    assert whole == [True, True, False] + [True] * 6


def test_the_validators_have_nothing_to_say_about_a_form(tmp_path):
    form = paper()
    form.pairs([(text, text) for text in naughty.KEPT + list(naughty.FORBIDDEN)], columns=1)
    form.block("怪字", "\n".join(naughty.KEPT))
    assert_valid(form.to_bytes(), tmp_path)
    assert paper().to_bytes() == paper().to_bytes()


# --- seen on paper ------------------------------------------------------------------------------------------


@pytest.mark.office
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="lane office: pdftotext is not installed")
def test_a_full_page_shows_twenty_two_lines_of_twenty_eight_characters(tmp_path):
    doc = official(title="题", addressee="")
    doc.body("字" * 28 * 60)
    (tmp_path / "a.docx").write_bytes(doc.to_bytes())
    fonts = os.path.abspath("deploy/fontconfig/60-official-fonts.conf")
    (tmp_path / "fonts.conf").write_text(
        '<?xml version="1.0"?><fontconfig><include>/etc/fonts/fonts.conf</include>'
        f"<include>{fonts}</include></fontconfig>"
    )
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [soffice(), "--headless", profile, "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "a.docx"],
        check=True,
        capture_output=True,
        timeout=120,
        env=os.environ | {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")},
    )
    pages = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "a.pdf", "-"], check=True, capture_output=True, text=True
    ).stdout.split("\f")
    second = [line.strip() for line in pages[1].splitlines() if line.strip()]
    assert second[:-1] == ["字" * 28] * 22
    assert re.fullmatch(r"—\s*2\s*—", second[-1])
