"""A pack as a document a reviewer can edit: real headings, real tables with repeated heads, the language set."""

import io
from typing import Any

from heed.core.review.pack.content import Pack, Table


def as_docx(pack: Pack) -> bytes:
    """A .docx. Text stands in it as it is; what XML cannot hold is left out."""
    from docx import Document
    from docx.oxml.ns import qn

    made = Document()
    told = made.core_properties
    told.author, told.last_modified_by, told.title, told.comments, told.language = (
        "Heed",
        "Heed",
        pack.title,
        "",
        "en-GB",
    )
    fonts = made.styles["Normal"].element.get_or_add_rPr()
    lang = fonts.makeelement(qn("w:lang"), {qn("w:val"): "en-GB"})
    fonts.append(lang)
    made.add_heading(_bare(pack.title), 0)
    _table(made, Table("About this pack", ("What", "Answer"), pack.about))
    for section in pack.sections:
        made.add_heading(_bare(section.title), 1)
        for words in section.words:
            made.add_paragraph(_bare(words))
        for entry in section.entries:
            made.add_heading(_bare(entry.title), 2)
            for name, value in entry.facts:
                line = made.add_paragraph()
                line.add_run(f"{_bare(name)}: ").bold = True
                line.add_run(_bare(value))
            if entry.text:
                made.add_paragraph(_bare(entry.text))
        for table in section.tables:
            made.add_heading(_bare(table.caption), 2)
            _table(made, table)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def _table(made: Any, table: Table) -> None:
    from docx.oxml.ns import qn

    if not table.rows:
        made.add_paragraph("None is recorded. That does not mean that there was none.")
        return
    grid = made.add_table(rows=1 + len(table.rows), cols=len(table.heads), style="Table Grid")
    # All cells at once: asked row by row, python-docx counts them anew for every row.
    texts = (text for row in (table.heads, *table.rows) for text in row)
    for cell, text in zip(grid._cells, texts, strict=True):
        cell.text = _bare(text)
    first = grid.rows[0]._tr.get_or_add_trPr()
    first.append(first.makeelement(qn("w:tblHeader"), {}))


def _bare(text: str) -> str:
    return "".join(each for each in text if each in "\t\n" or (each >= " " and each not in "\ufffe\uffff"))
