"""All interface tags under one name; loaded as a builtin, so templates need no ``{% load %}``."""

from django import template

from core.templatetags import ui_lists, ui_records, ui_words

register = template.Library()
for _part in (ui_words, ui_lists, ui_records):
    register.tags.update(_part.register.tags)
    register.filters.update(_part.register.filters)
