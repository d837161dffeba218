"""The window and everything in it: Qt widgets and item models, without SQL and without keys."""
