"""The one line a conclusion rests on."""

from typing import ClassVar

from django import forms


class ConcludeForm(forms.Form):
    """What was seen, and the revision of the item it was seen for."""

    LONGEST: ClassVar[int] = 500

    note = forms.CharField(
        max_length=LONGEST,
        error_messages={
            "required": "请写明查了什么、看到什么。",
            "max_length": "查核说明不超过500字，请缩短。",
        },
    )
    revision = forms.IntegerField(
        error_messages={
            "required": "页面内容不完整，请刷新后再试。",
            "invalid": "页面内容不完整，请刷新后再试。",
        }
    )
