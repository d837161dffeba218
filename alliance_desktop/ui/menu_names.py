"""The names of the four menus, which are on screen before any command is."""

FILE, GO, VIEW, HELP = "&File", "&Go", "&View", "&Help"
MENUS = (FILE, GO, VIEW, HELP)


def plain(text: str) -> str:
    """Return the words of a menu or a command as they are read: without access key and dots."""
    return text.replace("&", "").removesuffix("…")
