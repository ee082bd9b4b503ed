"""Pages of the survey: those of the team, and the open ones for phones."""
