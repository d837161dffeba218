"""From a question of a form to the widget that asks it."""
