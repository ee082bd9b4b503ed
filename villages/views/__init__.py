"""Pages of the shared model, one module per noun."""
