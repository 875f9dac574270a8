"""In JupyterLab, with the settings of ``make lab`` and of Binder, the cells of a chapter run and draw, without network."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from gwr.show.charts import VEGALITE_MIME
from gwr.site.editions import copy_tables, write_edition
from gwr.site.lab import write_settings
from gwr.site.notebooks import KERNEL
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = "05_city_2021.ipynb"
"""A chapter with charts and maps."""

OWN = (
    """\
import altair as alt
import pandas as pd
df = pd.DataFrame({"place": ["苍霞", "洋中"], "number": [3, 5]})
alt.Chart(df).mark_bar().encode(x="number", y="place")
""",
    f"""\
import folium
chart = folium.Map([26.055, 119.315], zoom_start=13)
folium.GeoJson({str(ROOT / "geo" / "subdistricts.geojson")!r}).add_to(chart)
folium.Marker([26.055, 119.315], popup="here").add_to(chart)
chart
""",
)
"""What a reader may write in a notebook of their own, which knows nothing of the book."""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of JupyterLab on a copy of the chapter in both editions, with settings of its own."""
    folder, own = tmp_path_factory.mktemp("project") / "book", tmp_path_factory.mktemp("jupyter")
    folder.mkdir()
    copy_tables(folder.parent)
    for path, name in ((ROOT / "book" / CHAPTER, CHAPTER), (write_edition("zh") / "book" / CHAPTER, f"zh_{CHAPTER}")):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(notebook, folder / name)
    own_cells = [nbformat.v4.new_code_cell(code) for code in OWN]
    own_notebook = nbformat.v4.new_notebook(cells=own_cells, metadata={"kernelspec": KERNEL})
    nbformat.write(own_notebook, folder / "own.ipynb")
    settings = own / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    # All cells stay in the page, so that the test need not scroll.
    (settings / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}', encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    flags = [f"--ServerApp.port={port}", "--no-browser", "--IdentityProvider.token=", "--allow-root"]
    folders = {f"JUPYTER_{name.upper()}_DIR": str(own / name) for name in ("config", "data", "runtime")}
    write_settings(own / "maps", own / "ipython")
    env = {
        **os.environ,
        **folders,
        "JUPYTER_CONFIG_PATH": str(own / "maps"),
        "JUPYTERLAB_SETTINGS_DIR": str(own / "settings"),
        "IPYTHONDIR": str(own / "ipython"),
    }
    said = own / "said.txt"
    with said.open("w", encoding="utf-8") as words:
        command = [sys.executable, "-m", "jupyterlab", "--notebook-dir", folder, *flags]
        server = subprocess.Popen(command, env=env, stdout=words, stderr=subprocess.STDOUT)
        address = f"http://127.0.0.1:{port}/lab"
        try:
            wait_for(address, server, said)
            yield address
        finally:
            server.terminate()
            server.wait()


def wait_for(address: str, server: subprocess.Popen[bytes], said: Path) -> None:
    for _ in range(600):
        assert server.poll() is None, said.read_text(encoding="utf-8")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("JupyterLab did not answer within a minute:\n" + said.read_text(encoding="utf-8"))


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def run_all_cells(page: Page) -> None:
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


@pytest.mark.browser
@pytest.mark.parametrize("notebook", [CHAPTER, f"zh_{CHAPTER}"])
def test_charts_and_maps_draw_in_jupyterlab_without_network(lab: str, browser: Browser, notebook: str):
    cells = code_cells(ROOT / "book" / CHAPTER)
    shown = [output.get("data", {}) for cell in cells for output in cell.outputs]
    charts = sum(VEGALITE_MIME in data for data in shown)
    maps = sum("<iframe" in data.get("text/html", "") for data in shown)
    assert charts and maps
    elsewhere: list[str] = []
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.route(
        lambda url: not url.startswith(lab.removesuffix("lab")),
        lambda route: (elsewhere.append(route.request.url), route.abort()),
    )
    page = context.new_page()
    page.goto(f"{lab}/tree/{notebook}?reset")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=60_000)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
    run_all_cells(page)
    last = page.locator(".jp-CodeCell").last.locator(".jp-InputPrompt")  # of a solution, which is folded
    last.get_by_text(f"[{len(cells)}]:").wait_for(state="attached", timeout=120_000)
    page.wait_for_function(f"document.querySelectorAll('.vega-embed svg, .vega-embed canvas').length === {charts}")
    frames = page.locator(".jp-OutputArea iframe")
    assert frames.count() == maps
    for number in range(maps):
        frames.nth(number).scroll_into_view_if_needed()
        shapes = frames.nth(number).content_frame.locator("path.leaflet-interactive")
        shapes.first.wait_for(state="attached")
    assert not page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count()
    assert not elsewhere
    assert not page.get_by_text("Jupyter news").count()  # nobody is asked whether another host may be
    context.close()


@pytest.mark.browser
def test_a_readers_own_chart_and_plain_map_draw_without_network(lab: str, browser: Browser):
    elsewhere: list[str] = []
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.route(
        lambda url: not url.startswith(lab.removesuffix("lab")),
        lambda route: (elsewhere.append(route.request.url), route.abort()),
    )
    page = context.new_page()
    page.goto(f"{lab}/tree/own.ipynb?reset")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=60_000)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
    run_all_cells(page)
    page.wait_for_function("document.querySelectorAll('.vega-embed svg, .vega-embed canvas').length === 1")
    frame = page.locator(".jp-OutputArea iframe").content_frame
    areas = frame.locator("path.leaflet-interactive")
    areas.first.wait_for(state="attached")
    assert areas.count() == 10
    # The tiles of the background are all that is asked of anybody, and the map says that they do not come.
    frame.get_by_text("No background").first.wait_for()
    assert all("tile" in address for address in elsewhere), elsewhere
    frame.locator(".leaflet-marker-icon").click()
    frame.get_by_text("here").wait_for()
    context.close()
