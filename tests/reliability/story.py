"""A day at the window with words that lie nowhere else: its script takes a home, a folder for a PDF, a passphrase.

The PDF is asked for and is packed; beside it nothing of the day may lie anywhere in clear.
"""

WORDS = ("zorbelina", "quixtree", "vanterbloom", "ploverstone", "mirthwick", "gladdenhope", "tumblefern", "ferncastle")

_BEGIN = """
import os, signal, sys
from pathlib import Path
from person import CTRL, Keys, Person, settle
from alliance_desktop.ui.application import make_application
app = make_application(sys.argv[:1])
home, paper, passphrase = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
person = Person(home).begin()
person.unlock(passphrase)
"""

_DAY = f"""{_BEGIN}
person.add_client("ZORBELINA", "quixtree")
person.notice("vanterbloom")
person.card(1)
person.write("landed", "Perhaps as ploverstone.")
person.card(2)
person.write("their_words", "It was mirthwick. " * 3)
person.card(3)
person.write("understood", "A gladdenhope together.")
person.press("wording_seen_yes")
person.find("understood").selectAll()
person.find("understood").setFocus()
person.key(Keys.Key_C, CTRL)
person.key(Keys.Key_P, CTRL)
person.pdf(paper)
person.press("preview_print")
person.key(Keys.Key_N, CTRL)
person.write("one_line", "About tumblefern.")
person.press("finish_note")
person.write("addendum_text", "And ferncastle.")
person.press("addendum_private")
person.key(Keys.Key_K, CTRL)
person.type("quix")
person.key(Keys.Key_Escape)
person.key(Keys.Key_F9)
person.key(Keys.Key_F9)
person.key(Keys.Key_L, CTRL)
settle()
"""

LOCKED = f"""{_DAY}
person.unlock(passphrase)
person.key(Keys.Key_L, CTRL)
person.leave()
print("written", flush=True)
"""
"""The day ends with a lock and the closing of the window."""

SHORT = f"{_BEGIN}\nperson.key(Keys.Key_L, CTRL)\nperson.leave()\n"
"""Nothing but an unlock and a lock: what a control adds is to be seen there too."""

KILLED = f"""{_DAY}
person.unlock(passphrase)
person.key(Keys.Key_N, CTRL)
person.write("body", "tumblefern and mirthwick. " * 2)
person.flush()
person.type("ferncastle")
print("written", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
"""The day goes on after a lock and ends in the middle of a word, with a kill."""
