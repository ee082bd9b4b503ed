"""Clues for tests: values, and the way to each state through the product's own services."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from findings import services
from findings.models import Clue, ClueReader
from tests.factories import make_member
from villages.models import Membership, TeamRole

PASSWORD = "a-login-password"
PERSON = {"name": "魏长河", "unit": "云溪村", "post": "村主任", "rank": "", "politics": "中共党员"}


def values(**over):
    full = {
        "title": "鱼塘租金未入账",
        "persons": [PERSON],
        "facts": "2024年收取鱼塘租金3万元，没有交村账。",
        "disciplines": ["integrity"],
        "category": "",
        "subcategory": "",
        "sources": "谈话摘录、收据存根",
        "note": "收据存根复印件1份2页",
        "finding": "",
    }
    return full | over


def picture(name="收据.jpg", description=""):
    """A photograph as an upload, with ``description`` in its EXIF data."""
    buffer, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = description
    Image.new("RGB", (64, 48), "green").save(buffer, "JPEG", exif=exif)
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/jpeg")


def head_of(cast, inspection):
    """Who leads the team of a village; the other team is given a leader when it has none."""
    post = Membership.objects.filter(team=inspection.team, role=TeamRole.LEADER).first()
    return post.user if post else make_member(inspection.team, TeamRole.LEADER)


def draft(cast, actor=None, inspection=None, files=(), **over):
    inspection = inspection or cast.inspection
    clue = services.open_clue(
        actor=actor or head_of(cast, inspection), inspection=inspection, values=values(**over), files=files
    )
    return reload(clue)


def signed(cast, **over):
    clue = draft(cast, **over)
    leader = Membership.objects.get(team=clue.team, role=TeamRole.LEADER).user
    return reload(services.sign_clue(actor=leader, clue=clue))


def approved(cast, **over):
    clue = signed(cast, **over)
    return reload(services.approve_clue(actor=cast.office_head, clue=clue, receiver=cast.discipline))


def handed(cast, **over):
    return reload(services.hand_over_clue(actor=cast.office_head, clue=approved(cast, **over)))


def received(cast, **over):
    return reload(services.receive_clue(actor=cast.discipline, clue=handed(cast, **over)))


def handling(cast, **over):
    clue = received(cast, **over)
    return reload(
        services.dispose_clue(actor=cast.discipline, clue=clue, disposal="verify", opinion="拟初核")
    )


def answered(cast, **over):
    clue = handling(cast, **over)
    return reload(
        services.answer_clue(actor=cast.discipline, clue=clue, handling="已初步核实", result="给予党内警告")
    )


def closed(cast, **over):
    return reload(services.step_clue(actor=cast.office_head, clue=answered(cast, **over), step="close"))


def returned(cast, **over):
    clue = handed(cast, **over)
    return reload(services.step_clue(actor=cast.discipline, clue=clue, step="give_back", text="缺少收据存根"))


def withdrawn(cast, **over):
    clue = draft(cast, **over)
    return reload(services.step_clue(actor=clue.opened_by, clue=clue, step="withdraw", text="查无实据"))


BY_STATE = {
    "draft": draft, "signed": signed, "approved": approved, "handed": handed, "received": received,
    "handling": handling, "answered": answered, "closed": closed, "returned": returned, "withdrawn": withdrawn,
}  # fmt: skip


def name(cast, clue, user, by=None):
    """Let somebody know of it."""
    actor = by or (cast.leader if user.role == "inspector" else cast.office_head)
    return services.add_clue_reader(actor=actor, clue=clue, user=user, reason="办理需要")


def unname(cast, clue, user, by=None):
    reader = ClueReader.objects.select_related("clue__team", "user").get(
        clue=clue, user=user, removed_on=None
    )
    return services.remove_clue_reader(actor=by or cast.leader, reader=reader, reason="不再参与")


def fresh(user):
    """The account as another request would load it: what was asked before is not remembered."""
    return type(user).objects.get(pk=user.pk)


def knows(user, clue):
    return Clue.objects.visible_to(fresh(user)).filter(pk=clue.pk).exists()


def reload(clue):
    """The clue as another request would load it."""
    return Clue.objects.select_related("team", "round__district", "village", "receiver").get(pk=clue.pk)
