"""What the program is about, in plain Python: no window, no database, no files, no clock."""
