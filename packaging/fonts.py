"""Make the bundled fonts in ``resources/fonts/`` from the free fonts that they come from.

Run by a developer on Debian (npm and apt-get, ten minutes at most), never by a user:

    python packaging/fonts.py

Each face is fetched with its registry's own client, its digest compared, reduced to the
characters that official papers and the window need, stripped of hinting and layout tables (the
papers place every character themselves), turned into TrueType outlines where it has none, renamed
(Reserved Font Names must not be used by modified versions) and written beside its licence. The
same sources give the same bytes.

Which characters stay (the sets are united with what a face has):
- every face: GB 2312, 通用规范汉字表 (Unihan field kTGH: 8105 characters, with the rare ones of
  names and places), whatever the source has beyond the Basic Multilingual Plane, letters,
  punctuation and signs;
- Hei also all of GBK; Song also all of GBK and CJK Extension A: it stands in for what the others
  lack;
- Sans, the window's face where the PC has no good one, only GB 2312 and 通用规范汉字表 within the
  Basic Multilingual Plane, GBK's signs and those that the window writes.
"""

from __future__ import annotations

import bz2
import gzip
import hashlib
import subprocess
import tarfile
import tempfile
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"

RECIPE = Path(__file__).with_name("fonts.toml")
UNIHAN = "unicode-data"
OFL = "@expo-google-fonts/noto-sans-sc@0.4.3"  # the package whose copy of the licence is taken


@dataclass(frozen=True)
class Face:
    """One face of ``fonts.toml``: where it comes from and what it is called here."""

    file: str
    package: str
    member: str
    sha256: str
    names: tuple[str, str]
    copyright: str
    licence: str
    sets: list[str]
    without: list[tuple[str, str]] = field(default_factory=list)
    scale: float = 1


KEPT_TABLES = {"GlyphOrder", "OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name"}
KEPT_TABLES |= {"post"}
LICENCES = {
    "OFL": (
        "This Font Software is licensed under the SIL Open Font License, Version 1.1. "
        "Modified version: reduced and renamed for OneLedger.",
        "https://openfontlicense.org",
    ),
    "GPL": (
        "GNU General Public License, version 3, with the font exception, which is extended to "
        "this version. Modified version: converted to TrueType, reduced, renamed for OneLedger.",
        "https://www.gnu.org/licenses/gpl-3.0.html",
    ),
}
LARGEST_TOTAL = 40_000_000


def fetch(package: str, where: Path) -> Path:
    """Download one package with its registry's client and unpack it; the folder it lies in."""
    folder = where / package.strip("@").replace("/", "-")
    folder.mkdir()
    npm = package.startswith("@")
    command = ["npm", "pack", "--silent", package] if npm else ["apt-get", "download", package]
    subprocess.run(command, cwd=folder, check=True)
    (archive,) = folder.iterdir()
    if npm:
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
    else:
        subprocess.run(["dpkg-deb", "-x", archive.name, "."], cwd=folder, check=True)
    return folder


def codec_set(name: str, lead: Iterable[int], trail: Iterable[int]) -> set[int]:
    """Every character of a two-byte Chinese character set."""
    trails = list(trail)
    found = set()
    for first in lead:
        for second in trails:
            try:
                found.add(ord(bytes((first, second)).decode(name)))
            except UnicodeDecodeError:
                continue
    return found


def character_sets(unihan: Path) -> dict[str, set[int]]:
    """The named sets of code points that faces are reduced to."""
    standard = set()
    for file in sorted((unihan / "usr/share/unicode").glob("Unihan_*.txt.bz2")):
        with bz2.open(file, "rt", encoding="utf-8") as lines:
            standard |= {int(line.split("\t")[0][2:], 16) for line in lines if "\tkTGH\t" in line}
    if len(standard) != 8105:
        raise SystemExit(f"通用规范汉字表 should have 8105 characters, found {len(standard)}")
    gb2312 = codec_set("gb2312", range(0xA1, 0xFF), range(0xA1, 0xFF))
    signs = [
        range(0x20, 0x7F),
        range(0xA0, 0x250),
        range(0x370, 0x460),
        range(0x2000, 0x2070),  # punctuation
        range(0x2070, 0x20D0),  # superscripts, subscripts, currency
        range(0x2100, 0x2300),  # ℃ № Ⅰ → √ − ≤
        range(0x2460, 0x2800),  # ① ㈠ boxes ■ ▲ ● ◆ ★ ✓
        range(0x2E80, 0x2FE0),
        range(0x3000, 0x3400),  # 〇〔〕, kana, ㈱ ㎡ ㎏
        range(0xFE30, 0xFE50),
        range(0xFF00, 0xFFF0),
    ]
    window = [
        range(0x20, 0x7F),
        range(0xA0, 0x100),
        range(0x2010, 0x2040),  # punctuation
        range(0x2070, 0x20D0),  # superscripts, subscripts, currency
        range(0x2100, 0x2150),  # ℃ № ™
        range(0x2150, 0x219A),  # ½ Ⅰ → ↑
        range(0x2200, 0x2270),  # √ − ≤
        range(0x2460, 0x2500),  # ① ⑴ ⓪
        range(0x25A0, 0x2618),  # ■ ▲ ● ◆ ★ ☐
        range(0x2713, 0x2718),  # ✓
        (0x33A2, 0x33A5, 0x33CA),  # ㎢ ㎥ ㏊
    ]
    beyond = range(0x20000, 0x33480)
    return {
        "common": standard | gb2312 | set(beyond).union(*signs),
        "gbk": codec_set("gbk", range(0x81, 0xFF), range(0x40, 0xFF)),
        "extension A": set(range(0x3400, 0x4DC0)),
        "screen": {code for code in standard if code < 0x10000}
        | gb2312
        | codec_set("gbk", range(0xA1, 0xAA), range(0x40, 0xFF))  # its rows of signs
        | set().union(*window),
    }


def to_truetype(font: TTFont, scale: float) -> None:
    """Replace CFF outlines by quadratic ones, at most one thousandth of the em away.

    Chinese characters are scaled about the middle of their square, which spans -120 to 880.
    """
    cmap = font.getBestCmap()
    characters = {cmap[code] for code in cmap if 0x3400 <= code < 0xA000}
    larger = (scale, 0, 0, scale, 500 * (1 - scale), 380 * (1 - scale))
    glyphs = font.getGlyphSet()
    order = font.getGlyphOrder()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(None)
        curves = Cu2QuPen(pen, max_err=1.0, reverse_direction=True)
        glyphs[name].draw(TransformPen(curves, larger) if name in characters else curves)
        outlines[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = order
    glyf.glyphs = outlines
    for name, (advance, _bearing) in list(font["hmtx"].metrics.items()):
        outlines[name].recalcBounds(glyf)
        font["hmtx"][name] = (advance, getattr(outlines[name], "xMin", 0))
    del font["CFF "]
    font["maxp"] = maxp = newTable("maxp")
    maxp.tableVersion = 0x00010000
    maxp.maxZones = 1
    maxp.maxTwilightPoints = maxp.maxStorage = maxp.maxFunctionDefs = 0
    maxp.maxInstructionDefs = maxp.maxStackElements = maxp.maxSizeOfInstructions = 0
    maxp.maxComponentElements = 0
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"


def suit_chinese(font: TTFont) -> None:
    """Digits of one width, so that figures stand under each other; two dashes —— that join."""
    metrics, glyf, names = font["hmtx"], font["glyf"], font.getBestCmap()
    digits = [names[code] for code in range(0x30, 0x3A) if code in names]
    width = max((metrics[name][0] for name in digits), default=0)
    for name in digits:
        advance, bearing = metrics[name]
        shift = (width - advance) // 2
        glyf[name].coordinates.translate((shift, 0))
        glyf[name].recalcBounds(glyf)
        metrics[name] = (width, bearing + shift)
    bar = names.get(0x2015)  # what the fonts themselves choose for — in Chinese text
    if bar and 0x2014 in names and metrics[bar][0] == 1000:
        outline = glyf[bar]
        left, right = outline.xMin, outline.xMax
        outline.coordinates = GlyphCoordinates(
            ((x - left) * 1000 // (right - left), y) for x, y in outline.coordinates
        )
        outline.recalcBounds(glyf)
        metrics[bar] = (1000, 0)
        for table in font["cmap"].tables:
            if 0x2014 in table.cmap:
                table.cmap[0x2014] = bar


def rename(font: TTFont, face: Face) -> None:
    """Give the reduced face its own name; keep whose work it is and under which licence."""
    names = newTable("name")
    names.names = []
    licence, url = LICENCES[face.licence]
    english = {
        0: face.copyright,
        1: face.names[0],
        2: "Regular",
        3: f"{face.names[0]}; {face.sha256[:12]}",
        4: face.names[0],
        5: "Version 1.000",
        6: face.names[0].replace(" ", "") + "-Regular",
        13: licence,
        14: url,
    }
    for number, text in english.items():
        names.setName(text, number, 3, 1, 0x409)
    for number in (1, 4):
        names.setName(face.names[1], number, 3, 1, 0x804)
    font["name"] = names


def reduce(font: TTFont, characters: set[int]) -> None:
    """Keep the given characters' glyphs and the tables that drawing needs."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.notdef_outline = True
    options.glyph_names = False
    options.name_IDs = ["*"]
    options.legacy_cmap = False
    options.drop_tables += [tag for tag in list(font.keys()) if tag not in KEPT_TABLES]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters & set(font.getBestCmap()))
    subsetter.subset(font)


def licence_text(face: Face, folder: Path) -> str:
    """The licence's full words, headed by what was done to the font."""
    if face.licence == "GPL":
        copying = folder / "usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz"
        words = gzip.decompress(copying.read_bytes()).decode("utf-8")
        note = (
            "Converted from CFF to TrueType outlines, reduced to fewer characters and renamed for\n"
            "OneLedger by packaging/fonts.py. The font exception at the end of the licence is\n"
            "extended to this version. Source: the font file named above."
        )
    else:
        words = (folder / "package/LICENSE_FONT").read_text(encoding="utf-8")
        words = words[words.index("-----------------------------------------------------------") :]
        note = "Reduced to fewer characters and renamed for OneLedger by packaging/fonts.py."
    return f"{face.copyright}\n\n{note}\n\n{words.strip()}\n"


def main() -> None:
    """Fetch, reduce and write all faces; refuse a changed source or too large a result."""
    with tempfile.TemporaryDirectory() as work:
        recipe = tomllib.loads(RECIPE.read_text(encoding="utf-8"))
        faces = [Face(file, **entry) for file, entry in recipe.items()]
        wanted = dict.fromkeys([UNIHAN, OFL, *(face.package for face in faces)])
        folders = {package: fetch(package, Path(work)) for package in wanted}
        sets = character_sets(folders[UNIHAN])
        total = 0
        for face in faces:
            source = folders[face.package] / face.member
            digest = hashlib.sha256(source.read_bytes()).hexdigest()
            if digest != face.sha256:
                raise SystemExit(f"{source.name}: sha256 {digest}, expected {face.sha256}")
            font = TTFont(source, recalcTimestamp=False)
            characters = set[int]().union(*(sets[name] for name in face.sets))
            for first, last in face.without:
                characters.difference_update(range(int(first, 16), int(last, 16) + 1))
            if "CFF " in font:
                to_truetype(font, face.scale)
            suit_chinese(font)
            reduce(font, characters)
            rename(font, face)
            target = FONTS / f"{face.file}.ttf"
            font.save(target)
            words = licence_text(face, folders[face.package if face.licence == "GPL" else OFL])
            (FONTS / f"{face.file}.LICENSE.txt").write_text(words, encoding="utf-8")
            total += target.stat().st_size
            print(f"{target.name}: {len(font.getBestCmap())} characters, {target.stat().st_size}")
        print(f"together {total}")
        if total > LARGEST_TOTAL:
            raise SystemExit(f"more than {LARGEST_TOTAL} bytes")


if __name__ == "__main__":
    main()
