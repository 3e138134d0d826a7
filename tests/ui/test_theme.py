"""One look: readable by everyone, light and dark, at every size; put on the whole program."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import fields

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from desktop.ui import lights, stylesheet, theme
from desktop.ui.colours import DARK, LIGHT, Colours, contrast, linear, luminance
from desktop.ui.measures import SCALES, made

PALETTES = {"light": LIGHT, "dark": DARK}
INKS = ("ink", "ink_soft", "ink_faint", "accent", "must", "explain", "good", "late")
PLAIN_GROUNDS = ("ground", "card", "head", "hover", "selected", "read_only")
GROUNDS = (*PLAIN_GROUNDS, "accent_soft", "must_soft", "explain_soft", "good_soft")
OTHERS = [
    ("on_accent", "accent"),
    ("on_accent", "accent_over"),
    ("side_ink", "side"),
    ("side_ink", "side_chosen"),
    ("side_faint", "side"),
    ("side_faint", "side_chosen"),
    ("on_badge", "badge"),
    ("card", "ink"),  # tooltips
]
LIGHTS = ("light_green", "light_yellow", "light_red")

# What a screen's light is to eyes without red cones, without green cones, and to others
# (Machado, Oliveira, Fernandes 2009, severity 1.0).
EYES = {
    "protan": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deutan": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "all cones": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
}


@pytest.fixture(autouse=True)
def standard_look(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply(qapp, dark=False)


def difference(one: str, other: str, eye: str) -> float:
    """How far apart two colours look to such eyes (CIE 1976; about 2 can just be told)."""
    first, second = (lab(colour, eye) for colour in (one, other))
    return float(sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5)


def lab(colour: str, eye: str) -> tuple[float, float, float]:
    light = linear(colour)
    seen = (sum(m * v for m, v in zip(row, light, strict=True)) for row in EYES[eye])
    red, green, blue = (min(1.0, max(0.0, value)) for value in seen)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.0888
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")
    assert luminance("#ff0000") == pytest.approx(0.2126)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_every_text_can_be_read_on_every_ground(palette: Colours) -> None:
    pairs = [*itertools.product(INKS, GROUNDS), *OTHERS]
    ratios = {
        f"{ink} on {ground}": round(contrast(getattr(palette, ink), getattr(palette, ground)), 2)
        for ink, ground in pairs
    }
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_lights_edges_and_charts_are_seen_on_every_ground(palette: Colours) -> None:
    pairs = [
        *itertools.product((*LIGHTS, "light_none", "accent"), GROUNDS),
        *itertools.product(("edge",), ("card", "ground")),
        ("side_mark", "side"),
    ]
    ratios = {
        f"{mark} on {ground}": contrast(getattr(palette, mark), getattr(palette, ground))
        for mark, ground in pairs
    }
    ratios |= {series: contrast(series, palette.card) for series in palette.chart}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 3} == {}


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_colour_blind_eyes_tell_lights_and_series_apart(palette: Colours, eye: str) -> None:
    shown = [getattr(palette, light) for light in LIGHTS]
    for one, other in itertools.combinations(shown, 2):
        assert difference(one, other, eye) > 25
    assert len(palette.chart) >= 5
    for one, other in itertools.combinations(palette.chart, 2):
        assert difference(one, other, eye) > 20


def test_the_check_on_colour_blind_eyes_knows_red_from_green() -> None:
    """Two colours of one lightness that only cones for red and green tell apart."""
    assert difference("#c05030", "#7c7c28", "all cones") > 40
    assert difference("#c05030", "#7c7c28", "deutan") < 15


@pytest.mark.parametrize("scale", SCALES)
def test_everything_grows_with_the_persons_size(scale: float) -> None:
    standard, larger = made(), made(scale=scale)
    assert (larger.body, larger.row) == (round(14 * scale), round(30 * scale))
    assert larger.px(156) == round(156 * scale)
    assert larger.px(0.2) == 1
    lengths = ("gap", "pad", "radius", "row", "control", "mark", "small", "big", "title", "figure")
    for name in lengths:
        assert getattr(larger, name) == round(getattr(standard, name) * scale)


def test_a_theme_is_put_on_the_whole_program(qapp: QApplication) -> None:
    heard: list[bool] = []
    theme.notifier.changed.connect(lambda: heard.append(theme.current().dark))
    label, button = QLabel("一本账"), QPushButton("审核")
    theme.apply(qapp, dark=True, scale=1.5)
    qapp.processEvents()
    assert heard == [True]
    assert theme.current() == made(dark=True, scale=1.5)
    assert theme.color("card") == QColor(DARK.card)
    assert label.font().pixelSize() == 21
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(DARK.ink)
    button.ensurePolished()
    assert button.minimumSizeHint().height() == 50
    theme.apply(qapp, dark=False)
    assert button.minimumSizeHint().height() == 34
    assert button.grab().toImage().pixelColor(20, 5) == QColor(LIGHT.card)


def test_unknown_roles_are_our_fault_and_said_at_once() -> None:
    with pytest.raises(AttributeError):
        theme.color("nice")


def test_the_system_is_followed_only_when_nothing_was_chosen(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    says = {"dark": False}
    monkeypatch.setattr(theme, "_system_is_dark", lambda _app: says["dark"])
    theme.apply(qapp, dark=None, scale=1.3)
    assert theme.current() == made(scale=1.3)
    says["dark"] = True
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.current() == made(dark=True, scale=1.3)
    theme.apply(qapp, dark=False, scale=1.3)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.current() == made(scale=1.3)


def test_the_sheet_has_every_colour_and_no_length_of_its_own() -> None:
    text = stylesheet.sheet(made(dark=True, scale=1.5))
    assert "$" not in text
    assert "min-height: 48px" in text  # 32 at standard size
    named = {getattr(DARK, field.name) for field in fields(DARK) if field.name != "chart"}
    assert {word.strip(";") for word in text.split() if word.startswith("#")} <= named


def test_a_field_is_as_high_as_a_button_and_keeps_its_place_when_focused(
    qapp: QApplication,
) -> None:
    field, button = QLineEdit("12"), QPushButton("审核")
    heights = {widget.sizeHint().height() for widget in (field, button)}
    assert heights == {theme.current().control}


@pytest.mark.parametrize("size", ["small", "body", "big", "title", "figure"])
@pytest.mark.parametrize("bold", [False, True])
def test_digits_stand_under_each_other(qapp: QApplication, size: theme.Size, bold: bool) -> None:
    metrics = QFontMetricsF(theme.font(size, bold=bold))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1
    assert theme.font(size).pixelSize() == getattr(theme.current(), size)
    assert theme.font(size, bold=bold).bold() is bold


def test_lights_have_a_word_a_sign_and_a_colour_each() -> None:
    assert set(lights.WORDS) == set(lights.SIGNS) == set(lights.ROLES)
    assert len(set(lights.SIGNS.values())) == 4
    assert all(theme.color(role).isValid() for role in lights.ROLES.values())
