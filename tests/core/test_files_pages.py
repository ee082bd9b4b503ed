"""Pages are counted by the page tree, as readers do, and a number that cannot be had is not guessed."""

import shutil
import subprocess
import zlib

import pytest

from core.files import pages
from core.files.pages_worker import pages as counted
from tests.core import samples


def tree(numbers, kids_of=None):
    """Objects of a document with pages of these numbers."""
    kids = " ".join(f"{n} 0 R" for n in numbers)
    parts = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        f"2 0 obj<</Type/Pages/Count 99/Kids[{kids}]>>endobj".encode(),
    ]
    return parts + [f"{n} 0 obj<</Type/Page/Parent 2 0 R>>endobj".encode() for n in numbers]


def pdf(parts, root=1):
    return b"%PDF-1.5\n" + b"\n".join(parts) + f"\ntrailer<</Root {root} 0 R>>\n%%EOF\n".encode()


def packed(objects):
    """The same objects inside of a compressed stream, as new writers put them."""
    heads, body = [], b""
    for number, text in objects:
        heads.append(f"{number} {len(body)}")
        body += text + b" "
    head = " ".join(heads).encode() + b"\n"
    stream = zlib.compress(head + body)
    return (
        f"20 0 obj<</Type/ObjStm/N {len(objects)}/First {len(head)}/Length {len(stream)}>>stream\n".encode()
        + stream
        + b"\nendstream endobj"
    )


def test_leaves_are_counted_whatever_the_tree_claims():
    assert counted(pdf(tree([3, 4, 5]))) == 3


def test_nested_trees_and_compressed_objects_are_walked():
    objects = [
        (2, b"<</Type/Pages/Kids[3 0 R 4 0 R]>>"),
        (3, b"<</Type/Pages/Kids[5 0 R 6 0 R]>>"),
        (4, b"<</Type/Page>>"),
        (5, b"<</Type/Page>>"),
        (6, b"<</Type/Page>>"),
    ]
    assert counted(pdf([b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj", packed(objects)])) == 3


def test_the_last_version_of_a_changed_object_counts():
    assert counted(pdf([*tree([3, 4, 5]), b"2 0 obj<</Type/Pages/Kids[3 0 R]>>endobj"])) == 1


@pytest.mark.parametrize(
    "content",
    [
        samples.pdf(),
        pdf([b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj"]),
        pdf([b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj", b"2 0 obj<</Kids[2 0 R]>>endobj"]),
        pdf(
            [
                b"1 0 obj<</Pages 2 0 R>>endobj",
                b"20 0 obj<</Type/ObjStm/First 9>>stream\nnot packed endstream",
            ]
        ),
        b"",
    ],
)
def test_a_broken_or_endless_tree_gives_no_number(content):
    assert counted(content) is None


def test_a_bomb_in_a_stream_ends_with_the_child_not_with_the_server(tmp_path):
    path = tmp_path / "a.pdf"
    bomb = zlib.compress(b"\0" * 200_000_000, 9)
    path.write_bytes(pdf([b"9 0 obj<</Type/ObjStm/First 1>>stream\n" + bomb + b"endstream endobj"] * 8))
    assert pages.count(path, "pdf") is None


def test_a_word_file_says_it_itself_and_other_kinds_are_not_asked(tmp_path):
    path = tmp_path / "a.docx"
    said = "<Properties><Pages>12</Pages></Properties>"
    path.write_bytes(samples.zipped(samples.docx_parts(**{"docProps/app.xml": said})))
    assert pages.count(path, "docx") == 12 and pages.count(path, "jpg") is None
    path.write_bytes(samples.zipped(samples.docx_parts()))
    assert pages.count(path, "docx") is None


@pytest.mark.office
def test_what_libreoffice_writes_is_counted(tmp_path):
    text = tmp_path / "a.txt"
    text.write_text("\n".join(f"第{n}行" for n in range(200)), encoding="utf-8")
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [shutil.which("soffice"), home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, text],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    found = pages.count(tmp_path / "a.pdf", "pdf")
    said = subprocess.run(["pdfinfo", tmp_path / "a.pdf"], capture_output=True, text=True, check=True).stdout
    assert f"Pages:           {found}\n" in said and found > 1
