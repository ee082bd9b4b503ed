"""Office files: reading tables as they really come, writing Word and Excel that open cleanly everywhere."""
