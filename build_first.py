"""What the frozen program does before anything else, where the packager's own first step would load Qt its slower way.

Closing the process to others comes before that, as everywhere; `alliance_desktop.__main__` asks for both again.
"""

from alliance_desktop.services import hardening
from alliance_desktop.ui.qt_loading import load_qt

hardening.harden()
load_qt()
