"""The command line without a window: looking at a vault, backups and salvage. No Qt is loaded."""
