"""The exchange format (`docs/exchange-format.md`): what a line is, and what an answer in it must be."""
