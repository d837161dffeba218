"""Search across everything: how words are cut and folded, what is asked, and where it stands in a text."""
