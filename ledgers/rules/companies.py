"""Which company is meant: names as written in contracts, bids and vouchers made comparable."""

import re
import unicodedata

_FORM = re.compile("(有限责任公司|股份有限公司|有限公司|公司)$")
_NOT_A_NAME = re.compile(r"[\W_]+")


def company(name: str) -> str:
    """The name without spaces, brackets, punctuation and legal form: 宏达建筑（甲县）有限公司 is 宏达建筑甲县."""
    plain = bare(name)
    return _FORM.sub("", plain) or plain


def bare(text: str) -> str:
    """Letters, characters and digits alone, of one width."""
    return _NOT_A_NAME.sub("", unicodedata.normalize("NFKC", text))
