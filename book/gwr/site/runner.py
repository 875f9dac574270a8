"""Runs notebooks fast: what they import is imported once, then each notebook runs in a process forked from there.

A Jupyter kernel spends most of its time on starting and importing. Here one server process (``python -m gwr.site.runner``)
makes a kernel's shell and imports what the notebooks import; it runs nothing of them and has one thread, so that it
can be forked safely. Each child gets the shell as new and its own memory, and ends with its notebook. The shell, its
display hooks and the way from messages to outputs are those of ipykernel and nbclient, so that the outputs are those
of a kernel; only the sockets between them are replaced.

Where processes cannot be forked safely (Windows, macOS), notebooks run in kernels.
"""

from __future__ import annotations

import ast
import asyncio
import gc
import io
import json
import mmap
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

Shell = Any
"""ipykernel's ZMQInteractiveShell, imported in the server only; its types leave out the session of its publishers."""

Outputs = list[list[dict[str, Any]]]
"""The outputs of each code cell, in order."""

FORKS = sys.platform.startswith("linux")  # Apple's libraries do not survive a fork, Windows has none
TIMEOUT = 300.0  # seconds for a notebook; the slowest takes a few

# A library that keeps threads ready could leave a lock behind in the forked child. These are read when it is loaded.
_ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
_SOON = 0.005  # seconds between two looks at the children


@dataclass(frozen=True)
class Job:
    """A notebook to run.

    Attributes:
        name: what messages call it.
        cwd: the folder it runs in.
        cells: the source of each code cell.
    """

    name: str
    cwd: str
    cells: list[str]


@dataclass(frozen=True)
class Done:
    """How a notebook ended.

    Attributes:
        job: its place among the jobs.
        outputs: of each code cell; None if it did not run through.
        cell: the number of the cell that failed, from 1; 0 if none did.
        error: what happened to that cell.
        seconds: how long the notebook ran.
    """

    job: int
    outputs: Outputs | None
    cell: int
    error: str
    seconds: float


class RunnerError(RuntimeError):
    """The server that runs the notebooks failed; its own words stand on the error stream."""


def run(
    jobs: Sequence[Job],
    *,
    workers: int | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float = TIMEOUT,
    forks: bool = FORKS,
) -> Iterator[Done]:
    """Runs the notebooks, several at a time; yields each when it ends, whether it ran through or not.

    Args:
        jobs: started in this order.
        workers: how many run at a time; one for each processor if left out.
        env: variables added to the environment of the notebooks.
        timeout: seconds after which a notebook is stopped.
        forks: whether to fork; in kernels if not.

    Raises:
        RunnerError: the server that forks ended before the notebooks did.
    """
    if not jobs:
        return
    workers, env = workers or os.cpu_count() or 1, {**os.environ, **(env or {})}
    run_them = _run_forked if forks else _run_in_kernels
    yield from run_them(jobs, workers, env, timeout)


def joined(outputs: Outputs) -> Outputs:
    """Neighbours on the same stream as one output: where a kernel cuts a stream depends on the clock."""
    cells: Outputs = []
    for cell in outputs:
        kept: list[dict[str, Any]] = []
        for output in cell:
            last = kept[-1] if kept else {}
            if output["output_type"] == "stream" and last.get("name") == output["name"]:
                last["text"] += output["text"]
            else:
                kept.append(dict(output))
        cells.append(kept)
    return cells


# -- the side that asks


def _run_forked(jobs: Sequence[Job], workers: int, env: Mapping[str, str], timeout: float) -> Iterator[Done]:
    here = str(Path(__file__).resolve().parents[2])  # the server is to import this very package
    path = os.pathsep.join(filter(None, (here, env.get("PYTHONPATH"))))
    server = subprocess.Popen(
        [sys.executable, "-m", "gwr.site.runner"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=jobs[0].cwd,
        env={**_ONE_THREAD, **env, "PYTHONPATH": path},
        text=True,
        encoding="utf-8",
        start_new_session=True,  # so that it can be ended with all that the notebooks have started
    )
    assert server.stdin and server.stdout
    missing = len(jobs)
    try:
        json.dump({"jobs": [asdict(job) for job in jobs], "workers": workers, "timeout": timeout}, server.stdin)
        server.stdin.close()
        for line in server.stdout:
            yield Done(**json.loads(line))
            missing -= 1
        if server.wait() or missing:
            raise RunnerError(f"the process that runs the notebooks ended with {missing} of them to go; run this again")
    except BrokenPipeError:
        raise RunnerError("the process that runs the notebooks did not start; its reasons stand above") from None
    finally:
        _end(server)


def _end(server: subprocess.Popen[str]) -> None:
    with suppress(ProcessLookupError):  # when nothing is left of it
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    for stream in (server.stdin, server.stdout):
        if stream and not stream.closed:
            stream.close()


def _run_in_kernels(jobs: Sequence[Job], workers: int, env: Mapping[str, str], timeout: float) -> Iterator[Done]:
    with ThreadPoolExecutor(workers) as pool:
        running = [pool.submit(_in_kernel, number, job, env, timeout) for number, job in enumerate(jobs)]
        for job in as_completed(running):
            yield job.result()


def _in_kernel(number: int, job: Job, env: Mapping[str, str], timeout: float) -> Done:
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    notebook = _notebook(job.cells)
    begun: list[int] = []
    client = NotebookClient(
        notebook,
        on_cell_execute=lambda cell, cell_index: begun.append(cell_index + 1),
        timeout=int(timeout) or 1,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=["--IPKernelApp.log_level=40"],  # errors only, not how the kernel is reached
        resources={"metadata": {"path": job.cwd}},
    )
    began = time.monotonic()
    try:
        asyncio.run(client.async_execute(env=dict(env)))  # not execute(), which leaves its event loop open
        error = ""
    except CellExecutionError as failure:
        error = f"{failure.ename}: {failure.evalue}"
    except CellTimeoutError:
        error = _too_long(timeout)
    except DeadKernelError:
        error = "The kernel that ran the notebook died."
    seconds = time.monotonic() - began
    if error:
        return Done(number, None, begun[-1] if begun else 0, error, seconds)
    return Done(number, joined([cell.outputs for cell in notebook.cells]), 0, "", seconds)


def _raised(outputs: list[dict[str, Any]]) -> bool:
    return any(output["output_type"] == "error" for output in outputs)


def _too_long(timeout: float) -> str:
    return f"The notebook was stopped because it took longer than {timeout:g} seconds."


def _notebook(sources: Sequence[str]) -> Any:
    import nbformat

    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])


# -- the server


@dataclass
class _Child:
    """A notebook that runs.

    Attributes:
        job: its place among the jobs.
        began: when, in seconds of the monotonic clock.
        at: the number of the cell it is at, shared between the processes.
        result: the file for its outputs.
        stopped: whether it took too long.
    """

    job: int
    began: float
    at: mmap.mmap
    result: IO[bytes]
    stopped: bool = False


def serve() -> None:
    """Reads the jobs from the standard input, runs them, and writes one line on the standard output when one ends."""
    asked = json.load(sys.stdin)
    jobs = [Job(**job) for job in asked["jobs"]]
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what an import prints is no answer
    _set_path()
    shell = make_shell()
    import_for([job for job in jobs if job.cwd == jobs[0].cwd])  # modules may lie beside the notebooks
    threads = _threads()
    if threads > 1:
        print(f"{threads - 1} threads of an imported library run, so the notebooks run in kernels", file=sys.stderr)
        done = _run_in_kernels(jobs, asked["workers"], os.environ, asked["timeout"])
    else:
        gc.freeze()  # what is here is never garbage, and the children need not touch it
        done = _fork_all(shell, jobs, asked["workers"], asked["timeout"])
    for one in done:
        print(json.dumps(asdict(one)), file=answers, flush=True)


def _set_path() -> None:
    """Looks for modules where a kernel does: in the notebook's folder after the standard library."""
    del sys.path[0]  # the folder from which -m started this
    installed = (n for n, place in enumerate(sys.path) if Path(place).name in ("site-packages", "dist-packages"))
    sys.path.insert(next(installed, len(sys.path)), "")


def _threads() -> int:
    """How many threads this process has, those of libraries included where the system tells."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()


def import_for(jobs: Sequence[Job]) -> None:
    """Runs the import statements of the notebooks, and reads the tables that nearly all of them read.

    What fails here is left to the cell that needs it, which then says so.
    """
    for statement in dict.fromkeys(line for job in jobs for cell in job.cells for line in _imports(cell)):
        _try(statement)
    if "gwr.report.tables" in sys.modules:
        _try("from gwr.report.claims import load_claims, load_facts\nload_claims()\nload_facts()")


def _try(code: str) -> None:
    try:
        exec(code, {})
    except Exception:
        return


def _imports(cell: str) -> list[str]:
    try:
        return [ast.unparse(node) for node in ast.parse(cell).body if isinstance(node, ast.Import | ast.ImportFrom)]
    except SyntaxError:  # a magic, or a mistake that the notebook will report
        return []


def _fork_all(shell: Shell, jobs: Sequence[Job], workers: int, timeout: float) -> Iterator[Done]:
    waiting = deque(range(len(jobs)))
    running: dict[int, _Child] = {}
    while waiting or running:
        while waiting and len(running) < workers:
            child = _Child(waiting.popleft(), time.monotonic(), mmap.mmap(-1, 4), _file())
            pid = os.fork()
            if not pid:
                _be_child(shell, jobs[child.job], child)
            running[pid] = child
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid in running:
            yield _done(running.pop(pid), status, timeout)
        else:
            time.sleep(_SOON)
        for late, child in running.items():
            if not child.stopped and time.monotonic() - child.began > timeout:
                child.stopped = True
                os.kill(late, signal.SIGKILL)


def _file() -> IO[bytes]:
    """A file without a name, gone when whoever has it has ended."""
    return tempfile.TemporaryFile()


def _done(child: _Child, status: int, timeout: float) -> Done:
    seconds = time.monotonic() - child.began
    child.result.seek(0)
    text = child.result.read()
    child.result.close()
    if status == 0 and text:
        return Done(child.job, seconds=seconds, **json.loads(text))
    if child.stopped:
        error = _too_long(timeout)
    elif os.WIFSIGNALED(status):
        name = signal.Signals(os.WTERMSIG(status)).name
        error = f"The process that ran the notebook was killed ({name}). Does the machine have enough memory?"
    else:
        error = f"The process that ran the notebook ended by itself, with status {os.waitstatus_to_exitcode(status)}."
    return Done(child.job, None, _number_at(child.at), error, seconds)


def _number_at(place: mmap.mmap) -> int:
    return int.from_bytes(place[:4], "little")


# -- the child


def _be_child(shell: Shell, job: Job, child: _Child) -> None:
    """Runs the notebook, writes what came of it and ends this process; returns never."""
    status = 1
    try:
        result = _execute(shell, job, child.at)
        child.result.write(json.dumps(result).encode())
        child.result.flush()
        status = 0
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(status)


def _execute(shell: Shell, job: Job, at: mmap.mmap) -> dict[str, Any]:
    """Runs the cells; returns the fields of :class:`Done` but ``job`` and ``seconds``."""
    os.chdir(job.cwd)
    shell.user_ns["_dh"][:] = [Path.cwd()]
    notebook = _notebook(job.cells)
    shell.display_pub.session.record(notebook)
    streams = [_Stream(shell, name, number) for name, number in (("stdout", 1), ("stderr", 2))]
    sys.stdout, sys.stderr = streams

    async def run_cells() -> dict[str, Any]:
        for index, source in enumerate(job.cells):
            at[:4] = (index + 1).to_bytes(4, "little")
            shell.display_pub.session.begin(index)
            result = await _run_cell(shell, source)
            for stream in streams:
                stream.flush()
            error = result.error_before_exec or result.error_in_exec
            if error is not None:
                return {"outputs": None, "cell": index + 1, "error": f"{type(error).__name__}: {error}"}
            if _raised(notebook.cells[index].outputs):  # while an output was made
                shown = next(o for o in notebook.cells[index].outputs if o["output_type"] == "error")
                return {"outputs": None, "cell": index + 1, "error": f"{shown['ename']}: {shown['evalue']}"}
        return {"outputs": joined([cell.outputs for cell in notebook.cells]), "cell": 0, "error": ""}

    return asyncio.run(run_cells())


async def _run_cell(shell: Shell, source: str) -> Any:
    """Runs a cell as ipykernel does: in the running loop if it awaits, else in one go."""
    try:
        code = shell.transform_cell(source)
    except SyntaxError:
        return shell.run_cell(source, store_history=True)
    if not shell.should_run_async(source, transformed_cell=code):
        return shell.run_cell(source, store_history=True)
    result = None
    try:
        result = await shell.run_cell_async(source, store_history=True, transformed_cell=code)
    finally:
        shell.events.trigger("post_execute")
        shell.events.trigger("post_run_cell", result)
    return result


class _Stream(io.TextIOBase):
    """The output stream of a notebook: kept until the next display or the end of the cell, as a kernel keeps it.

    What programs and libraries write past Python is caught too, in a file.
    """

    encoding = "utf-8"

    def __init__(self, shell: Shell, name: str, number: int) -> None:
        self._shell, self._name, self._number = shell, name, number
        self._kept: list[str] = []
        self._file = _file()
        self._read = 0
        os.dup2(self._file.fileno(), number)

    def fileno(self) -> int:
        return self._number

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._kept.append(text)
        return len(text)

    def flush(self) -> None:
        size = os.fstat(self._file.fileno()).st_size
        past = os.pread(self._file.fileno(), size - self._read, self._read)
        self._read = size
        text = "".join(self._kept) + past.decode(errors="replace")
        self._kept = []
        if text:
            self._shell.display_pub.session.send(None, "stream", {"name": self._name, "text": text})


def make_shell() -> Shell:
    """The shell of a kernel, whose messages become the outputs of a notebook right here."""
    from ipykernel.compiler import XCachingCompiler
    from ipykernel.zmqshell import ZMQInteractiveShell
    from jupyter_client.session import Session
    from nbclient import NotebookClient
    from traitlets.config import Config

    class Recorder(Session):
        """Takes the messages that a kernel would send, and does with them what nbclient does."""

        client: NotebookClient | None = None
        index = 0

        def record(self, notebook: Any) -> None:
            self.client = NotebookClient(notebook)

        def begin(self, index: int) -> None:
            assert self.client
            self.index, self.client.clear_before_next_output = index, False

        def send(
            self, stream: Any, msg_or_type: Any, content: Any = None, parent: Any = None, *_: Any, **__: Any
        ) -> Any:
            message = self.msg(msg_or_type, content, parent) if isinstance(msg_or_type, str) else msg_or_type
            if self.client:
                self.client.process_message(message, self.client.nb.cells[self.index], self.index)
            return message

    # The inline backend, as in a kernel; set before anything imports matplotlib.
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    settings = Config()
    settings.HistoryManager.enabled = False  # a database and a thread that nobody here needs
    shell: Shell = ZMQInteractiveShell.instance(config=settings, compiler_class=XCachingCompiler)
    shell.display_pub.session = shell.displayhook.session = Recorder()
    return shell


if __name__ == "__main__":
    serve()
