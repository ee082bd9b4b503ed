"""What people type about knowledge tests: questions, the plan of a paper, who is tested, marks."""

from decimal import Decimal
from typing import Any

from django import forms

from core.files import SPREADSHEET
from core.forms import LinesField, RowColumn, RowsField, SheetForm
from surveys.models import Difficulty, Kind, KnowledgeTest, PaperItem, Question, TestPaper, Topic
from surveys.services.knowledge import ANSWER_LIMIT, by_hand


class QuestionForm(SheetForm):
    """One question of the bank."""

    groups = (("试题", [("code", "topic", "kind", "difficulty"), "text", "options", "key", "active"]),)

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    code = forms.RegexField(
        r"^[0-9A-Za-z][0-9A-Za-z-]{0,19}$", label="题号", max_length=20,
        error_messages={"invalid": "题号用字母、数字和横线，如 DJ-001。"},
    )  # fmt: skip
    topic = forms.ChoiceField(label="主题", choices=Topic)
    kind = forms.ChoiceField(label="题型", choices=Kind)
    difficulty = forms.TypedChoiceField(
        label="难度", choices=Difficulty, coerce=int, initial=Difficulty.MEDIUM
    )
    text = forms.CharField(label="题目", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    options = LinesField(
        label="选项",
        required=False,
        help_text="选择题每行一个选项，从上到下为A、B、C、D；判断题和简答题不填。",
    )
    key = forms.CharField(
        label="答案", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="单选填一个字母，多选填全部字母如ABD，判断填对或错，简答填答案要点。",
    )  # fmt: skip
    active = forms.BooleanField(label="启用（停用后不再抽到，已印的试卷不变）", required=False, initial=True)

    def __init__(self, *args: Any, question: Question | None = None, **kwargs: Any) -> None:
        if question is not None:
            self.base_fields = {name: f for name, f in self.base_fields.items() if name != "code"}
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        """The number in capitals."""
        return self.cleaned_data["code"].upper()


class QuestionImportForm(SheetForm):
    """A workbook of questions."""

    groups = (("导入试题", ["file"]),)

    file = forms.FileField(
        label="工作簿",
        widget=forms.ClearableFileInput(attrs={"accept": SPREADSHEET.accept}),
        help_text="每题一行：题号、主题、题型、难度、题目、选项A至选项H、答案。列的次序不限；题号已有的按文件更新。"
        "可以先导出题库，照样填写。",
    )


def _whole(most: int) -> forms.IntegerField:
    return forms.IntegerField(
        min_value=1, max_value=most, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )


class TestForm(SheetForm):
    """A test and what its papers are composed of."""

    __test__ = False
    groups = (("知识测试", [("title", "mode")]), ("组卷计划", ["plan"]))

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label="名称", max_length=80, initial="村干部应知应会测试")
    mode = forms.ChoiceField(label="方式", choices=KnowledgeTest.Mode)
    plan = RowsField(
        (
            RowColumn("topic", "主题", forms.ChoiceField(choices=[("", "各主题"), *Topic.choices], required=False)),
            RowColumn("kind", "题型", forms.ChoiceField(choices=[("", "请选择"), *Kind.choices])),
            RowColumn(
                "difficulty", "难度",
                forms.TypedChoiceField(
                    choices=[("", "不限"), *Difficulty.choices], coerce=int, required=False,
                    empty_value=0,  # type: ignore[arg-type]
                ),
            ),
            RowColumn("count", "题数", _whole(50), "col-count"),
            RowColumn("points", "每题分值", _whole(50), "col-count"),
        ),
        least=6, spare=2, label="从题库中抽取",
        help_text="每人一份不同的试卷，按这里的主题、题型、难度和题数随机抽取；题库不够时会提示。",
    )  # fmt: skip


DEFAULT_PLAN = [
    {"topic": topic, "kind": Kind.SINGLE, "difficulty": "", "count": 4, "points": 3} for topic in Topic.values
] + [
    {"topic": "", "kind": Kind.MULTIPLE, "difficulty": "", "count": 4, "points": 4},
    {"topic": "", "kind": Kind.JUDGE, "difficulty": "", "count": 4, "points": 1},
    {"topic": "", "kind": Kind.SHORT, "difficulty": "", "count": 2, "points": 10},
]


class PeopleForm(SheetForm):
    """Who is tested."""

    groups = (("参加测试的人", ["people"]),)

    people = RowsField(
        (
            RowColumn("name", "姓名", forms.CharField(max_length=40), "col-name"),
            RowColumn("post", "职务", forms.CharField(max_length=60, required=False)),
        ),
        least=6, spare=2, label="名单", help_text="已经有试卷的人不重复组卷。",
    )  # fmt: skip


class AnswersForm(forms.Form):
    """The answers of one paper, a field for each question: radio, boxes, or a text."""

    def __init__(self, *args: Any, items: list[PaperItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[f"a-{item.number}"] = _answer_field(item)

    def rows(self) -> list[dict[str, Any]]:
        """Questions with their inputs, for the page."""
        return [{"item": item, "field": self[f"a-{item.number}"]} for item in self.items]

    def answers(self) -> dict[int, str]:
        """What was answered, by number; several letters as one text."""
        values = {item.number: self.cleaned_data.get(f"a-{item.number}") or "" for item in self.items}
        return {n: "".join(v) if isinstance(v, list) else v for n, v in values.items()}


def _answer_field(item: PaperItem) -> forms.Field:
    choices = [(letter, f"{letter}. {text}") for letter, text in item.lettered]
    if item.kind == Kind.SHORT:
        area = forms.Textarea(
            attrs={"rows": 4, "class": "form-control", "aria-label": f"第{item.number}题作答"}
        )
        return forms.CharField(label=item.text, required=False, max_length=ANSWER_LIMIT, widget=area)
    if item.kind == Kind.MULTIPLE:
        return forms.MultipleChoiceField(
            label=item.text, required=False, choices=choices, widget=forms.CheckboxSelectMultiple
        )
    return forms.ChoiceField(label=item.text, required=False, choices=choices, widget=forms.RadioSelect)


class MarksForm(forms.Form):
    """Marks by hand: the short answers of a written paper, every question of an oral one."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, paper: TestPaper, items: list[PaperItem], **kwargs: Any) -> None:
        super().__init__(*args, initial={"revision": paper.revision}, **kwargs)
        oral = paper.test.mode == KnowledgeTest.Mode.ORAL
        self.items = items
        self.marked = [item for item in items if oral or by_hand(item)]
        for item in self.marked:
            self.fields[f"m-{item.number}"] = forms.DecimalField(
                label=f"第{item.number}题得分", min_value=0, max_value=item.points, decimal_places=1,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "form-control form-control-sm",
                                              "autocomplete": "off"}),
            )  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:
        """Questions with an input where a person marks."""
        return [
            {"item": item, "field": self[f"m-{item.number}"] if item in self.marked else None}
            for item in self.items
        ]

    def marks(self) -> dict[int, Decimal]:
        """The marks by number."""
        return {item.number: self.cleaned_data[f"m-{item.number}"] for item in self.marked}
