"""Where the names on a map go, so that none covers another: the first free place of a few, the most important name first.

Everything is in CSS pixels of Leaflet's plane (Web Mercator). Names keep their size and their distance from what they name while the
ground grows under them, so two names may come to cover each other when the map is enlarged; a place is free only if it is so at
every zoom at which the name is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan, atan2, cos, degrees, hypot, log, pi, radians, sin, sinh, tan

Pixel = tuple[float, float]
"""To the right and down."""

Place = tuple[float, float]
"""Latitude and longitude, degrees of WGS 84."""


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels, turned round its middle by ``angle`` degrees, clockwise as on the screen."""

    x: float
    y: float
    width: float
    height: float
    angle: float = 0.0

    def corners(self) -> list[Pixel]:
        """The four corners, one after another."""
        c, s = cos(radians(self.angle)), sin(radians(self.angle))
        halves = [(a * self.width / 2, b * self.height / 2) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
        return [(self.x + a * c - b * s, self.y + a * s + b * c) for a, b in halves]


def boxes_overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge: no line parallel to one of their sides parts them."""
    away = abs(one.x - other.x) + abs(one.y - other.y)
    if away >= one.width + one.height + other.width + other.height:  # no need to look closer
        return False
    if not one.angle and not other.angle:
        across, down = (one.width + other.width) / 2, (one.height + other.height) / 2
        return abs(one.x - other.x) < across - 1e-9 and abs(one.y - other.y) < down - 1e-9
    first, second = one.corners(), other.corners()
    for angle in {one.angle % 90, other.angle % 90}:
        for turned in (angle, angle + 90):
            c, s = cos(radians(turned)), sin(radians(turned))
            a = [x * c + y * s for x, y in first]
            b = [x * c + y * s for x, y in second]
            if max(a) <= min(b) + 1e-9 or max(b) <= min(a) + 1e-9:
                return False
    return True


@dataclass(frozen=True)
class Wish:
    """A name that wants a place.

    Attributes:
        key: tells the name from others.
        forms: what is written, line by line, in the ways that will do, the best first.
        size: of the letters, in pixels.
        path: what is named: one place for a point or an area, more for a line.
        how: ``beside`` a point, ``on`` an area, ``along`` a line and beside it, or ``in`` a line that is broad enough.
        upright: whether a steep name is written downwards, letter under letter, as Chinese may be.
        parts: the shares of the line's length at which the name may stand, the best first.
        shifts: from the middle of an area, where the name may stand, the best first.
        stretch: how much wider the letters are than usual, as bold ones are.
        dot: the size of a sign at the place that is only drawn with its name, in pixels.
    """

    key: int
    forms: tuple[tuple[str, ...], ...]
    size: float
    path: tuple[Place, ...]
    how: str
    upright: bool = False
    parts: tuple[float, ...] = (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78)
    dot: float = 0.0
    shifts: tuple[Pixel, ...] = ((0.0, 0.0),)
    stretch: float = 1.0


@dataclass(frozen=True)
class Sign:
    """What no name may cover: as broad and high as ``size``, in pixels, round a place."""

    at: Place
    size: float

    def box(self, zoom: float) -> Box:
        """Where it stands at this zoom."""
        return Box(*to_pixel(self.at, zoom), self.size, self.size)


@dataclass(frozen=True)
class Label:
    """A name in its place.

    Attributes:
        key: that of the wish.
        form: which of the wish's forms is written.
        at: the place on the ground from which the name keeps its distance.
        dx, dy: of the middle of the name from there, in pixels.
        angle: by which it is turned, in degrees, clockwise.
        downwards: whether it is written letter under letter.
        width, height: in pixels.
    """

    key: int
    form: int
    at: Place
    dx: float
    dy: float
    angle: float
    downwards: bool
    width: float
    height: float

    def box(self, zoom: float) -> Box:
        """Where it stands at this zoom."""
        x, y = to_pixel(self.at, zoom)
        return Box(x + self.dx, y + self.dy, self.width, self.height, self.angle)


LINE_HEIGHT = 1.2
"""Of a line of a name, in its size."""


def to_pixel(place: Place, zoom: float) -> Pixel:
    """Where a place stands in Leaflet's plane, in pixels."""
    lat, lon = place
    world = 256 * 2**zoom
    return world * (lon + 180) / 360, world * (1 - log(tan(pi / 4 + radians(lat) / 2)) / pi) / 2


def to_place(pixel: Pixel, zoom: float) -> Place:
    """The place at a pixel, the other way round than :func:`to_pixel`."""
    world = 256 * 2**zoom
    return degrees(atan(sinh(pi * (1 - 2 * pixel[1] / world)))), pixel[0] / world * 360 - 180


def width(text: str, size: float) -> float:
    """About how wide a text is, in pixels: a Chinese character is as wide as high, a Latin letter two thirds of that."""
    return size * sum(1.0 if ord(letter) > 0x2E7F else 0.36 if letter in " .,'’il()" else 0.65 for letter in text)


def place(
    wishes: Sequence[Wish], zooms: Sequence[float], taken: Sequence[Sign | Label], frame: Box | None = None
) -> list[Label]:
    """The names that find a free place, in order; a name that finds none is left out.

    Args:
        wishes: the most important first.
        zooms: of Leaflet, every one at which the names are shown, the smallest first.
        taken: what no name may cover.
        frame: what no name may leave at the smallest zoom.
    """
    full = [[one.box(zoom) for one in taken] for zoom in zooms]
    placed = []
    for wish in wishes:
        own = Sign(wish.path[-1], wish.dot) if wish.dot else None
        if own and not _free(own, zooms, full):
            continue
        for label in _candidates(wish, zooms[0]):
            if frame is not None and not all(_within(corner, frame) for corner in label.box(zooms[0]).corners()):
                continue
            if _free(label, zooms, full):
                placed.append(label)
                for zoom, boxes in zip(zooms, full, strict=True):
                    boxes += [one.box(zoom) for one in (label, own) if one]
                break
    return placed


def _free(one: Sign | Label, zooms: Sequence[float], full: Sequence[Sequence[Box]]) -> bool:
    for zoom, boxes in zip(zooms, full, strict=True):
        box = one.box(zoom)
        if any(boxes_overlap(box, other) for other in boxes):
            return False
    return True


def scarce_first(wishes: Sequence[Wish], zoom: float, taken: Sequence[Sign | Label]) -> list[Wish]:
    """The names in the order of how many places are free for each at this zoom, those with the fewest first."""
    full = [[one.box(zoom) for one in taken]]
    return sorted(wishes, key=lambda wish: sum(_free(label, [zoom], full) for label in _candidates(wish, zoom)))


def _within(corner: Pixel, frame: Box) -> bool:
    return abs(corner[0] - frame.x) <= frame.width / 2 and abs(corner[1] - frame.y) <= frame.height / 2


def _candidates(wish: Wish, zoom: float) -> Iterator[Label]:
    for form, lines in enumerate(wish.forms):
        wide = max(width(line, wish.size) for line in lines) * wish.stretch + 4
        high = len(lines) * wish.size * LINE_HEIGHT
        if wish.how in ("along", "in"):
            yield from _along(wish, form, zoom, wide, high)
            continue
        for dx, dy in _beside(wide, high) if wish.how == "beside" else wish.shifts:
            yield Label(wish.key, form, wish.path[-1], dx, dy, 0.0, False, wide, high)


SHIFTS = sorted(
    ((float(dx), float(dy)) for dx in range(-66, 67, 6) for dy in range(-50, 51, 5)),
    key=lambda shift: (hypot(shift[0], 1.2 * shift[1]), shift),
)
"""Shifts from the middle of an area, the shortest first."""


def _beside(wide: float, high: float) -> Iterator[Pixel]:
    gap = 6
    right, down = wide / 2 + gap, high / 2 + gap
    yield from ((right, 0), (-right, 0), (0, -down), (0, down))
    yield from ((right - 2, -down + 2), (right - 2, down - 2), (-right + 2, -down + 2), (-right + 2, down - 2))
    yield from ((wide / 3, -down), (-wide / 3, -down), (wide / 3, down), (-wide / 3, down))


def _along(wish: Wish, form: int, zoom: float, wide: float, high: float) -> Iterator[Label]:
    points = [to_pixel(one, zoom) for one in wish.path]
    length = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points))
    for part in wish.parts:
        start, end = part * length - wide / 2, part * length + wide / 2
        if start < 0 or end > length:
            continue
        (x0, y0), (x1, y1) = _point_at(points, start), _point_at(points, end)
        if hypot(x1 - x0, y1 - y0) < 0.92 * wide:  # the line bends here
            continue
        middle = _point_at(points, part * length)
        angle = degrees(atan2(y1 - y0, x1 - x0))
        angle = angle - 180 if angle > 90 else angle + 180 if angle <= -90 else angle
        downwards = wish.upright and abs(angle) > 62
        across = radians(angle + 90)
        for side in (0.0,) if wish.how == "in" else (-(high / 2 + 4), high / 2 + 4, 0.0):
            dx, dy = side * cos(across), side * sin(across)
            turned = (angle - 90 if angle > 0 else angle + 90) if downwards else angle
            size = (high, wide) if downwards else (wide, high)
            yield Label(wish.key, form, to_place(middle, zoom), dx, dy, turned, downwards, *size)


def _point_at(points: Sequence[Pixel], along: float) -> Pixel:
    for (x0, y0), (x1, y1) in pairwise(points):
        step = hypot(x1 - x0, y1 - y0)
        if along <= step:
            return x0 + (x1 - x0) * along / step, y0 + (y1 - y0) * along / step
        along -= step
    return points[-1]
