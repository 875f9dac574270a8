"""The settings with which JupyterLab draws the book's maps without network and asks no other host for anything."""

from __future__ import annotations

import json
from pathlib import Path

from xstatic.pkg import leaflet


def write_settings(folder: Path) -> None:
    """Writes the settings into a folder in which Jupyter looks for its configuration.

    They have the server hand out Leaflet, which the maps load from it, and keep the browser from asking whether it may fetch
    news and look for updates.
    """
    settings = {
        "jupyter_lab_config.json": {"ServerApp": {"extra_static_paths": [leaflet.BASE_DIR]}},
        "labconfig/default_setting_overrides.json": {
            "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}
        },
    }
    for name, values in settings.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")
