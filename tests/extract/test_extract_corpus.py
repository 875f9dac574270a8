"""Many reports into one file: nothing lost, nothing doubled, whatever is killed in between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from gwr.errors import DataError
from gwr.extract import corpus
from gwr.extract.corpus import build, reports_of

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from cluster import local_cluster

REPORT = "一、{year}年工作回顾\n生产总值{n}.5亿元,增长7.6%。新增企业17家。\n"


def folder_of(tmp_path, count):
    folder = tmp_path / "reports"
    (folder / "north").mkdir(parents=True)
    for n in range(count):
        name = folder / ("north" if n % 2 else "") / f"{n:03}.txt"
        name.write_text(REPORT.format(year=2000 + n % 20, n=n), encoding="utf-8")
    return folder


def test_a_folder_becomes_one_table(tmp_path):
    folder = folder_of(tmp_path, 9)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "english.txt").write_text("Nothing here.", encoding="utf-8")
    out = tmp_path / "out.parquet"
    done = build(folder, out, workers=1)
    assert (done.reports, done.rows, done.skipped, done.already) == (11, 27, 2, 0)
    table = pq.read_table(out).to_pylist()
    assert [row["report"] for row in table] == sorted(row["report"] for row in table)
    assert {row["report_year"] for row in table} == {2000 + n for n in range(9)}
    errors = (tmp_path / "out.parquet.errors.csv").read_text(encoding="utf-8")
    assert "empty.txt,the file is empty" in errors and "english.txt,no quantity" in errors


def test_only_what_changed_is_read_again(tmp_path):
    folder, out = folder_of(tmp_path, 5), tmp_path / "out.parquet"
    build(folder, out, workers=1)
    before = out.read_bytes()
    assert build(folder, out, workers=1).already == 5
    assert out.read_bytes() == before
    (folder / "000.txt").write_text(REPORT.format(year=2020, n=1000), encoding="utf-8")
    (folder / "002.txt").unlink()
    done = build(folder, out, workers=1)
    assert (done.reports, done.already, done.rows) == (4, 3, 12)
    assert len(list((tmp_path / "out.parquet.parts").iterdir())) == 4


def test_two_cores_give_the_same_file(tmp_path):
    folder = folder_of(tmp_path, 12)
    build(folder, tmp_path / "one.parquet", workers=1)
    build(folder, tmp_path / "two.parquet", workers=2)
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


@pytest.mark.slow
def test_a_run_that_is_killed_goes_on(tmp_path, monkeypatch):
    folder, out = folder_of(tmp_path, 8), tmp_path / "out.parquet"
    real, count = corpus.do_one, []

    def dying(*task):
        count.append(task)
        if len(count) == 4:
            raise KeyboardInterrupt
        return real(*task)

    monkeypatch.setattr(corpus, "do_one", dying)
    with pytest.raises(KeyboardInterrupt):
        build(folder, out, workers=1)
    assert not out.exists()
    monkeypatch.undo()
    assert build(folder, out, workers=1).already == 3
    assert pq.read_table(out).num_rows == 24


def dies_once(folder, report, part):
    """Kills its own process the first time it sees report 005."""
    mark = Path(folder).with_name("died")
    if report.endswith("005.txt") and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return ORIGINAL(folder, report, part)


ORIGINAL = corpus.do_one


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a system with SIGKILL")
def test_a_process_that_dies_loses_nothing(tmp_path, monkeypatch):
    folder, out = folder_of(tmp_path, 12), tmp_path / "out.parquet"
    monkeypatch.setattr(corpus, "do_one", dies_once)
    build(folder, out, workers=2)
    table = pq.read_table(out, columns=["report", "start"]).to_pylist()
    assert (tmp_path / "died").exists()
    assert len(table) == 36 == len({(row["report"], row["start"]) for row in table})


def test_folders_without_reports(tmp_path):
    with pytest.raises(DataError, match="no such folder"):
        reports_of(tmp_path / "none")
    with pytest.raises(DataError, match="no report"):
        reports_of(tmp_path)


def test_without_dask_the_message_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(DataError, match="pip install"):
        build(folder_of(tmp_path, 2), tmp_path / "out.parquet", scheduler="tcp://127.0.0.1:1")


@pytest.mark.slow
def test_a_cluster_whose_worker_is_killed_loses_and_doubles_nothing(tmp_path):
    folder, out = folder_of(tmp_path, 150), tmp_path / "out.parquet"
    parts = tmp_path / "out.parquet.parts"
    with local_cluster(tmp_path, 3) as (address, workers):
        run = subprocess.Popen(
            [sys.executable, "-m", "gwr", "corpus", str(folder), "-o", str(out), "--scheduler", address],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        while run.poll() is None and len(list(parts.glob("*.parquet"))) < 10:
            time.sleep(0.005)
        workers[0].kill()
        done = len(list(parts.glob("*.parquet")))
        said, errors = run.communicate(timeout=120)
        assert run.returncode == 0, errors
        assert 10 <= done < 150  # it was killed in the middle
        assert workers[0].wait(10) != 0
        assert [worker.poll() for worker in workers[1:]] == [None, None]
    assert "450 quantities from 150 reports" in said
    table = pq.read_table(out, columns=["report", "start"]).to_pylist()
    assert len(table) == 450 == len({(row["report"], row["start"]) for row in table})
    build(folder, tmp_path / "one.parquet", workers=1)
    assert (tmp_path / "one.parquet").read_bytes() == out.read_bytes()
