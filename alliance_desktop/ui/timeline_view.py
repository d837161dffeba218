"""The timeline as a real list: arrow keys move, Enter opens, every row speaks one sentence; the arc is an extra."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from alliance_desktop.domain.answers import short_day
from alliance_desktop.domain.timeline import DEEPEST, LEVEL, Row, Symbol
from alliance_desktop.ui.theme import colours
from alliance_desktop.ui.timeline_model import LANES_ROLE, ROW_ROLE, TRACKS_ROLE, TimelineModel, Track

_Index = QModelIndex | QPersistentModelIndex

_STEPS = DEEPEST + 2
"""Steps a lane is wide: one above level, level, and four down."""


class TimelineView(QListView):
    """A client's rows, newest at the bottom; `opened` carries the row that Enter or a double click chose."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = TimelineModel(self)
        self.setModel(self._model)
        self.setItemDelegate(TimelineDelegate(self))
        self.setObjectName("timeline")
        self.setAccessibleName("Timeline")
        self.setAccessibleDescription("Entries by date, newest last. Enter opens one.")
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(self._open)

    def show_rows(self, rows: list[Row]) -> None:
        """Show a client's rows; the one chosen before stays chosen where it is still there."""
        before = self.chosen()
        self._model.show_rows(rows)
        place = _place_of(rows, before)
        if place >= 0:
            index = self._model.index(place)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def chosen(self) -> Row | None:
        """Return the row that has the cursor, or None."""
        index = self.currentIndex()
        return self._model.row(index.row()) if index.isValid() else None

    def rows_shown(self) -> list[Row]:
        """Return the rows as they stand in the list."""
        return [self._model.row(place) for place in range(self._model.rowCount())]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the row that has the cursor in view when the window changes."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row on Enter on every system, whatever its own habit is."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _open(self, index: _Index) -> None:
        self.opened.emit(self._model.row(index.row()))


def _place_of(rows: list[Row], before: Row | None) -> int:
    if before is None:
        return len(rows) - 1
    for place, row in enumerate(rows):
        if (row.entry, row.arc, row.symbol) == (before.entry, before.arc, before.symbol):
            return place
    return len(rows) - 1


class TimelineDelegate(QStyledItemDelegate):
    """Paints one row: the day, the arc, a mark, the kind and the head of the note."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of two lines with room around them."""
        metrics = QFontMetrics(option.font)
        return QSize(metrics.averageCharWidth() * 40, round(metrics.height() * 2.9))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the row within its rectangle, in the colours of the palette only."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, Row):
            return
        view = option
        rect: QRect = view.rect
        palette: QPalette = view.palette
        font: QFont = view.font
        selected = bool(view.state & QStyle.StateFlag.State_Selected)
        focused = bool(view.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, rect, palette, selected, focused)
        unit = QFontMetrics(font).averageCharWidth()
        right_to_left = view.direction == Qt.LayoutDirection.RightToLeft
        pieces = _Pieces(rect.adjusted(unit, 0, -unit, 0), unit, int(index.data(LANES_ROLE) or 0), right_to_left)
        _paint_texts(painter, pieces, row, palette, font)
        for track in index.data(TRACKS_ROLE) or ():
            _paint_track(painter, pieces.lane(track.lane), track, palette, unit)
        _paint_symbol(painter, pieces.mark(), row.symbol, palette)
        painter.restore()


class _Pieces:
    """Where the parts of a row stand: day, mark, words, then the lanes of the arcs at the far side."""

    def __init__(self, rect: QRect, unit: int, lanes: int, mirrored: bool) -> None:
        self._rect, self._unit, self._mirrored = rect, unit, mirrored
        self._lane_width = unit * _STEPS * 1.1
        self._lanes = min(lanes, max(int(rect.width() * 0.3 / self._lane_width), 1)) if lanes else 0

    def _flipped(self, rect: QRectF) -> QRectF:
        if not self._mirrored:
            return rect
        return QRectF(self._rect.left() + self._rect.right() - rect.right(), rect.top(), rect.width(), rect.height())

    def day(self) -> QRectF:
        return self._flipped(QRectF(self._rect.left(), self._rect.top(), self._unit * 13, self._rect.height()))

    def mark(self) -> QRectF:
        left = self._rect.left() + self._unit * 13.5
        return self._flipped(QRectF(left, self._rect.top(), self._unit * 2, self._rect.height()))

    def words(self) -> QRectF:
        left = self._rect.left() + self._unit * 17
        width = self._rect.right() - left - self._lanes * self._lane_width - self._unit
        return self._flipped(QRectF(left, self._rect.top(), width, self._rect.height()))

    def lane(self, number: int) -> QRectF:
        lane = min(number, max(self._lanes - 1, 0))
        left = self._rect.right() - (self._lanes - lane) * self._lane_width
        return self._flipped(QRectF(left, self._rect.top(), self._lane_width, self._rect.height()))


def _paint_ground(painter: QPainter, rect: QRect, palette: QPalette, selected: bool, focused: bool) -> None:
    if selected:
        painter.fillRect(rect, QColor(colours().accent_soft))
    if focused:
        painter.setPen(QPen(QColor(colours().accent), 2))
        painter.drawRoundedRect(QRectF(rect).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)


def _paint_texts(painter: QPainter, pieces: _Pieces, row: Row, palette: QPalette, font: QFont) -> None:
    metrics = QFontMetrics(font)
    ink = palette.color(QPalette.ColorRole.Text)
    quiet = palette.color(QPalette.ColorRole.PlaceholderText)
    day, words = pieces.day(), pieces.words()
    line = metrics.height()
    top = words.top() + (words.height() - line * (2 if row.text else 1)) / 2
    start = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
    painter.setPen(quiet)
    painter.setFont(font)
    said = "Now" if row.symbol is Symbol.OPEN else _day_words(row)
    painter.drawText(QRectF(day.left(), top, day.width(), line), int(start), said)
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    painter.setPen(ink)
    painter.setFont(strong)
    title = f"{row.title} · draft" if row.draft else row.title
    shown = QFontMetrics(strong).elidedText(title, Qt.TextElideMode.ElideRight, int(words.width()))
    painter.drawText(QRectF(words.left(), top, words.width(), line), int(start), shown)
    if row.text:
        painter.setFont(font)
        painter.setPen(quiet)
        shown = metrics.elidedText(row.text, Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(QRectF(words.left(), top + line, words.width(), line), int(start), shown)


def _day_words(row: Row) -> str:
    return short_day(row.on) if row.said_on[:1].isdigit() else f"~ {short_day(row.on)}"


def _paint_symbol(painter: QPainter, where: QRectF, symbol: Symbol, palette: QPalette) -> None:
    ink = palette.color(QPalette.ColorRole.Text)
    size = where.width() * 0.62
    box = QRectF(where.center().x() - size / 2, where.center().y() - size / 2, size, size)
    painter.setPen(QPen(ink, max(1.4, size / 9)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if symbol in {Symbol.ATTENDED, Symbol.MISSED, Symbol.PARTLY}:
        if symbol is Symbol.ATTENDED:
            painter.setBrush(ink)
        painter.drawEllipse(box)
        if symbol is Symbol.PARTLY:
            painter.setBrush(ink)
            painter.drawPie(box, 90 * 16, 180 * 16)
        return
    if symbol is Symbol.LOCKED:
        _paint_lock(painter, box)
        return
    if symbol is Symbol.ADDENDUM:
        middle = box.center()
        painter.drawLine(QPointF(box.left(), middle.y()), QPointF(box.right(), middle.y()))
        painter.drawLine(QPointF(middle.x(), box.top()), QPointF(middle.x(), box.bottom()))
        return
    painter.save()
    painter.translate(box.center())
    painter.rotate(45)
    painter.setBrush(ink if symbol in {Symbol.ENDED, Symbol.REOPENED} else Qt.BrushStyle.NoBrush)
    side = size * 0.72
    painter.drawRect(QRectF(-side / 2, -side / 2, side, side))
    painter.restore()


def _paint_lock(painter: QPainter, box: QRectF) -> None:
    """Draw a closed lock: a shackle over a body."""
    body = QRectF(box.left(), box.top() + box.height() * 0.45, box.width(), box.height() * 0.55)
    shackle = QRectF(box.left() + box.width() * 0.22, box.top(), box.width() * 0.56, box.height() * 0.9)
    painter.drawArc(shackle, 0, 180 * 16)
    painter.drawRect(body)


def _paint_track(painter: QPainter, lane: QRectF, track: Track, palette: QPalette, unit: int) -> None:
    """Draw an arc's piece: level at the near side, the dip toward the far side."""
    accent = QColor(colours().accent)
    ink = palette.color(QPalette.ColorRole.Text)
    step = lane.width() / (_STEPS + 0.5)

    def across(depth: int) -> float:
        return lane.left() + step * (depth + 1.5)

    middle, top, bottom = lane.center().y(), lane.top(), lane.bottom()
    pen = QPen(accent, max(2.0, unit / 4))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    if track.waits:
        pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath()
    start, here = across(track.before), across(track.here)
    path.moveTo(start, middle if track.starts and track.before == track.here else top)
    bend = (middle - top) * 0.9
    path.cubicTo(start, top + bend, here, middle - bend * 0.4, here, middle)
    if not track.ends and not track.waits:
        path.lineTo(here, bottom)
    painter.drawPath(path)
    if not track.mine:
        return
    dot = unit * 0.42
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawEllipse(QPointF(here, middle), dot, dot)
    if track.ends and track.here > LEVEL:
        painter.setPen(QPen(ink, max(2.0, unit / 4)))
        painter.drawLine(QPointF(here - step * 0.8, middle + dot * 2), QPointF(here + step * 0.8, middle + dot * 2))
