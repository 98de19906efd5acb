"""The addresses of children, findings and links. No name of a child ever stands in one."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from heed.web.views import children, findings, links


class Opaque(StringConverter):
    """An id that Heed made: letters, digits and little else, so that nothing odd reaches a table or the ledger."""

    regex = "[A-Za-z0-9_:.-]{1,120}"


register_converter(Opaque, "opaque")

case_urls = [
    path("children", children.children, name="children"),
    path("children/<opaque:person>", children.child, name="child"),
    path("findings", findings.findings, name="findings"),
    path("findings/<opaque:finding>", findings.finding, name="finding"),
    path("links", links.links, name="links"),
    path("links/<int:number>", links.link, name="link"),
]
