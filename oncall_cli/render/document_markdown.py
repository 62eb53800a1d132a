"""A document as Markdown: every number in a table, pictures only where a file can stand beside the text."""

from __future__ import annotations

from oncall_cli.render.bars import Chart, bar
from oncall_cli.render.document import Document, Section, Table, numeric
from oncall_cli.render.markdown import markdown, markdown_line
from oncall_cli.render.svg import bar_chart
from oncall_cli.render.weeks import Drawing
from oncall_cli.render.weeks_svg import weeks_svg

_BAR = 20


def document_markdown(document: Document, pictures: str | None = None) -> str:
    """Return the document; its charts are the pictures whose names begin so, or else bars of characters.

    A host of repositories shows neither SVG within Markdown nor a picture that is written into its address.
    """
    lines = [f"# {markdown(document.title)}", ""]
    for text in document.head:
        lines += [markdown_line(text), ""]
    for section in document.sections:
        lines += [f"## {markdown(section.title)}", "", section_markdown(section, pictures), ""]
    return "\n".join(lines).rstrip("\n")


def section_markdown(section: Section, pictures: str | None = None) -> str:
    """Return what stands below the title of a section."""
    blocks = []
    for part in section.parts:
        if isinstance(part, Table):
            blocks.append(_table(part))
        elif isinstance(part, Chart):
            blocks.append(_chart(part, pictures))
        elif isinstance(part, Drawing):
            blocks += [_picture(part.weeks.title, f"{pictures}-{part.weeks.key}")] if pictures else []
        else:
            blocks.append(markdown_line(part))
    return "\n\n".join(blocks)


def charts_of(document: Document, pictures: str) -> dict[str, str]:
    """Return the pictures of the charts and drawings by the names under which the Markdown shows them."""
    parts = [part for section in document.sections for part in section.parts]
    charts = {part.key: f"{bar_chart(part)}\n" for part in parts if isinstance(part, Chart)}
    drawings = {part.weeks.key: weeks_svg(*part) for part in parts if isinstance(part, Drawing)}
    return {f"{pictures}-{key}.svg": picture for key, picture in (charts | drawings).items()}


def _chart(chart: Chart, pictures: str | None) -> str:
    most = max((each.value for each in chart.bars), default=0)
    if pictures is None:
        rows = tuple((each.shown, each.label, bar(each.value, most, _BAR)) for each in chart.bars)
        return f"{markdown_line(chart.title)}:\n\n{_table(Table(('number', 'of', ' '), rows))}"
    pairs = tuple((each.shown, each.label) for each in chart.bars)
    return f"{_picture(chart.title, f'{pictures}-{chart.key}')}\n\n{_table(Table(('number', chart.title), pairs))}"


def _picture(title: str, name: str) -> str:
    return f"![{markdown(title)}](<{name}.svg>)"


def _table(table: Table) -> str:
    rule = ["---:" if numeric(table, column) else "---" for column in range(len(table.head))]
    rows = [_row(table.head), f"| {' | '.join(rule)} |", *map(_row, table.rows)]
    return "\n".join(rows)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(map(markdown, cells))} |"
