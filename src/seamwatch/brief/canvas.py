"""Matplotlib as a pen for SVG: how a figure is opened, and how its file is made fit for a page.

Matplotlib is imported here only, and late, because that takes a second. Its text stays text (``svg.fonttype: none``),
so the browser or Typst joins Arabic letters with a font that has them; matplotlib only ever places whole strings.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
FONTS = "'Noto Sans', 'Noto Sans Arabic', system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"
RLI, PDI = "\u2067", "\u2069"
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufeff]")
HALO = "halo:"  # a text's gid "halo:#ffffff:2" draws it on a stroke of that colour and width

ET.register_namespace("", SVG)
ET.register_namespace("xlink", XLINK)


@contextmanager
def figure(name: str, width_px: float, height_px: float) -> Iterator[Figure]:
    """An empty figure of CSS pixels (72 to the inch, so that a matplotlib point is a pixel)."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    style: Any = {"svg.fonttype": "none", "svg.hashsalt": name, "font.family": "DejaVu Sans", "text.parse_math": False}
    with mpl.rc_context(style):
        yield Figure(figsize=(width_px / 72, height_px / 72), dpi=72)


def finish(drawn: Figure, name: str, title: str, description: str, parts: Mapping[str, tuple[str, str]]) -> str:
    """The figure as one ``<svg>`` for a page: named, described, scalable, without anything that changes by the clock.

    ``parts`` gives artists, by gid, their (title, link); an empty link makes none.
    """
    buffer = io.BytesIO()
    drawn.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    root = ET.fromstring(buffer.getvalue())  # noqa: S314 - made by matplotlib a line above
    width, height = (root.attrib.pop(side).removesuffix("pt") for side in ("width", "height"))
    root.attrib |= {
        "viewBox": f"0 0 {float(width):g} {float(height):g}",
        "role": "group" if any(link for _, link in parts.values()) else "img",  # links in an image cannot be reached
        "aria-labelledby": f"{name}-title {name}-desc",
        "font-family": FONTS,
        "direction": "ltr",
        "class": name,
    }
    for metadata in root.findall(f"{{{SVG}}}metadata"):
        root.remove(metadata)
    used = set(re.findall(r"#([\w-]+)", " ".join(v for e in root.iter() for v in e.attrib.values())))
    for element in root.iter():
        _plain(element, used, parts)
    for tag, text in (("desc", description), ("title", title)):
        node = ET.Element(f"{{{SVG}}}{tag}", {"id": f"{name}-{tag}"})
        node.text = text
        root.insert(0, node)
    return ET.tostring(root, encoding="unicode")


def _plain(element: ET.Element, used: set[str], parts: Mapping[str, tuple[str, str]]) -> None:
    """Takes away ids that nothing refers to, and gives titles, links and halos."""
    key = element.attrib.get("id", "")
    if key and key not in used:
        del element.attrib["id"]
    if key in parts:
        _entitle(element, *parts[key])
    if key.startswith(HALO):
        _, colour, width = key.split(":")
        for text in element.iter(f"{{{SVG}}}text"):
            text.attrib["style"] += (
                f"; paint-order: stroke; stroke: {colour}; stroke-width: {width}px; stroke-linejoin: round"
            )
    if element.tag == f"{{{SVG}}}text":
        element.attrib["style"] = re.sub(r"font-family:[^;]*;\s*", "", element.attrib["style"])
        if element.text and _RTL.search(element.text):
            element.text = f"{RLI}{element.text}{PDI}"  # the figure runs from left to right, this text does not
        if "rotate(-0 " in element.attrib.get("transform", ""):
            del element.attrib["transform"]


def _entitle(element: ET.Element, title: str, link: str) -> None:
    children: list[Any] = list(element)
    holder = element
    for child in children:
        element.remove(child)
    if link:
        holder = ET.SubElement(element, f"{{{SVG}}}a", {"href": link})
    ET.SubElement(holder, f"{{{SVG}}}title").text = title
    holder.extend(children)
