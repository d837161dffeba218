"""The vault on disk: the only room that says SQL."""
