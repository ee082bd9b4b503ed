"""Reads that join and shape: the review list, figures for desk and board, what a signature covers."""
