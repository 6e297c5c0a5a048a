"""The fonts of every PDF: Noto Sans CJK SC cut down to what Chinese business texts use: quick and small.

`python -m portal.pdf.fonts var/fonts` makes them once, at installation. Characters that were cut come from the system's
own fonts; without the cut fonts everything does, more slowly.
"""

import sys
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, newTable

FAMILY = "Portal Sans"
STYLES = {"Regular": 400, "Bold": 700}
SOURCES = ("/usr/share/fonts/opentype/noto", "/usr/share/fonts/noto-cjk", "/usr/share/fonts/truetype/noto")
#: What stands behind FAMILY for characters that it lacks; the order keeps results the same on every machine.
STACK = f'"{FAMILY}", "Noto Sans CJK SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", sans-serif'
#: Not in GB 2312, yet usual: personal names, units, marks.
EXTRA = "喆祎玥瑄珺昇堃翀晟璟祺頔彧㎡㎏㎜㎝㎞℃℉％‰№™®©€£¥¢√×÷±≤≥≠≈∞★☆●○■□▲△▼▽◆◇✓✔✗✘☐☑☒→←↑↓⇒…—–‘’“”•·§¶†‡°′″"


def code_points() -> set[int]:
    """GB 2312 (6,763 characters and its symbols), Latin with accents, punctuation, full-width forms and EXTRA."""
    gb2312 = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            gb2312 |= {ord(c) for c in bytes((high, low)).decode("gb2312", errors="ignore")}
    ranges = [(0x20, 0x17F), (0x2000, 0x2070), (0x2150, 0x2180), (0x2460, 0x2500), (0x3000, 0x3040), (0xFF00, 0xFFEF)]
    return gb2312 | {ord(c) for c in EXTRA} | {n for start, end in ranges for n in range(start, end)}


def find_source(style: str) -> Path | None:
    """The system's Noto Sans CJK of a style, if it is installed."""
    candidates = (Path(folder) / f"NotoSansCJK-{style}.ttc" for folder in SOURCES)
    return next((path for path in candidates if path.exists()), None)


def cut(source: Path, style: str) -> TTFont:
    """The simplified-Chinese face of a collection with few characters, no layout tables and a name of its own."""
    font = next(f for f in TTCollection(source, lazy=True).fonts if f["name"].getDebugName(1) == "Noto Sans CJK SC")
    options = Options(layout_features=["kern"], desubroutinize=True, hinting=False, notdef_outline=True, name_IDs=[])
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GSUB"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=code_points())
    subsetter.subset(font)
    to_quadratic(font)
    for name_id, text in {1: FAMILY, 2: style, 4: f"{FAMILY} {style}", 6: f"PortalSans-{style}"}.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
    # The moment of making would make two installations differ.
    font["head"].created = font["head"].modified = 3_000_000_000
    font.recalcTimestamp = False
    return font


def to_quadratic(font: TTFont) -> None:
    """Turn CFF outlines into TrueType ones, which are cut again for each PDF in a fifth of the time."""
    order, glyph_set = font.getGlyphOrder(), font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(glyph_set)
        glyph_set[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = table = newTable("glyf")
    table.glyphOrder, table.glyphs = order, glyphs
    maxp = font["maxp"] = newTable("maxp")
    maxp.tableVersion, maxp.numGlyphs = 0x00010000, len(order)
    zeros = "maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs maxStackElements maxSizeOfInstructions"
    for field in zeros.split():
        setattr(maxp, field, 0)
    maxp.maxZones, maxp.maxComponentElements = 1, 0
    font["head"].glyphDataFormat, font["head"].indexToLocFormat = 0, 1
    font["post"].formatType, font["post"].extraNames, font["post"].mapping = 3.0, [], {}
    font.sfntVersion = "\000\001\000\000"
    for tag in ("CFF ", "VORG"):
        if tag in font:
            del font[tag]


def make(folder: Path) -> list[Path]:
    """Write the cut fonts into `folder`; those that stand there already are kept. Returns what is there now."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for style in STYLES:
        target, source = folder / f"PortalSans-{style}.ttf", find_source(style)
        if source and not target.exists():
            unfinished = target.with_suffix(".part")
            cut(source, style).save(unfinished)
            unfinished.replace(target)
        if target.exists():
            made.append(target)
    return made


def faces(folder: Path | None) -> str:
    """The @font-face rules of the cut fonts in `folder`; empty when they were not made."""
    rule = '@font-face {{ font-family: "{}"; font-weight: {}; src: url("portal-font:PortalSans-{}.ttf"); }}\n'
    present = {s: w for s, w in STYLES.items() if folder and (folder / f"PortalSans-{s}.ttf").exists()}
    return "".join(rule.format(FAMILY, weight, style) for style, weight in present.items())


if __name__ == "__main__":
    for path in make(Path(sys.argv[1] if len(sys.argv) > 1 else "var/fonts")):
        print(f"{path} {path.stat().st_size // 1024} kB")
