"""Text without the names it holds: what is known becomes a role or a week, what is left is listed for the eye."""
