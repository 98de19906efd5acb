"""The addresses of children, findings and links. No name of a child ever stands in one."""

from django.urls import path

from heed.web.addresses import register
from heed.web.views import (
    agreed,
    batches,
    children,
    conflicts,
    drafts,
    finding_children,
    findings,
    glass,
    introductions,
    knew,
    leaving,
    links,
    missing,
    missing_kept,
    packs,
    quality,
    significant,
)
from heed.web.views import register as registers

register()

case_urls = [
    path("children", children.children, name="children"),
    path("children/<opaque:person>", children.child, name="child"),
    path("children/<opaque:of>/knew", knew.knew, name="knew"),
    path("children/<opaque:of>/knew/map", knew.knowledge_map, name="knew-map"),
    path("children/<opaque:person>/pack", packs.ask, name="pack-ask"),
    path("packs", packs.packs, name="packs"),
    path("packs/<number:number>", packs.pack, name="pack"),
    path("findings/<opaque:of>/knew", knew.knew, {"kind": "finding"}, name="knew-finding"),
    path("findings/<opaque:of>/knew/map", knew.knowledge_map, {"kind": "finding"}, name="knew-finding-map"),
    path("register/<opaque:of>/knew", knew.knew, {"kind": "register"}, name="knew-registered"),
    path(
        "register/<opaque:of>/knew/map", knew.knowledge_map, {"kind": "register"}, name="knew-registered-map"
    ),
    path("children/<opaque:person>/looks", glass.looks, name="looks"),
    path("children/<opaque:person>/emergency", glass.open_glass, name="open-glass"),
    path("children/<opaque:person>/watch", registers.watch, name="watch"),
    path("register", registers.register, name="register"),
    path("register/recommendations/new", registers.recommend, name="recommend"),
    path("register/<opaque:entry>", registers.registered, name="registered"),
    path("register/<opaque:entry>/pack", registers.pack, name="register-pack"),
    path("register/<opaque:entry>/do/<act:act>", registers.act, name="register-act"),
    *[
        path(
            f"records/<number:naming>/{kind}/<number:position>",
            registers.subject,
            {"kind": kind},
            name=f"register-{kind}",
        )
        for kind in registers.SUBJECTS
    ],
    path("people/<opaque:person>/conflicts", conflicts.conflicts, name="conflicts"),
    path("conflicts/<opaque:reference>", conflicts.conflict, name="conflict"),
    path("emergency/<opaque:reference>", glass.glass, name="glass"),
    path("children/<opaque:person>/take-out", leaving.child, name="take-out-child"),
    path("children/<opaque:person>/missing", missing.missing, name="missing"),
    path("children/<opaque:whom>/missing/report", missing.report, name="missing-report"),
    path("missing/report", missing.report_anybody, name="missing-new"),
    path("missing/<number:night>", missing.episode, name="episode"),
    path("missing/<number:night>/risk", missing.grade, name="missing-grade"),
    path("missing/<number:night>/picture", missing.picture, name="missing-picture"),
    path("missing/<number:night>/return", missing.returned, name="missing-return"),
    path("missing/<number:night>/interview", missing_kept.interview, name="return-interview"),
    path("children/<opaque:whom>/if-missing", missing_kept.sheet, name="if-missing"),
    path("children/<opaque:whom>/if-missing/print", missing_kept.print_sheet, name="if-missing-print"),
    path("children/<opaque:whom>/if-missing/change", missing_kept.change_sheet, name="if-missing-change"),
    path("children/<opaque:whom>/if-missing/plan", missing_kept.change_plan, name="trigger-plan"),
    path("concerns/find", finding_children.find, name="find-child"),
    path("concerns/drafts/<token:token>", drafts.carry_on, name="draft"),
    path("concerns/drafts/<token:token>/forget", drafts.forget, name="draft-forget"),
    path("records/<number:key>/significant", significant.significant, name="significant"),
    path("records/<number:key>/named", agreed.agreed, name="agreed"),
    path("findings", findings.findings, name="findings"),
    path("findings/<opaque:finding>", findings.finding, name="finding"),
    path("findings/<opaque:finding>/take-out", leaving.finding, name="take-out-finding"),
    path("batches", batches.batches, name="batches"),
    path("batches/<number:number>", batches.batch, name="batch"),
    path("links", links.links, name="links"),
    path("links/<number:number>", links.link, name="link"),
    path("links/verdicts/<number:number>", links.verdict, name="verdict"),
    path("links/verdicts/<number:number>/second", links.second, name="second"),
    path("links/verdicts/<number:number>/withdraw", links.withdraw, name="withdraw"),
    path("links/numbers/<token:key>", links.clash, name="clash"),
    path("introductions/<number:number>", introductions.introduction, name="introduction"),
    path("identity/quality", quality.quality, name="quality"),
    path("identity/sample", quality.sample, name="sample"),
    path("identity/sample/<number:number>", quality.sampled, name="sampled"),
]
