"""Which rows a service holds while it works; SQLite holds the whole file and shows nothing of it."""

from django.db.models import QuerySet


def locks(monkeypatch):
    """The models whose rows are locked from now on, in order."""
    held, ask = [], QuerySet.select_for_update

    def noted(self, *args, **kwargs):
        held.append(self.model)
        return ask(self, *args, **kwargs)

    monkeypatch.setattr(QuerySet, "select_for_update", noted)
    return held
