"""Every blank paper: valid, with every label of its section, printed on as many pages as it was designed for."""

import io
import os
import shutil
import subprocess
import zipfile

import docx
import openpyxl
import pytest

from core.blanks import Medium, Place, blank_forms, find_blank
from core.blanks.context import NOWHERE
from core.office.check import check_ooxml
from tests.core import naughty
from tests.core.ooxml import problems
from tests.lanes import soffice
from tests.prep.labels import LABELS
from villages.models.reference_data import FORM_COPIES

PLACE = Place(
    district="青岚区",
    office="青岚区委巡察办",
    round="第五轮对村巡察",
    team="第一巡察组",
    town="东风镇",
    village="云溪村",
    number_head="青巡2026-5-1-203",
    keeper="苏砚秋",
    sealed_keeper="周闻溪",
)
FORMS = [form.designation for form in blank_forms()]
# Votes: nothing on them may tell one from another.
BALLOTS = {"WJ-1", "CP-1"}


def rendered(designation, place=PLACE):
    return find_blank(designation).render(place, 3)


def words(designation, content):
    """Every text of the file, line ends left out; read by another program than ours."""
    if find_blank(designation).medium is Medium.WORD:
        document = docx.Document(io.BytesIO(content))
        texts = [paragraph.text for paragraph in document.paragraphs]
        texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    else:
        book = openpyxl.load_workbook(io.BytesIO(content))
        texts = [
            str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell
        ]
    return "|".join(texts).replace("\n", "")


def test_the_set_is_the_one_the_office_knows():
    assert set(FORMS) == set(FORM_COPIES) == set(LABELS)


@pytest.mark.parametrize("designation", FORMS)
def test_a_form_is_valid_and_carries_every_label_of_its_section(designation, tmp_path):
    content = rendered(designation)
    # A workbook's own sums are the only formulas.
    assert check_ooxml(content, formulas_allowed=True) == []
    assert [fault for fault in problems(content, tmp_path) if not fault.endswith(": formula")] == []
    text = words(designation, content)
    form = find_blank(designation)
    head = [form.title.strip("“”"), "内部", f"表{designation}（2026年1月版）", "第一巡察组"]
    foot = [] if designation in BALLOTS else [f"青巡2026-5-1-203-{form.code}-____", "印制3份，由"]
    assert [label for label in (*head, *foot, *LABELS[designation]) if label not in text] == []
    assert designation not in BALLOTS or form.code + "-____" not in text


@pytest.mark.parametrize("designation", FORMS)
def test_the_same_place_gives_the_same_bytes(designation):
    assert rendered(designation) == rendered(designation)


@pytest.mark.parametrize("designation", FORMS)
def test_a_form_can_be_looked_at_before_it_belongs_to_a_village(designation):
    assert check_ooxml(rendered(designation, NOWHERE), formulas_allowed=True) == []


NAUGHTY = [*naughty.KEPT, *naughty.FORBIDDEN, "=1+1", "长" * 60]


@pytest.mark.parametrize("designation", ["TH-1", "DG-1", "WJ-1", "SZ-1", "YJ-1"])
def test_places_of_any_name_survive_into_the_form(designation, tmp_path):
    for name in NAUGHTY:
        place = Place(name, name, name, name, name, name, name, name, name)
        content = rendered(designation, place)
        assert check_ooxml(content, formulas_allowed=True) == [], name
        assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    kept = Place(*["<村>&“甲”"] * 9)
    assert "<村>&“甲”" in words(designation, rendered(designation, kept))


def test_a_workbook_offers_the_words_of_a_column_and_refuses_others():
    sheet = openpyxl.load_workbook(io.BytesIO(rendered("XF-2"))).active
    offers = {
        rule.formula1.strip('"'): rule
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    channel = offers["来信,来电,来访,短信,邮箱,扫码,意见箱,上级转交"]
    assert str(channel.sqref) == "C5:C18" and channel.showErrorMessage
    assert sheet.print_title_rows == "$1:$4" and sheet.page_setup.orientation == "landscape"
    assert sheet.freeze_panes == "A5"


def test_sums_stand_under_the_money_of_the_three_kinds_of_property():
    book = openpyxl.load_workbook(io.BytesIO(rendered("SZ-1")))
    assert [name[0] for name in book.sheetnames] == list("ABCDEFGH")
    funds = book["A 资金"]
    sums = [cell.value for row in funds.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert sums == ["=SUM(E5:E16)", "=SUM(F5:F16)", "=SUM(G5:G16)"]


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Every form as PDF, drawn by LibreOffice in one go: pages by designation."""
    folder = tmp_path_factory.mktemp("papers")
    names = []
    for designation in FORMS:
        path = folder / f"{designation}.{find_blank(designation).medium.extension}"
        path.write_bytes(rendered(designation))
        names.append(path)
    fonts = os.path.abspath("deploy/fontconfig/60-official-fonts.conf")
    (folder / "fonts.conf").write_text(
        '<?xml version="1.0"?><fontconfig><include>/etc/fonts/fonts.conf</include>'
        f"<include>{fonts}</include></fontconfig>"
    )
    subprocess.run(
        [soffice(), "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf",
         "--outdir", folder, *names],
        check=True, capture_output=True, timeout=600, env=os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf")},
    )  # fmt: skip
    return folder


@pytest.mark.office
@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="lane office: pdfinfo is not installed")
@pytest.mark.parametrize("designation", FORMS)
def test_a_form_is_printed_on_the_pages_it_was_designed_for(designation, printed):
    answer = subprocess.run(
        ["pdfinfo", printed / f"{designation}.pdf"], check=True, capture_output=True, text=True
    ).stdout
    pages = next(line.split()[1] for line in answer.splitlines() if line.startswith("Pages:"))
    assert int(pages) == find_blank(designation).pages
