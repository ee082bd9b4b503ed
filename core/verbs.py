"""What the audit trail's verbs are called in Chinese. Each app names its own; a workflow names its steps by itself."""

_LABELS: dict[str, str] = {}
_ENDINGS = {
    "create": "新建",
    "add": "添加",
    "save": "保存",
    "edit": "修改",
    "update": "修改",
    "delete": "删除",
    "restore": "恢复",
    "import": "导入",
    "export": "导出",
    "read": "查阅",
    "download": "下载",
    "upload": "上传",
    "open": "开启",
    "close": "关闭",
    "assign": "分派",
    "sign": "签名",
    "login": "登录",
    "logout": "退出登录",
}


def name_verbs(labels: dict[str, str]) -> None:
    """Give verbs (``"findings.add_evidence"``) the words people read in the history of a record."""
    _LABELS.update(labels)


def verb_label(verb: str) -> str:
    """The Chinese name of a verb: the given one, one guessed from its first or last word, or ``办理``."""
    if verb in _LABELS:
        return _LABELS[verb]
    words = verb.rpartition(".")[2].split("_")
    return _ENDINGS.get(words[0]) or _ENDINGS.get(words[-1]) or "办理"
