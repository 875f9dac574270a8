"""What the last line of a cell shows without network: charts, maps and data frames, the reader's own too.

Altair draws its charts with scripts from another host, folium its maps; both fail where there is no network and ask a
stranger where there is. Here IPython is told how to show them with what JupyterLab and the site have. The types are
named and not imported, so a notebook that draws no map never loads folium.
"""

from __future__ import annotations

from html import escape
from typing import Any

from IPython.display import Markdown

from gwr.words.language import translator

_ = translator(__name__)


def draw_without_network(shell: Any = None) -> None:
    """Tells a shell of IPython how charts, maps and frames are shown; does nothing outside of IPython.

    Args:
        shell: that of this process if left out.
    """
    if shell is None:
        from IPython.core.getipython import get_ipython

        shell = get_ipython()
    if shell is None:
        return
    formatter = shell.display_formatter
    # Every chart of Altair derives from this class: single ones, layers, facets, concatenations.
    for version in ("v5", "v6"):
        formatter.mimebundle_formatter.for_type_by_name(f"altair.vegalite.{version}.api", "TopLevelMixin", chart_bundle)
    html = formatter.formatters["text/html"]
    html.for_type_by_name("folium.folium", "Map", plain_map)
    html.for_type_by_name("branca.element", "Figure", plain_map)
    # A map as text would be its place in memory, which differs each time.
    formatter.formatters["text/plain"].for_type_by_name(
        "folium.folium", "Map", lambda _, printer, __: printer.text("folium.Map")
    )
    for module in ("pandas.core.frame", "pandas"):  # pandas 3 names it by the second
        html.for_type_by_name(module, "DataFrame", frame_html)
        formatter.formatters["text/plain"].for_type_by_name(module, "DataFrame", _frame_text)
    html.for_type_by_name("geopandas.geodataframe", "GeoDataFrame", frame_html)
    formatter.formatters["text/plain"].for_type_by_name("geopandas.geodataframe", "GeoDataFrame", _frame_text)


def chart_bundle(chart: Any, **_kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A chart as the bundle that JupyterLab draws with its own copy of Vega, and the site with its own."""
    from gwr.show.charts import VEGALITE_MIME, finish
    from gwr.show.descriptions import describe, frame_of, tooltip_columns
    from gwr.show.html_tables import titles_of

    try:
        rows = frame_of(chart)
        text = describe(chart, rows, titles_of(tooltip_columns(chart, rows)))
    except ValueError:  # data from elsewhere, or several frames: the reader knows what it is
        text = _("A chart")
    spec = finish(chart, name="", label="", description=text)
    return {VEGALITE_MIME: spec, "text/plain": spec["description"]}, {}


def plain_map(chart: Any) -> tuple[str, dict[str, Any]]:
    """A map of folium, the reader's own, in a frame that loads Leaflet from the server or the site; with its metadata."""
    from gwr.show.maps import map_on_page

    shown = map_on_page(chart, name="", title=_("Map"))
    return shown.html, shown.metadata


def _frame_text(frame: Any, printer: Any, _cycle: bool) -> None:
    """A data frame as text, as wide as it is: pandas would cut it by the width of the window that the kernel runs in."""
    import pandas as pd

    printer.text(frame.to_string(max_rows=pd.get_option("display.max_rows"), line_width=100))


def frame_html(frame: Any) -> str:
    """A data frame as pandas shows it, in a box that scrolls and has a name; the empty corner is no heading."""
    import pandas as pd

    if not pd.get_option("display.notebook_repr_html"):
        return ""
    whole = frame.to_html(
        max_rows=pd.get_option("display.max_rows"),
        max_cols=pd.get_option("display.max_columns"),
        show_dimensions=False,
        border=0,
        classes=[],
    )
    table = whole.replace("<th></th>", "<td></td>").replace("<thead>", "<thead>", 1)
    size = _("Data frame: {rows} rows, {columns} columns").format(rows=len(frame), columns=len(frame.columns))
    # A group and no region, because regions of a page need names of their own, and two frames may have the same size.
    return f'<div class="gwr-frame" role="group" tabindex="0" aria-label="{escape(size)}">\n{table}\n</div>'


def as_markdown(text: str) -> Markdown:
    """A text as Markdown, whatever it says: IPython fetches one that begins like an address and reads a file of that name."""
    shown = Markdown("")
    shown.data = text
    return shown
