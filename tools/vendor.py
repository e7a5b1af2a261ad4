"""Copies the front-end files that we commit out of `node_modules`.

Run by `make vendor`, after `npm ci`. Nothing else needs Node. Three files are taken whole but for
what a strict policy or the static-file manifest refuses: source-map comments, and the images that
Tabler keeps as data: addresses (ours are files, see `css/base.css`). The icons of `icons.txt`
become one sprite.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "luoshi/web/static/web/vendor"
ICONS = ROOT / "tools/icons.txt"
SPRITE = ROOT / "luoshi/web/templates/web/_sprite.html"

SOURCE_MAP = re.compile(r"\n?/[*/]# sourceMappingURL=\S+(?: \*/)?\s*$")
DATA_IMAGE = re.compile(r"""url\((?:"data:[^"]*"|'data:[^']*'|data:[^)]*)\)""")
SHAPE = re.compile(r"<(?:path|circle|rect|line|polyline) [^>]*/>")
BOUNDING_BOX = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'

LIGHTS = {
    "red": '<path d="M8 .9 15.1 8 8 15.1.9 8z"/>',
    "yellow": '<path d="M8 1.4 15.4 14.4H.6z"/>',
    "green": '<circle cx="8" cy="8" r="6.6"/>',
    "intime": '<circle cx="8" cy="8" r="7"/><path class="k" d="m4.7 8.2 2.3 2.3 4.4-4.8"/>',
    "late": '<path d="M3 1h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2z"/>'
    '<path class="k" d="m4.7 8.2 2.3 2.3 4.4-4.8"/>',
    "suspended": '<rect x="2.4" y="2" width="4" height="12" rx="1"/>'
    '<rect x="9.6" y="2" width="4" height="12" rx="1"/>',
    "notyet": '<circle class="o" cx="8" cy="8" r="5.8"/>',
}
# same shape, other word: finished early or in time; not due or not rated yet
LIGHTS["early"], LIGHTS["unrated"] = LIGHTS["intime"], LIGHTS["notyet"]


def committable(text: str) -> str:
    """The text without source-map comment and data: images."""
    return DATA_IMAGE.sub("none", SOURCE_MAP.sub("", text))


def copy(source: Path, target: Path) -> None:
    """Write the committable form of `source` to `target`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(committable(source.read_text("utf-8")).rstrip() + "\n", "utf-8")


def symbol(name: str) -> str:
    """One Tabler outline as a `<symbol id="i-NAME">`."""
    svg = (MODULES / "@tabler/icons/icons/outline" / f"{name}.svg").read_text("utf-8")
    shapes = "".join(shape for shape in SHAPE.findall(svg) if shape != BOUNDING_BOX)
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{shapes.replace(" />", "/>")}</symbol>'


def sprite() -> str:
    """The sprite: lights first, then the icons of `icons.txt`."""
    lights = (
        f'<symbol id="l-{name}" viewBox="0 0 16 16">{shape}</symbol>'
        for name, shape in LIGHTS.items()
    )
    icons = (symbol(name) for name in ICONS.read_text("utf-8").split())
    head = "{# Written by tools/vendor.py from tools/icons.txt: Tabler Icons, MIT. #}"
    opening = '<svg class="sprite" aria-hidden="true" focusable="false">'
    return "\n".join([head, opening, *lights, *icons, "</svg>", ""])


def main() -> int:
    """0 when every file was written."""
    copy(MODULES / "@tabler/core/dist/css/tabler.min.css", VENDOR / "tabler.min.css")
    copy(MODULES / "htmx.org/dist/htmx.min.js", VENDOR / "htmx.min.js")
    copy(MODULES / "axe-core/axe.min.js", ROOT / "tests/vendor/axe.min.js")
    SPRITE.parent.mkdir(parents=True, exist_ok=True)
    SPRITE.write_text(sprite(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
