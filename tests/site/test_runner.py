"""The notebooks run without kernels and come out as in one: same outputs, same errors, and whoever dies is named."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import pytest
from gwr.site.editions import how_to_run
from gwr.site.notebooks import NotebookError, cache_key, run_all
from gwr.site.runner import FORKS, Done, Job, RunnerError, joined, run

pytestmark = pytest.mark.slow  # each starts a server or a kernel
ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "book").glob("*.ipynb"))
ADDRESS = re.compile(r"0x[0-9a-f]{8,16}")  # the one thing that may differ, as in nbval_sanitize.cfg

# What a kernel can put into a notebook, and what it does with the order and the parts of it.
EVERYTHING = [
    "import sys\nprint('out')\nprint('err', file=sys.stderr)\nprint('out again')",
    "from IPython.display import HTML, Markdown, clear_output, display\nprint('before')\n"
    "display(HTML('<b>shown</b>'))\nprint('after')\ndisplay(Markdown('*last*'))",
    "display({'text/plain': 'raw', 'application/json': {'a': [1, None]}}, raw=True, metadata={'b': 1})",
    "import pandas as pd\npd.DataFrame({'number': [1.5, None], 'text': ['a', '中']})",
    "_ is Out[4], In[1][:10], __name__",
    "'not shown';",
    "shown = display('first', display_id='x')",
    "shown.update('second')",
    "print('gone')\nclear_output()\nprint('stays')",
    "print('gone too')\nclear_output(wait=True)\nprint('replaces it')",
    "!echo from the shell\nimport subprocess, time\ndone = subprocess.run(['echo', 'past Python'])\ntime.sleep(1)",
    "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots(figsize=(1, 1))\nline = axes.plot([1, 2])",
    "import asyncio\nawait asyncio.sleep(0, 'awaited')",
    "from pathlib import Path\nPath.cwd().name, sys.path.count('')",
    "import os\nprint(os.environ['GWR_TEST'])",
    "import altair as alt\nalt.Chart(pd.DataFrame({'a': [1]})).mark_bar().encode(x='a:Q').to_dict()",
    "%cd -q ..\nlen(os.getcwd()) > 0",
]


def run_one(cells: list[str], folder: Path, **options: object) -> Done:
    (done,) = run([Job("one.ipynb", str(folder), cells)], **options)
    return done


def sameness(outputs: object) -> str:
    return ADDRESS.sub("0xADDRESS", json.dumps(outputs, sort_keys=True))


def notebook(folder: Path, name: str, cells: list[str]) -> Path:
    path = folder / name
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells]), path)
    return path


def test_every_notebook_comes_out_as_it_is_stored(site):
    """As the build has run them: what it remembers has a key made of every file that an output may come from."""
    ran = {path.name: outputs for path, outputs, _ in run_all(NOTEBOOKS, **how_to_run("en"))}
    stored = {
        path.name: [cell.outputs for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        for path in NOTEBOOKS
    }
    assert ran.keys() == stored.keys()
    assert [name for name in stored if sameness(ran[name]) != sameness(stored[name])] == []


def test_whatever_a_cell_does_comes_out_as_in_a_kernel(tmp_path, monkeypatch):
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # with it, a kernel does not catch what is written past Python
    ours, theirs = (run_one(EVERYTHING, tmp_path, forks=forks, env={"GWR_TEST": "中"}) for forks in (True, False))
    assert (ours.error, theirs.error) == ("", "")
    for source, here, there in zip(EVERYTHING, ours.outputs, theirs.outputs, strict=True):
        assert sameness(here) == sameness(there), source


def test_streams_and_displays_keep_their_order(tmp_path):
    outputs = run_one(EVERYTHING[:2], tmp_path).outputs
    assert [(o["name"], o["text"]) for o in outputs[0]] == [("stdout", "out\nout again\n"), ("stderr", "err\n")]
    kinds = [output.get("name", output["output_type"]) for output in outputs[1]]
    assert kinds == ["stdout", "display_data", "stdout", "display_data"]


@pytest.mark.parametrize("forks", [FORKS, False], ids=["forked", "kernel"])
@pytest.mark.parametrize(
    ("cell", "error"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("no such code", "SyntaxError"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("import os\nos.kill(os.getpid(), 9)", "died|SIGKILL"),
        ("import time\ntime.sleep(60)", "took longer than 3 seconds"),
    ],
)
def test_the_cell_that_failed_is_named(tmp_path, forks, cell, error):
    done = run_one(["a = 1", "print('here')", cell, "b = 2"], tmp_path, forks=forks, timeout=3)
    assert done.outputs is None
    assert done.cell == 3
    assert re.search(error, done.error), done.error


def test_an_error_stops_its_notebook_and_no_other(tmp_path):
    good = notebook(tmp_path, "good.ipynb", ["print('fine')"])
    bad = notebook(tmp_path, "bad.ipynb", ["a = 1", "a.b"])
    dead = notebook(tmp_path, "dead.ipynb", ["import os", "os._exit(7)"])
    results = run_all([bad, good, dead], cache=tmp_path / "cache")
    assert next(results)[0] == good
    with pytest.raises(NotebookError) as raised:
        list(results)
    assert "bad.ipynb, code cell 2:\na.b\n\nAttributeError: 'int' object has no attribute 'b'" in str(raised.value)
    assert "dead.ipynb, code cell 2:\nos._exit(7)\n\n" in str(raised.value)
    assert "status 7" in str(raised.value)
    assert [path.name for path, _, now in run_all([good], cache=tmp_path / "cache") if not now] == ["good.ipynb"]


def test_no_notebook_sees_what_another_did(tmp_path):
    spoil = (
        "import sys, gwr\nfrom gwr import load_tables\nload_tables().rows['claims'].clear()\ngwr.mine = sys.mine = 1"
    )
    look = "import sys, gwr\nfrom gwr import load_tables\nlen(load_tables()['claims']) > 0, hasattr(sys, 'mine'), hasattr(gwr, 'mine')"
    jobs = [Job(f"{n}.ipynb", str(tmp_path), [cell]) for n, cell in enumerate((spoil, look, spoil, look))]
    outputs = {done.job: done.outputs for done in run(jobs, workers=1)}
    for number in (1, 3):
        assert outputs[number][0][0]["data"]["text/plain"] == "(True, False, False)"


def test_an_import_that_fails_fails_in_its_cell(tmp_path):
    done = run_one(["a = 1", "import no_such_module"], tmp_path)
    assert (done.cell, done.error) == (2, "ModuleNotFoundError: No module named 'no_such_module'")


def test_the_server_is_forked_with_one_thread(tmp_path, capfd):
    """Else it would say so and use kernels, which is slow."""
    cells = [cell.source for path in NOTEBOOKS for cell in nbformat.read(path, as_version=4).cells]
    imports = "\n".join(sorted({line for cell in cells for line in cell.splitlines() if line.startswith("import ")}))
    assert run_one([imports + "\nfrom gwr.show.maps import base_map"], tmp_path).error == ""
    assert "threads" not in capfd.readouterr().err


def test_a_thread_in_the_server_means_kernels(tmp_path, capfd):
    module = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
    (tmp_path / "has_a_thread.py").write_text(module, encoding="utf-8")
    done = run_one(["import has_a_thread", "1 + 1"], tmp_path, env={"PYTHONPATH": str(tmp_path)})
    assert done.outputs[1][0]["data"]["text/plain"] == "2"
    assert "run in kernels" in capfd.readouterr().err


def test_a_server_that_dies_is_an_error_not_a_short_list(tmp_path):
    cell = "import os\nos.kill(os.getppid(), 9)\nimport time\ntime.sleep(1)"
    with pytest.raises(RunnerError, match="1 of them to go"):
        run_one([cell], tmp_path)


def test_the_key_knows_folder_and_variables(tmp_path):
    path = notebook(tmp_path, "a.ipynb", ["1"])
    keys = {
        cache_key(path, "x"),
        cache_key(path, "x", cwd=tmp_path.parent),
        cache_key(path, "x", env={"GWR_A": "1"}),
        cache_key(path, "x", env={"GWR_A": "2"}),
        cache_key(path, "y"),
    }
    assert len(keys) == 5
    assert cache_key(path, "x") == cache_key(path, "x", cwd=tmp_path, env={})


def test_folder_variables_and_cache_reach_the_notebook(tmp_path):
    path = notebook(tmp_path, "a.ipynb", ["import os\nprint(os.environ['GWR_A'], os.path.basename(os.getcwd()))"])
    (tmp_path / "elsewhere").mkdir()
    options = {"env": {"GWR_A": "1"}, "cache": tmp_path / "cache", "cwd": tmp_path / "elsewhere"}
    ((_, outputs, now),) = run_all([path], **options)
    assert now and outputs[0][0]["text"] == "1 elsewhere\n"
    ((_, again, now),) = run_all([path], **options)
    assert not now and again == outputs
    ((_, outputs, now),) = run_all([path], **{**options, "env": {"GWR_A": "2"}})
    assert now and outputs[0][0]["text"] == "2 elsewhere\n"


def test_parts_of_a_stream_are_joined():
    def stream(name: str, text: str) -> dict[str, str]:
        return {"output_type": "stream", "name": name, "text": text}

    cut = [stream("stdout", "a"), stream("stdout", "b"), stream("stderr", "c"), stream("stdout", "d")]
    assert joined([cut]) == [[stream("stdout", "ab"), stream("stderr", "c"), stream("stdout", "d")]]
    assert cut[0]["text"] == "a"
