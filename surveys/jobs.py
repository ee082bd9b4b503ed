"""Work of this stage outside of a request."""

from typing import Any

from core.jobs import JobContext, job
from surveys.models import Survey
from surveys.services import mix_answers


@job("surveys.mix", title="混合匿名答卷")
def mix(ctx: JobContext, **args: Any) -> dict[str, int]:
    """Mix one survey's waiting answers; run twice it finds too few the second time and does nothing."""
    with ctx.fenced():
        survey = Survey.objects.get(pk=args["survey"])
        return {"count": mix_answers(actor=ctx.actor, survey=survey)}
