"""Common problems: proposed over a whole round, decided by people, one paper more placed while people type."""
