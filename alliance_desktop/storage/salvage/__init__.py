"""Reading what is left of a damaged vault page by page, past SQLite, and writing it into a new one."""
