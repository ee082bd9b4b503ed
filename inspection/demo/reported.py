"""Petitions of the fifth round, all made up: every channel, kind and disposal, each step of the way, and a box."""

import csv
import datetime as dt
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.audit import SYSTEM
from findings import rules, services
from findings.models import Petition
from inspection.demo import cast
from inspection.demo.foundation import EXAMPLES
from villages.models import Round, User, VillageInspection

# Of the demo's two custodians; printed nowhere, like the demo's other secrets it protects made-up data only.
PASSPHRASE = "青岚区演示封存口令二〇二六"  # noqa: S105
KEEPERS = (cast.CLERK, "zhouwenxi")


# One frame of a recording in which nothing is heard.
_SILENCE = b"\xff\xfb\x90\x64" + bytes(413)

# Each line of the list says how far it has come.
REGISTERED, PROPOSED, DECIDED, FINISHED = range(4)
_SEALED = ("name", "phone", "identity", "address", "original", "protection")

Told = dict[str, str]


def told() -> list[Told]:
    """Petitions of the first team's villages, from ``examples/petitions.csv``.

    ``day``: how many days after the entry it came; ``far``: how far it has come; ``name`` and what follows is sealed.
    """
    with (EXAMPLES / "petitions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def keepers() -> User:
    """Two custodians with a passphrase each, and the recovery key, whose envelope nobody has here."""
    for name in KEEPERS:
        person = cast.person(name)
        row = services.appoint_custodian(actor=cast.head(), user=person)
        services.choose_passphrase(actor=person, custodian=row, password=cast.PASSWORD, passphrase=PASSPHRASE)
    services.make_recovery_key(actor=cast.head(), password=cast.PASSWORD)
    return cast.head()


def register() -> Round:
    """Every petition as far as it has come; those of a village that is through with its papers are all finished."""
    round_ = cast.the_round(5)
    villages = {row.village.name: row for row in cast.inspections(5)}
    made = []
    for row in told():
        inspection = villages[row["village"]]
        day = min(inspection.entry_on + dt.timedelta(days=int(row["day"])), clock.today())
        with clock.held(day):
            made.append(_carry(inspection, row, day))
    with clock.held(clock.today() - dt.timedelta(days=1)):
        _belong_together(made)
    return round_


def _carry(inspection: VillageInspection, row: Told, day: dt.date) -> Petition:
    plan, far = cast.plan_of(inspection.team), int(row["far"])
    writer, other = (cast.person(name) for name in plan.members)
    petition = _registered(writer, inspection, row, day)
    given = {"petition": petition, "disposal": row["disposal"], "receiver": row["receiver"]}
    if far >= PROPOSED:
        services.propose_petition(actor=writer, text=_proposal(row), **given)
    if far >= DECIDED:
        leader, words = cast.person(plan.leader), "同意拟办意见，离村前办结，注意保护反映人。"
        services.decide_petition(actor=leader, handler=other, text=words, due_on=inspection.exit_on, **given)
    if far == FINISHED:
        _finish(other, petition)
    return petition


def _registered(writer: User, inspection: VillageInspection, row: Told, day: dt.date) -> Petition:
    people, inside = int(row["people"]), not row["reason"]
    values = {
        "channel": row["channel"], "received_on": day, "kind": row["kind"], "summary": row["summary"],
        "in_scope": inside, "scope_reason": row["reason"], "receiver": "" if inside else row["receiver"],
        "category": inspection.round.scheme.categories.filter(code=row["category"]).first(),
        "is_named": row["named"] == "1", "joint": people > 1, "people": people, "urgent": row["urgent"] == "1",
    }  # fmt: skip
    texts = {name: row[name] for name in _SEALED if row[name]}
    return services.register_petition(
        actor=writer, inspection=inspection, values=values, sealed={"texts": texts} if texts else None
    )


def _proposal(row: Told) -> str:
    if row["reason"]:
        return "当面说明受理范围，告知办理去处。"
    return "由本组查账、谈话后核实。" if row["disposal"] == "verify" else "内容清楚，建议按此办理。"


def _finish(handler: User, petition: Petition) -> None:
    if lead := rules.lead_of(petition):
        leader = cast.person(cast.plan_of(petition.team).leader)
        words = "已查原始凭证和会议记录，与反映情况不一致。"
        services.step_lead(actor=leader, lead=lead, step="explain", reason=words)
    answer = petition.disposal in Petition.ANSWERABLE
    services.close_petition(
        actor=handler,
        petition=petition,
        result="已办理完毕，材料附卷。",
        reply="已当面说明办理情况。" if answer else "",
        replied_on=clock.today() if answer else None,
    )


def _belong_together(made: list[Petition]) -> None:
    """The second one repeats the first and is merged; two about one row of shops have to do with each other."""
    first, again = made[:2]
    plan = cast.plan_of(first.team)
    services.merge_petition(
        actor=cast.person(plan.deputy),
        petition=again,
        into=first,
        text="反映同一口鱼塘，并入在先的来信办理。",
    )
    one, two = (row for row in made if "门面房" in row.summary)
    services.relate_petitions(actor=cast.person(plan.members[0]), petition=one, other=two)


def boxes() -> Round:
    """A box in the village where the first team is now, with a letter and a recording that somebody asks to read."""
    inspection = next(row for row in cast.inspections(5) if row.village.name == "柳巷村")
    leader = cast.person(cast.plan_of(inspection.team).leader)
    box = services.open_box(actor=leader, inspection=inspection)
    words = "去年修水渠的钱，公示的数和干活的人说的对不上。我可以把当时记的工给你们看。"
    sound = SimpleUploadedFile("recording.mp3", _SILENCE * 120)
    petition = services.drop_letter(
        actor=SYSTEM, box=box, key=uuid4().hex, kind="accusation", text=words, files=[sound]
    )
    services.write_back(
        actor=leader, petition=petition, text="来信已收到。请补充：是哪一段水渠、大约哪个月完工。"
    )
    services.ask_to_read(
        actor=cast.person(KEEPERS[0]), petition=petition, wanted=["original", "attachments"],
        reason="意见箱来件须改写成脱敏摘要后才能拟办。",
    )  # fmt: skip
    return inspection.round
