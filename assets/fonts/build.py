#!/usr/bin/env python3
"""Makes the two shipped faces from Noto Sans. Run by hand, never by the build.

    python3 build.py SOURCE_FOLDER

SOURCE_FOLDER holds NotoSans-Regular.ttf, NotoSans-SemiBold.ttf, NotoSansMath-Regular.ttf and
NotoSansSymbols2-Regular.ttf (Debian: fonts-noto-core and fonts-noto-extra). Needs fonttools.

Noto Sans has no minus, no "almost equal", no arrows and no ticks. The mathematical signs are built
here from the plus, tilde, equals, less and greater of the same face, so that they have its weight;
arrows and shapes come from Noto Sans Math and Noto Sans Symbols 2, which share its em.
It ends with an error where a sign that the program needs is missing or the digits differ in width.
"""

import sys
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent

RANGES = [
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x00FF),  # Latin-1
    (0x0100, 0x017F),  # Latin Extended-A
    (0x0192, 0x0192),
    (0x0218, 0x021B),  # Romanian
    (0x02C6, 0x02DD),  # spacing accents
    (0x0300, 0x0304), (0x0306, 0x030C), (0x0323, 0x0328),  # combining accents, as names are typed
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F), (0x0490, 0x0491), (0x0492, 0x04F9),  # Cyrillic
    (0x1E80, 0x1E85), (0x1E9E, 0x1E9E), (0x1EA0, 0x1EF9),  # Welsh, capital sharp s, Vietnamese
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x209C),  # superiors and inferiors
    (0x20A0, 0x20BF),  # currency
    (0x2116, 0x2116), (0x2122, 0x2122),
    (0x2150, 0x215E),  # fractions
]
MATH = "←↑→↓↔↩↪⇄∞◻"
SHAPES = "✓✕⚠▲▶▼◀▴▸▾◂●○■□⏴⏵⏶⏷"
NEEDED = "₦₱₹₺€£¥$–—…·×−≈~✓‹›≤≥≠±½%°" + MATH + SHAPES


def copy_glyph(face, donor, char):
    """Copies one sign with its advance from a face with the same em."""
    name = "sign.%04X" % ord(char)
    source = donor.getBestCmap()[ord(char)]
    pen = TTGlyphPen(None)
    draw(donor, source, pen)
    add(face, ord(char), name, pen.glyph(), donor["hmtx"][source][0])


def draw(face, name, pen, shift=(0, 0)):
    """Draws a glyph, its components resolved, moved by `shift`."""
    flat = DecomposingRecordingPen(face.getGlyphSet())
    face.getGlyphSet()[name].draw(flat)
    flat.replay(TransformPen(pen, (1, 0, 0, 1, *shift)))


def add(face, code, name, glyph, advance):
    """Puts a glyph into the face under one code point."""
    face.setGlyphOrder(face.getGlyphOrder() + [name])
    face["glyf"].glyphs[name] = glyph
    face["glyf"].glyphOrder = face.getGlyphOrder()
    glyph.recalcBounds(face["glyf"])
    face["hmtx"].metrics[name] = (advance, getattr(glyph, "xMin", 0))
    for table in face["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def bounds(face, name):
    glyph = face["glyf"][name]
    return glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax


def bar(pen, left, bottom, right, top):
    """A rectangle, wound as TrueType wants its outsides."""
    pen.moveTo((left, bottom))
    pen.lineTo((left, top))
    pen.lineTo((right, top))
    pen.lineTo((right, bottom))
    pen.closePath()


def mathematical_signs(face):
    """Builds − ≈ ≤ ≥ ≠ from the face's own + ~ = < >."""
    advance = face["hmtx"]["plus"][0]
    left, bottom, right, top = bounds(face, "plus")
    middle = (bottom + top) / 2
    flat = DecomposingRecordingPen(face.getGlyphSet())
    face.getGlyphSet()["plus"].draw(flat)
    ys = sorted({p[1] for _, points in flat.value for p in points})
    low, high = ys[1], ys[-2]  # the edges of the horizontal stroke
    stroke = high - low

    pen = TTGlyphPen(None)
    bar(pen, left, low, right, high)
    add(face, 0x2212, "minus", pen.glyph(), advance)

    tilde = bounds(face, "asciitilde")
    half = round((tilde[3] - tilde[1]) / 2 + stroke * 0.45)
    lift = round(middle - (tilde[1] + tilde[3]) / 2)
    pen = TTGlyphPen(None)
    draw(face, "asciitilde", pen, (0, lift - half))
    draw(face, "asciitilde", pen, (0, lift + half))
    add(face, 0x2248, "approxequal", pen.glyph(), face["hmtx"]["asciitilde"][0])

    for code, name, base in ((0x2264, "lessequal", "less"), (0x2265, "greaterequal", "greater")):
        box = bounds(face, base)
        rise = round(stroke * 1.1)
        pen = TTGlyphPen(None)
        draw(face, base, pen, (0, rise))
        bar(pen, box[0], box[1] + rise - 2 * stroke, box[2], box[1] + rise - stroke)
        add(face, code, name, pen.glyph(), face["hmtx"][base][0])

    box = bounds(face, "equal")
    pen = TTGlyphPen(None)
    draw(face, "equal", pen)
    centre, reach, width = (box[0] + box[2]) / 2, 0.24 * (box[2] - box[0]), stroke * 0.55
    low, high = box[1] - 1.2 * stroke, box[3] + 1.2 * stroke
    points = [(centre - reach - width, low), (centre + reach - width, high),
              (centre + reach + width, high), (centre - reach + width, low)]
    pen.moveTo(tuple(map(round, points[0])))
    for point in points[1:]:
        pen.lineTo(tuple(map(round, point)))
    pen.closePath()
    add(face, 0x2260, "notequal", pen.glyph(), face["hmtx"]["equal"][0])


def make(source, style, math, symbols):
    face = TTFont(source / f"NotoSans-{style}.ttf")
    mathematical_signs(face)
    for char in MATH:
        copy_glyph(face, math, char)
    for char in SHAPES:
        copy_glyph(face, symbols, char)

    options = Options()
    options.hinting = False  # the program's rasterizer hints by itself
    options.layout_features = ["ccmp", "locl", "kern", "mark", "mkmk", "liga", "tnum"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    wanted = {c for first, last in RANGES for c in range(first, last + 1)} | {ord(c) for c in NEEDED}
    subsetter.populate(unicodes=wanted)
    subsetter.subset(face)

    cmap, widths = face.getBestCmap(), face["hmtx"]
    missing = [c for c in NEEDED if ord(c) not in cmap]
    if missing:
        sys.exit(f"{style}: no glyph for {' '.join(missing)}")
    digits = {widths[cmap[ord(d)]][0] for d in "0123456789"}
    if len(digits) != 1:
        sys.exit(f"{style}: digits are not of one width: {digits}")
    target = HERE / f"NotoSans-{style}.ttf"
    face.save(target)
    print(f"{target.name}: {target.stat().st_size} bytes, {len(cmap)} signs, digits {digits.pop()}/1000 em wide")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    source = Path(sys.argv[1])
    math = TTFont(source / "NotoSansMath-Regular.ttf")
    symbols = TTFont(source / "NotoSansSymbols2-Regular.ttf")
    for style in ("Regular", "SemiBold"):
        make(source, style, math, symbols)


main()
