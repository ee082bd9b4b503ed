"""The checks, one module each; :mod:`ledgers.rules.catalogue` finds them."""
