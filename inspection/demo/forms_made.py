"""Papers made in advance for the villages still ahead, and the keeper's receipt for them."""

from inspection.demo import cast
from prep import services
from prep.models import FormSet
from villages.models import Round

VILLAGES = ("上田村", "渔湖村")


def request_sets() -> Round:
    """Ask for the papers of the villages the teams enter next. The jobs run afterwards."""
    for inspection in cast.inspections(5):
        if inspection.village.name in VILLAGES:
            services.request_village_set(actor=cast.office(), inspection=inspection)
    return cast.the_round(5)


def sign_for_one() -> FormSet:
    """The first team's archivist has printed and counted the papers of its village."""
    row = FormSet.objects.filter(inspection__village__name=VILLAGES[0]).latest("id")
    return services.receive_form_set(
        actor=cast.person(cast.FIRST[3]),
        form_set=row,
        note="按份数印制，已点收入柜",
        revision=row.revision,
    )
