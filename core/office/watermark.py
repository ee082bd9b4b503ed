"""A text across every page of a Word file: a drawn text that hangs in the footers and lies behind what is written."""

import re
from html import escape

from core.text import FORBIDDEN

_SHAPE = (
    '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<v:shapetype id="mark" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
    '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>'
    '<v:f eqn="if @0 @4 21600"/></v:formulas><v:path textpathok="t" o:connecttype="rect"/>'
    '<v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="across{number}" type="#mark" style="position:absolute;margin-left:0;margin-top:0;width:460pt;'
    "height:44pt;rotation:325;z-index:-251658752;mso-position-horizontal:center;"
    'mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin"'
    ' fillcolor="silver" stroked="f"><v:fill opacity=".5"/>'
    '<v:textpath style="font-family:&quot;宋体&quot;;font-size:1pt" string="{text}"/></v:shape></w:pict></w:r>'
)
_FOOTER = re.compile(r"word/footer\d+\.xml")


def across_pages(parts: dict[str, bytes], text: str) -> dict[str, bytes]:
    """``parts`` of a Word file with ``text`` across every page."""
    words = escape(FORBIDDEN.sub("", text).replace("\n", " "))
    found = dict(parts)
    for number, name in enumerate(sorted(filter(_FOOTER.fullmatch, parts))):
        shape = _SHAPE.format(number=number, text=words).encode()
        head, paragraph, tail = parts[name].rpartition(b"</w:p>")
        found[name] = head + shape + paragraph + tail
    return found
