"""Forms of the rectification stage; those of instant-fix orders stand in ``forms.order``."""

from rectification.forms.item import CloseForm, DoneForm, PlanForm, ProgressForm, VerifyForm, VillageForm

__all__ = ["CloseForm", "DoneForm", "PlanForm", "ProgressForm", "VerifyForm", "VillageForm"]
