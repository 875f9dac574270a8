"""The settings with which JupyterLab draws charts and maps without network and asks no other host for anything."""

from __future__ import annotations

import json
from pathlib import Path

from xstatic.pkg import leaflet

STARTUP = """\
# Charts and maps in the last line of a cell draw without network, in every notebook, also before it imports gwr.
from gwr.show.displays import draw_without_network

draw_without_network()
del draw_without_network
"""


def write_settings(folder: Path, ipython: Path | None = None) -> None:
    """Writes the settings into a folder in which Jupyter looks for its configuration.

    They have the server hand out Leaflet, which the maps load from it, and keep the browser from asking whether it may fetch
    news and look for updates.

    Args:
        folder: one in which Jupyter looks for its configuration.
        ipython: the folder of IPython (``IPYTHONDIR``), whose kernels then show charts and maps without network.
    """
    settings = {
        "jupyter_lab_config.json": {"ServerApp": {"extra_static_paths": [leaflet.BASE_DIR]}},
        "labconfig/default_setting_overrides.json": {
            "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}
        },
    }
    for name, values in settings.items():
        _write(folder / name, json.dumps(values, indent=2) + "\n")
    if ipython is not None:
        _write(ipython / "profile_default" / "startup" / "00-taijiang-by-the-numbers.py", STARTUP)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
