"""The look every produced file gets before anybody has it: one fault at a time, each must be found."""

import io
import zipfile

import pytest

from core.office.check import check_ooxml
from tests.core.samples import docx_parts, external_relation, xlsx_parts, zipped

RELATIONS = "xl/_rels/workbook.xml.rels"
SHEET = "xl/worksheets/sheet1.xml"


def test_good_files_have_no_problems():
    assert check_ooxml(zipped(docx_parts())) == []
    assert check_ooxml(zipped(xlsx_parts("<row/>"))) == []


def changed(parts, name, old, new):
    assert old in parts[name]
    return parts | {name: parts[name].replace(old, new)}


FAULTS = {
    "not a zip": (lambda: b"PK nothing", "not a zip"),
    "a damaged entry": (
        lambda: zipped(docx_parts(), packed=False).replace(b"<w:p/>", b"<w:q/>"),
        "damaged",
    ),
    "markup that does not close": (lambda: zipped(xlsx_parts("<row>")), SHEET),
    "a document type": (
        lambda: zipped(docx_parts() | {"word/document.xml": "<!DOCTYPE a><a/>"}),
        "word/document.xml",
    ),
    "a formula": (lambda: zipped(xlsx_parts('<row><c r="A1"><f>1+1</f></c></row>')), "formula"),
    "a formula with a prefix": (
        lambda: zipped(xlsx_parts('<row><c r="A1"><x:f xmlns:x="x" t="a">1</x:f></c></row>')),
        "formula",
    ),
    "no content types": (
        lambda: zipped({name: part for name, part in docx_parts().items() if name != "[Content_Types].xml"}),
        "[Content_Types].xml missing",
    ),
    "no relations": (
        lambda: zipped({name: part for name, part in docx_parts().items() if name != "_rels/.rels"}),
        "_rels/.rels missing",
    ),
    "a declared part that is absent": (
        lambda: zipped({name: part for name, part in xlsx_parts().items() if name != SHEET}),
        "declared but absent",
    ),
    "a part nobody declares": (lambda: zipped(docx_parts() | {"word/media/a.png": b"x"}), "no content type"),
    "no main part": (
        lambda: zipped(changed(docx_parts(), "[Content_Types].xml", "document.main+xml", "comments+xml")),
        "main part",
    ),
    "a relation to nothing": (
        lambda: zipped(changed(xlsx_parts(), RELATIONS, "worksheets/sheet1.xml", "worksheets/sheet2.xml")),
        "dangling",
    ),
    "a link to outside": (
        lambda: zipped(
            docx_parts()
            | {"word/_rels/document.xml.rels": external_relation("hyperlink", "https://a.example")}
        ),
        "external",
    ),
    "macros": (lambda: zipped(docx_parts() | {"word/vbaProject.bin": b"x"}), "active"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(name):
    make, sign = FAULTS[name]
    assert any(sign in problem for problem in check_ooxml(make()))


def test_formulas_of_our_own_templates_may_be_allowed():
    content = zipped(xlsx_parts('<row><c r="A1"><f>SUM(A2:A3)</f></c></row>'))
    assert check_ooxml(content, formulas_allowed=True) == []


def test_a_formula_is_found_across_the_seam_of_two_pieces():
    padding = " " * (1024 * 1024)
    for shift in range(60, 140, 3):
        content = zipped(xlsx_parts(padding[:-shift] + '<row><c r="A1"><f>1</f></c></row>' + " " * 99))
        assert check_ooxml(content) == [f"{SHEET}: formula"]


def test_two_entries_of_one_name_are_found():
    stream = io.BytesIO(zipped(docx_parts()))
    with pytest.warns(UserWarning), zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert check_ooxml(stream.getvalue()) == ["duplicate entries"]
