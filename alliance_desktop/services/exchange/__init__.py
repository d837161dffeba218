"""Taking everything out of a vault into one file, and bringing such a file in (`docs/exchange-format.md`)."""
