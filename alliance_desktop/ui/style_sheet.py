"""The style sheet: type scale in points of the app font, lengths in em, and never a pixel."""

from PySide6.QtGui import QColor

from alliance_desktop.resources import resource
from alliance_desktop.ui.colours import Colours

TITLE, HEADING, SMALL = 1.7, 1.2, 0.9


def style_sheet(colours: Colours, points: float) -> str:
    """Return the rules for these colours and this text size in points."""
    values = colours._asdict()
    values |= {
        "title": f"{points * TITLE:.2f}pt",
        "heading": f"{points * HEADING:.2f}pt",
        "small": f"{points * SMALL:.2f}pt",
        "icons": resource("icons").as_posix(),
        "tone": "ink" if QColor(colours.surface).lightness() > 127 else "chalk",
    }
    return _RULES.format_map(values)


_RULES = """
QLabel {{ background: transparent; }}
QLabel[kind="title"] {{ font-size: {title}; font-weight: bold; color: {text}; }}
QLabel[kind="heading"] {{ font-size: {heading}; font-weight: bold; color: {text}; }}
QLabel[kind="muted"] {{ color: {muted}; }}
QLabel[kind="warning"] {{ color: {warning}; }}
QLabel[kind="label"] {{ font-weight: bold; }}
QLabel[kind="badge"] {{ background: {badge}; color: {on_badge}; font-weight: bold; font-size: {small};
  border-radius: 0.35em; padding: 0.1em 0.6em; }}
QLabel[kind="group"] {{ font-size: {title}; font-weight: bold; background: {surface}; color: {text};
  border: 0.07em solid {line}; border-radius: 0.3em; padding: 0.25em 0.5em; }}

QWidget[surface="window"] {{ background: {window}; }}
QFrame[surface="card"] {{ background: {surface}; border: 0.07em solid {line}; border-radius: 0.6em; }}
QFrame[surface="bar"] {{ background: {accent_soft}; border: 0.07em solid {line}; border-radius: 0.5em; }}
QFrame[surface="warning"] {{ background: {warning_soft}; border: 0.07em solid {warning_line}; border-radius: 0.5em; }}
QFrame[surface="side"] {{ background: {window}; border: none; }}
QFrame[surface="header"] {{ background: {surface}; border: none; border-bottom: 0.07em solid {line}; }}
QFrame[surface="overlay"] {{ background: {surface}; border: 0.1em solid {control}; border-radius: 0.6em; }}
QScrollArea {{ border: none; background: transparent; }}
QScrollArea > QWidget > QWidget[surface="clear"] {{ background: transparent; }}

QPushButton {{ background: {surface}; color: {text}; border: 0.08em solid {control}; border-radius: 0.45em;
  padding: 0.4em 1em; min-height: 1.1em; }}
QPushButton, QCheckBox, QRadioButton, QComboBox, QToolButton {{ outline: none; }}
QDialog QAbstractButton:focus, QDialog QComboBox:focus {{ border: 0.08em solid {focus}; background: {accent_soft}; }}
QPushButton:hover {{ background: {accent_soft}; }}
QPushButton:pressed {{ background: {raised}; }}
QPushButton:checked {{ background: {accent_soft}; border-color: {accent}; }}
QPushButton:disabled {{ color: {muted}; background: {raised}; border-color: {line}; }}
QPushButton[kind="primary"] {{ background: {accent}; color: {on_accent}; border-color: {accent}; font-weight: bold; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{ background: {focus}; border-color: {focus}; }}
QPushButton[kind="primary"]:disabled {{ color: {muted}; background: {raised}; border-color: {line}; }}
QPushButton[kind="link"] {{ background: transparent; color: {accent}; border-color: transparent;
  padding: 0.3em 0.1em; text-decoration: underline; text-align: left; }}
QPushButton[kind="link"]:hover {{ background: {accent_soft}; }}
QPushButton[kind="link"]:disabled {{ color: {muted}; }}
QPushButton[kind="place"] {{ background: transparent; border-color: transparent; text-align: left;
  padding: 0.45em 0.8em; }}
QPushButton[kind="place"]:hover {{ background: {raised}; }}
QPushButton[kind="place"]:checked {{ background: {accent_soft}; color: {accent}; font-weight: bold; }}
QPushButton[kind="choice"] {{ background: {surface}; border: 0.08em solid {control}; text-align: left;
  padding: 0.8em 1em; border-radius: 0.6em; }}

QPushButton[kind="option"] {{ padding: 0; min-height: 1.5em; border: none; }}
QPushButton[kind="card"] {{ text-align: left; padding: 0.4em 0.9em; }}
QPushButton[kind="card"][large="true"] {{ padding: 0.75em 0.9em; }}

QLineEdit, QPlainTextEdit, QTextEdit {{ background: {surface}; color: {text}; border: 0.08em solid {control};
  border-radius: 0.4em; selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit {{ padding: 0.35em 0.5em; min-height: 1.2em; placeholder-text-color: {muted}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus {{ border-color: {accent}; }}
QLineEdit:disabled, QPlainTextEdit:disabled {{ background: {raised}; color: {muted}; border-color: {line}; }}
QLineEdit:read-only, QPlainTextEdit:read-only {{ background: {window}; }}

QComboBox, QAbstractSpinBox {{ background: {surface}; color: {text}; border: 0.08em solid {control};
  border-radius: 0.4em; padding: 0.3em 0.5em; min-height: 1.2em; selection-background-color: {accent};
  selection-color: {on_accent}; }}
QComboBox QLineEdit {{ background: transparent; border: none; padding: 0; min-height: 1.1em; }}
QComboBox:disabled, QAbstractSpinBox:disabled {{ background: {raised}; color: {muted}; border-color: {line}; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: 1.8em; }}
QComboBox::down-arrow, QDateEdit::down-arrow {{ image: url("{icons}/chevron-down-{tone}.svg");
  width: 1em; height: 1em; }}
QComboBox QAbstractItemView {{ background: {surface}; border: 0.07em solid {control}; padding: 0.2em; outline: none;
  selection-background-color: {accent_soft}; selection-color: {text}; }}
QComboBox QAbstractItemView::item {{ min-height: 1.7em; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; background: transparent; width: 1.6em; }}
QAbstractSpinBox::up-arrow {{ image: url("{icons}/chevron-up-{tone}.svg"); width: 0.8em; height: 0.8em; }}
QAbstractSpinBox::down-arrow {{ image: url("{icons}/chevron-down-{tone}.svg"); width: 0.8em; height: 0.8em; }}
QCheckBox, QRadioButton {{ min-height: 1.5em; spacing: 0.5em; background: transparent; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: 0.95em; height: 0.95em; background: {surface};
  border: 0.09em solid {control}; }}
QCheckBox::indicator {{ border-radius: 0.22em; }}
QRadioButton::indicator {{ border-radius: 0.56em; }}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent};
  image: url("{icons}/check-{tone}.svg"); }}
QRadioButton::indicator:checked {{ border-color: {accent}; background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5,
  fx: 0.5, fy: 0.5, stop: 0 {accent}, stop: 0.5 {accent}, stop: 0.58 {surface}, stop: 1 {surface}); }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ background: {raised}; border-color: {line}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {muted}; }}
QRadioButton[kind="half"] {{ background: {surface}; color: {text}; border: 0.08em solid {control};
  padding: 0.4em 1em; min-height: 1.1em; spacing: 0; }}
QRadioButton[side="first"] {{ border-top-left-radius: 0.45em; border-bottom-left-radius: 0.45em; }}
QRadioButton[side="last"] {{ border-top-right-radius: 0.45em; border-bottom-right-radius: 0.45em; border-left: none; }}
QRadioButton[kind="half"]:hover {{ background: {accent_soft}; }}
QRadioButton[kind="half"]:checked {{ background: {accent_soft}; border-bottom: 0.22em solid {accent};
  padding-bottom: 0.26em; }}
QRadioButton[kind="half"]::indicator {{ width: 0; height: 0; border: none; image: none; background: none; }}
QListView {{ background: {surface}; border: none; outline: none; selection-background-color: {accent_soft};
  selection-color: {text}; }}
#temperature_table {{ selection-background-color: {accent_soft}; selection-color: {text}; }}
QTableView QScrollBar, #temperature_chart QScrollBar {{ background: {surface}; border: none; }}
QTableView QScrollBar:vertical {{ width: 0.8em; }}
QTableView QScrollBar:horizontal, #temperature_chart QScrollBar:horizontal {{ height: 0.8em; }}
QTableView QScrollBar::handle, #temperature_chart QScrollBar::handle {{ background: {control}; border-radius: 0.3em;
  min-width: 2em; min-height: 2em; }}
QTableView QScrollBar::add-line, QTableView QScrollBar::sub-line, #temperature_chart QScrollBar::add-line,
#temperature_chart QScrollBar::sub-line {{ width: 0; height: 0; }}
QMenuBar {{ background: {window}; color: {text}; padding: 0.1em; }}
QMenuBar::item {{ padding: 0.25em 0.7em; border-radius: 0.3em; background: transparent; }}
QMenuBar::item:selected {{ background: {accent_soft}; color: {text}; }}
QMenu {{ background: {surface}; color: {text}; border: 0.07em solid {control}; padding: 0.3em; }}
QMenu::item {{ padding: 0.35em 1.6em 0.35em 1.6em; border-radius: 0.3em; }}
QMenu::item:selected {{ background: {accent_soft}; color: {text}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::separator {{ height: 0.07em; background: {line}; margin: 0.3em 0.6em; }}
QSplitter::handle {{ background: {line}; }}
QProgressBar {{ background: {raised}; border: 0.07em solid {control}; border-radius: 0.25em; max-height: 0.5em; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 0.2em; }}
QToolTip {{ background: {surface}; color: {text}; border: 0.07em solid {control}; padding: 0.3em; }}
"""
