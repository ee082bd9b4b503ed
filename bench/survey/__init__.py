"""Measurements of the survey: what a phone's answer costs, what a hall of phones meets."""
