"""Page parts used by every stage."""

from django import template

register = template.Library()
