"""Reads the sheets villages really send – journals, balances, contracts, lists – into values the checks can use."""
