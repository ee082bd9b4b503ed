"""Reading a package back: does every file still have the digest of the manifest, and the manifest its own?"""

import hashlib
import zipfile
from typing import IO

_BLOCK = 1024 * 1024


def check_package(stream: IO[bytes], manifest_sha256: str) -> list[str]:
    """Return one sentence per fault of the package in ``stream``; empty when it is as it was sealed."""
    try:
        with zipfile.ZipFile(stream) as package:
            return _faults(package, manifest_sha256)
    except zipfile.BadZipFile:
        return ["归档包不是完整的压缩文件，无法读取。"]


def _faults(package: zipfile.ZipFile, manifest_sha256: str) -> list[str]:
    names = {name.partition("/")[2]: name for name in package.namelist()}
    for needed in ("manifest-sha256.txt", "tagmanifest-sha256.txt", "bagit.txt", "bag-info.txt"):
        if needed not in names:
            return [f"缺少{needed}。"]
    faults = []
    if _digest(package, names["manifest-sha256.txt"]) != manifest_sha256:
        faults.append("清单的摘要与封存时登记的不一致。")
    listed = _listed(package, names["manifest-sha256.txt"])
    tags = _listed(package, names["tagmanifest-sha256.txt"])
    for path, digest in sorted((listed | tags).items()):
        if path not in names:
            faults.append(f"缺少文件：{path}。")
        elif _digest(package, names[path]) != digest:
            faults.append(f"文件被改动：{path}。")
    known = set(listed) | set(tags) | {"tagmanifest-sha256.txt"}
    faults += [f"多出文件：{path}。" for path in sorted(set(names) - known)]
    return faults


def _listed(package: zipfile.ZipFile, name: str) -> dict[str, str]:
    lines = package.read(name).decode("utf-8").splitlines()
    pairs = (line.split("  ", 1) for line in lines if line)
    return {_plain(path): digest for digest, path in pairs}


def _plain(path: str) -> str:
    return path.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def _digest(package: zipfile.ZipFile, name: str) -> str:
    """SHA-256 of one entry; a broken entry gives an empty digest, which matches nothing."""
    digest = hashlib.sha256()
    try:
        with package.open(name) as entry:
            while block := entry.read(_BLOCK):
                digest.update(block)
    except zipfile.BadZipFile:
        return ""
    return digest.hexdigest()
