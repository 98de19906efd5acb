"""The addresses of children, findings and links. No name of a child ever stands in one."""

from django.urls import path

from heed.web.addresses import register
from heed.web.views import agreed, children, drafts, finding_children, findings, links

register()

case_urls = [
    path("children", children.children, name="children"),
    path("children/<opaque:person>", children.child, name="child"),
    path("concerns/find", finding_children.find, name="find-child"),
    path("concerns/drafts/<token:token>", drafts.carry_on, name="draft"),
    path("concerns/drafts/<token:token>/forget", drafts.forget, name="draft-forget"),
    path("records/<number:key>/named", agreed.agreed, name="agreed"),
    path("findings", findings.findings, name="findings"),
    path("findings/<opaque:finding>", findings.finding, name="finding"),
    path("links", links.links, name="links"),
    path("links/<number:number>", links.link, name="link"),
]
