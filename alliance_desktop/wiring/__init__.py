"""The only place that makes the vault, the services and the window, and joins them."""

from alliance_desktop.wiring.program import Program
from alliance_desktop.wiring.world import World

__all__ = ["Program", "World"]
