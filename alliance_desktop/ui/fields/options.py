"""Things to choose, drawn with wrapped words, a plain second line and marks that grow with the text."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QPushButton, QRadioButton, QSizePolicy, QStyle

from alliance_desktop.ui.theme import colours

_WRAP = Qt.TextFlag.TextWordWrap
_FAR = 1 << 14
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}


class Wording:
    """The words of one button: how much room they need and how they are drawn beside the button's mark."""

    def __init__(self, button: QAbstractButton, label: str, line: str = "") -> None:
        self.button, self.label, self.line = button, label, line
        # Qt asks for the sizes many times while it lays a page out.
        self._sizes: dict[str, QSize] = {}
        self._tall_at: dict[int, int] = {}
        self._measured: tuple[object, ...] = ()
        # The text gives the button its accessible name; a single & would make an access key of it.
        button.setText(label.replace("&", "&&"))
        button.setAccessibleName(label)
        button.setAccessibleDescription(line)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        button.setSizePolicy(policy)

    @property
    def mark(self) -> int:
        """The side of the mark, in device-independent pixels of the present font."""
        return round(self._metrics().height() * 0.95)

    def hint(self) -> QSize:
        """Return the size on one line, but never wider than a line is comfortable to read."""
        self._measure_anew()
        if "hint" not in self._sizes:
            self._sizes["hint"] = self._hint()
        return QSize(self._sizes["hint"])

    def least(self) -> QSize:
        """Return the least size: the longest word beside the mark."""
        self._measure_anew()
        if "least" not in self._sizes:
            self._sizes["least"] = self._least()
        return QSize(self._sizes["least"])

    def height_for(self, width: int) -> int:
        """Return the height at that width."""
        self._measure_anew()
        if width not in self._tall_at:
            room = max(1, width - self._before() - 2 * self._pad())
            self._tall_at[width] = max(self._tall(), sum(self._heights(room)) + 2 * self._pad())
        return self._tall_at[width]

    def _measure_anew(self) -> None:
        """Forget the sizes of other words and of another font."""
        now = self.label, self.line, self.button.font(), self.button.logicalDpiY()
        if now != self._measured:
            self._measured = now
            self._sizes.clear()
            self._tall_at.clear()

    def _hint(self) -> QSize:
        metrics = self._metrics()
        wide = max(metrics.horizontalAdvance(self.label), metrics.horizontalAdvance(self.line))
        width = self._before() + min(wide, metrics.averageCharWidth() * 62) + 4 * self._pad()
        return QSize(width, self.height_for(width))

    def _least(self) -> QSize:
        metrics = self._metrics()
        words = max((metrics.horizontalAdvance(one) for one in f"{self.label} {self.line}".split()), default=0)
        return QSize(self._before() + min(words, metrics.averageCharWidth() * 20) + 2 * self._pad() + 2, self._tall())

    def mark_rect(self) -> QRectF:
        """Return where the mark is drawn, on the leading side of the first line."""
        line = self._metrics().height()
        rect = QRect(self._pad(), self._pad() + (line - self.mark) // 2, self.mark, self.mark)
        if self._single():
            rect.moveTop((self.button.height() - self.mark) // 2)
        return QRectF(QStyle.visualRect(self.button.layoutDirection(), self.button.rect(), rect)).adjusted(1, 1, -1, -1)

    def paint(self, painter: QPainter) -> None:
        """Draw the words."""
        shades, pad = colours(), self._pad()
        room = self.button.width() - self._before() - 2 * pad
        first, second = self._heights(max(1, room))
        top = (self.button.height() - first) // 2 if self._single() else pad
        painter.setPen(QColor(shades.text if self.button.isEnabled() else shades.muted))
        self._draw(painter, QRect(self._before() + pad, top, room, first), self.label)
        if self.line:
            painter.setPen(QColor(shades.muted))
            self._draw(painter, QRect(self._before() + pad, top + first, room, second), self.line)

    def _draw(self, painter: QPainter, rect: QRect, text: str) -> None:
        direction = self.button.layoutDirection()
        side = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        # The words keep the direction of their own script; only their place follows the window's.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        side |= Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(QStyle.visualRect(direction, self.button.rect(), rect), int(_WRAP) | int(side), text)

    def _metrics(self) -> QFontMetrics:
        return self.button.fontMetrics()

    def _pad(self) -> int:
        return max(2, round(self._metrics().height() * 0.18))

    def _before(self) -> int:
        return round(self._metrics().height() * 1.45)

    def _tall(self) -> int:
        # 24 is the least target size of WCAG 2.2; larger text makes it larger.
        return max(24, self._metrics().height() + 2 * self._pad())

    def _heights(self, room: int) -> tuple[int, int]:
        metrics = self._metrics()
        first = metrics.boundingRect(QRect(0, 0, room, _FAR), int(_WRAP), self.label).height()
        second = metrics.boundingRect(QRect(0, 0, room, _FAR), int(_WRAP), self.line).height() if self.line else 0
        return first, second

    def _single(self) -> bool:
        return self.button.height() <= self._tall()


class Worded:
    """Gives a button the sizes of its wording; named before the class of Qt it goes with."""

    words: Wording

    def sizeHint(self) -> QSize:
        """Return the comfortable size."""
        return self.words.hint()

    def minimumSizeHint(self) -> QSize:
        """Return the least size."""
        return self.words.least()

    def heightForWidth(self, width: int) -> int:
        """Return the height at that width."""
        return self.words.height_for(width)


class MarkedWords(Worded):
    """Draws a button as a sign and its words, on a soft ground under the mouse."""

    def paintEvent(self, e: QPaintEvent) -> None:
        """Draw the sign and the words."""
        button = self.words.button
        painter = QPainter(button)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shades, rect = colours(), self.words.mark_rect()
        if button.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(shades.accent_soft))
            painter.drawRoundedRect(button.rect(), rect.width() * 0.3, rect.width() * 0.3)
        painter.setPen(QPen(QColor(shades.accent), max(1.5, rect.width() * 0.11)))
        painter.save()
        painter.translate(rect.center())
        self.draw_sign(painter, rect.width())
        painter.restore()
        self.words.paint(painter)
        painter.end()

    def draw_sign(self, painter: QPainter, side: float) -> None:
        """Draw the sign around the point 0, 0 of a painter that is ready; `side` is that of its square."""
        raise NotImplementedError


class OptionRadio(Worded, QRadioButton):
    """One of several, as a radio button whose words wrap; `locked` shows it without letting it change."""

    def __init__(self, label: str, line: str = "") -> None:
        super().__init__()
        self.words = Wording(self, label, line)
        self.locked = False

    def hitButton(self, pos: object) -> bool:
        """Say that the words can be pressed as well as the mark."""
        return True

    def nextCheckState(self) -> None:
        """Change only where changing is allowed."""
        if not self.locked:
            super().nextCheckState()

    def keyPressEvent(self, e: QKeyEvent) -> None:
        """Go on to the next in reading order; Qt would go to the nearest on screen, which columns make a riddle."""
        group = self.group()
        step = _STEPS.get(Qt.Key(e.key()), 0)
        if not step or group is None:
            super().keyPressEvent(e)
            return
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft and e.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            step = -step
        all = group.buttons()
        reached = all[(all.index(self) + step) % len(all)]
        reached.setFocus(Qt.FocusReason.TabFocusReason)
        reached.click()

    def paintEvent(self, e: QPaintEvent) -> None:
        """Draw a ring, filled once chosen, and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shades, rect = colours(), self.words.mark_rect()
        edge = shades.accent if self.isChecked() else shades.control
        painter.setPen(QPen(QColor(edge), max(1.0, rect.width() * (0.11 if self.isChecked() else 0.08))))
        painter.setBrush(QColor(shades.surface))
        painter.drawEllipse(rect)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(shades.accent))
            side = rect.width() * 0.25
            painter.drawEllipse(rect.adjusted(side, side, -side, -side))
        self.words.paint(painter)
        painter.end()


class OptionTick(Worded, QCheckBox):
    """One of any number, as a check box whose words wrap; `locked` shows it without letting it change."""

    def __init__(self, label: str, line: str = "") -> None:
        super().__init__()
        self.words = Wording(self, label, line)
        self.locked = False

    def hitButton(self, pos: object) -> bool:
        """Say that the words can be pressed as well as the mark."""
        return True

    def nextCheckState(self) -> None:
        """Change only where changing is allowed."""
        if not self.locked:
            super().nextCheckState()

    def paintEvent(self, e: QPaintEvent) -> None:
        """Draw a box, filled and ticked once chosen, and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shades, rect = colours(), self.words.mark_rect()
        on = self.isChecked()
        painter.setPen(QPen(QColor(shades.accent if on else shades.control), max(1.0, rect.width() * 0.08)))
        painter.setBrush(QColor(shades.accent if on else shades.surface))
        painter.drawRoundedRect(rect, rect.width() * 0.18, rect.width() * 0.18)
        if on:
            draw_tick(painter, rect, shades.on_accent)
        self.words.paint(painter)
        painter.end()


class Starter(MarkedWords, QPushButton):
    """A sentence to begin with; pressing puts it into the box it belongs to."""

    turn = 0.0

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.words = Wording(self, sentence)
        self.setAutoDefault(False)

    def draw_sign(self, painter: QPainter, side: float) -> None:
        """Draw a plus, or what it is when turned."""
        arm = side * 0.28
        painter.rotate(self.turn)
        painter.drawLine(QPointF(-arm, 0), QPointF(arm, 0))
        painter.drawLine(QPointF(0, -arm), QPointF(0, arm))


class TakeBack(Starter):
    """Takes a choice back: as high as the options it stands with, a cross where they have their marks.

    Its room is kept while it is hidden, so that the form does not move when it comes.
    """

    turn = 45.0

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setProperty("kind", "option")
        self.keep_room(True)
        # The style sheet would else measure it only once it is seen, and the form would move after all.
        self.ensurePolished()

    def keep_room(self, on: bool) -> None:
        """Keep its room while it is hidden, or give it up."""
        policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(on)
        self.setSizePolicy(policy)


def draw_tick(painter: QPainter, rect: QRectF, colour: str) -> None:
    """Draw a tick mark within a rectangle."""
    path = QPainterPath()
    for across, down in ((0.22, 0.53), (0.42, 0.73), (0.79, 0.29)):
        point = QPointF(rect.left() + rect.width() * across, rect.top() + rect.height() * down)
        if path.elementCount():
            path.lineTo(point)
        else:
            path.moveTo(point)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(QColor(colour), max(1.5, rect.width() * 0.13))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPath(path)
