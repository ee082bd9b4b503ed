"""What the gate lets in and what it refuses, with a sentence that says what to do."""

import pytest

from core.errors import ServiceError
from core.files import EVIDENCE, PHOTO, SPREADSHEET, guards
from tests.core import samples
from tests.core.samples import docx_parts, external_relation, xlsx_parts, zipped

MACRO_TYPES = docx_parts()["[Content_Types].xml"].replace(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.ms-word.document.macroEnabled.main+xml",
)
OTHER_PACKAGE = docx_parts() | {"[Content_Types].xml": xlsx_parts()["[Content_Types].xml"]}


def check(tmp_path, content, kind):
    path = tmp_path / "file"
    path.write_bytes(content)
    guards.check_content(path, kind)


GOOD = {
    "docx": ("docx", lambda: zipped(docx_parts())),
    "docx with a web link": (
        "docx",
        lambda: zipped(
            docx_parts()
            | {"word/_rels/document.xml.rels": external_relation("hyperlink", "https://a.example/")}
        ),
    ),
    "docx with a gzipped drawing": (
        "docx",
        lambda: zipped(docx_parts() | {"word/media/a.emz": b"\x1f\x8b\x08\0"}),
    ),
    "xlsx": ("xlsx", lambda: zipped(xlsx_parts())),
    "much white space in a small file": ("xlsx", lambda: zipped(xlsx_parts("<row/>" * 100_000))),
    "jpg": ("jpg", samples.image),
    "png": ("png", lambda: samples.image(kind="PNG")),
    "pdf": ("pdf", samples.pdf),
    "xls": ("xls", lambda: samples.ole("Root Entry", "Workbook")),
    "csv": ("csv", lambda: "村名,户数\n红旗村,3\n".encode("gb18030")),
    "csv in UTF-16 without a mark": ("csv", lambda: "村名,户数\n红旗村,3\n".encode("utf-16-le")),
    "mp3": ("mp3", lambda: b"ID3\x03\0\0" + b"\0" * 100),
    "m4a": ("m4a", lambda: b"\0\0\0\x20ftypM4A " + b"\0" * 100),
    "mp4": ("mp4", lambda: b"\0\0\0\x20ftypisom" + b"\0" * 100),
}


@pytest.mark.parametrize("name", GOOD)
def test_an_honest_file_comes_in(tmp_path, name):
    kind, make = GOOD[name]
    check(tmp_path, make(), kind)


BAD = {
    # one thing named as another
    "exe as jpg": ("jpg", lambda: b"MZ\x90\0" + b"\0" * 200, "不符"),
    "html as pdf": ("pdf", lambda: b"<!DOCTYPE html><script>alert(1)</script>", "不符"),
    "svg as png": ("png", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', "不符"),
    "gif as jpg": ("jpg", lambda: b"GIF89a/*" + b"\0" * 50, "不符"),
    "png as jpg": ("jpg", lambda: samples.image(kind="PNG"), "不符"),
    "web page as xls": ("xls", lambda: b"<html><table><tr><td>1</td></tr></table></html>", "另存为 .xlsx"),
    "xlsx as xls": ("xls", lambda: zipped(xlsx_parts()), ".xlsx"),
    "xlsx as docx": ("docx", lambda: zipped(xlsx_parts()), "不是 .docx"),
    "types of another package": ("docx", lambda: zipped(OTHER_PACKAGE), "不是 .docx"),
    "plain zip as docx": ("docx", lambda: zipped({"word/document.xml": "<a/>"}), "不是 .docx"),
    "binary as csv": ("csv", lambda: bytes(range(256)) * 20, "不符"),
    "heic as jpg": ("jpg", lambda: b"\0\0\0\x18ftypheic" + b"\0" * 50, "兼容性最佳"),
    "empty": ("pdf", lambda: b"", "空的"),
    "half a pdf": ("pdf", lambda: samples.pdf()[:-6], "不完整"),
    # old and locked Office files
    "doc": ("docx", lambda: samples.ole("Root Entry", "WordDocument"), "另存为 .docx"),
    "xls as xlsx": ("xlsx", lambda: samples.ole("Root Entry", "Workbook"), "另存为 .xlsx"),
    "password": ("docx", lambda: samples.ole("EncryptionInfo", "EncryptedPackage"), "取消密码"),
    "xls with macro": ("xls", lambda: samples.ole("Workbook", "_VBA_PROJECT_CUR"), "宏"),
    # active content
    "vba": ("docx", lambda: zipped(docx_parts() | {"word/vbaProject.bin": b"x"}), "宏"),
    "macro type": ("docx", lambda: zipped(docx_parts() | {"[Content_Types].xml": MACRO_TYPES}), "宏"),
    "excel 4 macros": ("xlsx", lambda: zipped(xlsx_parts() | {"xl/macrosheets/sheet1.xml": "<a/>"}), "宏"),
    "ole object": ("docx", lambda: zipped(docx_parts() | {"word/embeddings/oleObject1.bin": b"x"}), "对象"),
    "activex": ("docx", lambda: zipped(docx_parts() | {"word/activeX/activeX1.xml": "<a/>"}), "控件"),
    "remote template": (
        "docx",
        lambda: zipped(
            docx_parts()
            | {
                "word/_rels/settings.xml.rels": external_relation(
                    "attachedTemplate", "http://e.example/t.dotm"
                )
            }
        ),
        "断开链接",
    ),
    "remote picture": (
        "docx",
        lambda: zipped(
            docx_parts()
            | {"word/_rels/document.xml.rels": external_relation("image", "http://e.example/a.png")}
        ),
        "断开链接",
    ),
    "link to a share": (
        "docx",
        lambda: zipped(
            docx_parts()
            | {"word/_rels/document.xml.rels": external_relation("hyperlink", "file:///\\\\e\\share")}
        ),
        "断开链接",
    ),
    "linked workbook": (
        "xlsx",
        lambda: zipped(xlsx_parts() | {"xl/externalLinks/externalLink1.xml": "<a/>"}),
        "断开链接",
    ),
    "entities": (
        "docx",
        lambda: zipped(docx_parts() | {"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "结构异常",
    ),
    "entities in UTF-16": (
        "docx",
        lambda: zipped(docx_parts() | {"word/document.xml": "\ufeff<!DOCTYPE a><a/>".encode("utf-16-le")}),
        "结构异常",
    ),
    # zips no honest program writes
    "overlap": ("docx", lambda: samples.overlapping_zip(entries=3, size=1000), "结构异常"),
    "overlap that would give 200 MB": ("docx", samples.overlapping_zip, "展开后"),
    "bomb": ("xlsx", lambda: zipped(xlsx_parts(" " * 50_000_000)), "展开后"),
    "big bomb": ("xlsx", lambda: zipped({str(n): b"\0" * 30_000_000 for n in range(8)}), "展开后"),
    "declares less than it holds": (
        "docx",
        lambda: samples.lying_zip(
            docx_parts() | {"word/big.xml": b"<a>" + b" " * 9_000_000}, "word/big.xml", 100
        ),
        "结构异常",
    ),
    "too many entries": ("docx", lambda: zipped({f"a{n}": "" for n in range(2001)}), "2000 项"),
    "100,000 entries": ("docx", lambda: zipped({f"a{n}": "" for n in range(100_000)}), "未接收"),
    "zip in zip": ("docx", lambda: zipped(docx_parts() | {"word/media/a.zip": b"x"}), "嵌有其他文件"),
    "zip under another name": (
        "docx",
        lambda: zipped(docx_parts() | {"word/media/a.png": zipped({"b": "c"})}),
        "嵌有其他文件",
    ),
    "path upwards": ("docx", lambda: zipped(docx_parts() | {"../../etc/x.xml": "<a/>"}), "结构异常"),
    "absolute path": ("docx", lambda: zipped(docx_parts() | {"/etc/x.xml": "<a/>"}), "结构异常"),
    "drive letter": ("docx", lambda: zipped(docx_parts() | {"C:\\x.xml": "<a/>"}), "结构异常"),
    "backslashes upwards": ("docx", lambda: zipped(docx_parts() | {"..\\x.xml": "<a/>"}), "结构异常"),
    "symlink": ("docx", samples.symlink_zip, "结构异常"),
    "encrypted entry": ("docx", samples.encrypted_flag_zip, "密码"),
    "two entries of one name": (
        "docx",
        lambda: zipped(docx_parts() | {"WORD/document.xml": "<a/>"}),
        "结构异常",
    ),
    "something before the zip": ("docx", lambda: b"PK\x03\x04junk" + zipped(docx_parts()), "结构异常"),
    "cut off": ("docx", lambda: zipped(docx_parts())[:-40], "不完整"),
    "one byte changed": (
        "docx",
        lambda: zipped(docx_parts(), packed=False).replace(b"<w:p/>", b"<w:q/>"),
        "损坏",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_what_to_do(tmp_path, name):
    kind, make, sentence = BAD[name]
    with pytest.raises(ServiceError) as refusal:
        check(tmp_path, make(), kind)
    assert sentence in refusal.value.message
    assert refusal.value.message.endswith("。")


@pytest.mark.parametrize(
    ("name", "policy", "sentence"),
    [
        ("报告.doc", EVIDENCE, "另存为 .docx"),
        ("表.xls", EVIDENCE, "另存为 .xlsx"),
        ("归档.rar", EVIDENCE, "解压后"),
        ("页面.html", EVIDENCE, "可上传"),
        ("页面.jpg.exe", PHOTO, "可上传"),
        ("无扩展名", PHOTO, "没有扩展名"),
        (".jpg", PHOTO, "没有扩展名"),
        ("照片.pdf", PHOTO, "可上传"),
        ("表.docx", SPREADSHEET, "可上传"),
    ],
)
def test_an_extension_outside_the_list_is_refused(name, policy, sentence):
    with pytest.raises(ServiceError) as refusal:
        guards.allowed_kind(name, policy)
    assert sentence in refusal.value.message


def test_the_same_kind_under_its_other_extension_is_known():
    assert guards.allowed_kind("IMG_1.JPEG", PHOTO) == "jpg"
    assert guards.allowed_kind("表.tsv", SPREADSHEET) == "csv"
