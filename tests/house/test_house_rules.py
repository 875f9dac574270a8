"""What must never come back, found by searching for it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from gwr.report.text import read_report

ROOT = Path(__file__).resolve().parents[2]
TEXT_ENDINGS = {
    ".py",
    ".ipynb",
    ".md",
    ".yml",
    ".toml",
    ".css",
    ".js",
    ".txt",
    ".cfg",
    ".in",
    ".cff",
    ".html",
    ".json",
    "",
}
NOTEBOOKS = sorted((ROOT / "book").glob("*.ipynb"))


def project_files() -> list[Path]:
    """Every file of the project, as git lists them; all but built folders where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not {".venv", "_build", ".git"} & set(path.parts)]


FILES = [path for path in project_files() if path.suffix in TEXT_ENDINGS and "source" not in path.parts]


def found(pattern: str, files: list[Path], flags: int = 0) -> list[str]:
    expression = re.compile(pattern, flags)
    here = Path(__file__).resolve()
    return [
        f"{path.relative_to(ROOT)}: {hit[0][:80]}"
        for path in files
        if path != here
        for hit in expression.finditer(path.read_text(encoding="utf-8"))
    ]


def test_no_script_comes_from_another_host():
    assert not found(r"(unpkg|jsdelivr|cdnjs|googleapis|bootstrapcdn|code\.jquery)\.(com|net)", FILES)


def test_no_path_of_a_machine_is_written_down():
    assert not found(r"/(home|root|Users|tmp|work)/\w+", FILES)


def test_no_star_import_and_no_silenced_warning():
    code = [path for path in FILES if path.suffix in (".py", ".ipynb")]
    assert not found(r"^\s*\"?from \S+ import \*", code, re.MULTILINE)
    assert not found(r"(simple|filter)warnings\(", code)


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_requirements_are_pinned_with_hashes(name):
    lock = (ROOT / f"{name}.txt").read_text(encoding="utf-8")
    names = re.findall(r"^([A-Za-z0-9_.-]+)==", lock, re.MULTILINE)
    assert len(names) > 50
    assert "://" not in lock
    for line in (ROOT / f"{name}.in").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "-c ")):
            pin, _, purpose = line.partition("#")
            assert purpose.strip(), f"{pin.strip()} does not say what it is for"
            assert re.fullmatch(r"\S+==\S+", pin.strip())
            assert pin.strip().lower().replace("_", "-") in lock.lower().replace("_", "-")


def pins(name: str) -> set[str]:
    return set(re.findall(r"^[A-Za-z0-9_.-]+==\S+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))


def test_the_two_lists_agree():
    """What both pin they pin alike, so that the second changes nothing of what the first has installed."""
    first, second = pins("requirements.txt"), pins("requirements-dev.txt")
    common = {pin.split("==")[0] for pin in first} & {pin.split("==")[0] for pin in second}
    assert {pin for pin in second - first if pin.split("==")[0] in common} == set()
    assert {pin.split("==")[0] for pin in first} >= {"jupyter-book", "pandas", "altair", "geopandas", "folium", "nbval"}
    assert re.search(r"^jupyter-book==1\.", "\n".join(first), re.MULTILINE)  # 2 needs the network to build


def test_the_list_of_requirements_is_complete():
    """It is installed without looking at what its packages ask for."""
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


# Numbers that prose may hold without computing them: years, sections, chapters, list marks, dates, times to read.
ALLOWED = re.compile(
    r"\b(?:19|20)\d\d(?:[–-](?:19|20)?\d\d)?\b"  # years
    r"|\b[012]\.\d[a-d]?\b"  # sections of the report
    r"|^\s*\d+\. "  # numbered lists
    r"|^#+ \d+ "  # chapter titles
    r"|\b[Cc]hapters?\s+\d+(?:(?:, | and | to |–)\d+)*"
    r"|\*\*Time\*\*[^*\n]*"
    r"|\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\]\([^)]*\)|`[^`]*`|<[^>]*>"  # link targets, code, HTML
    r"|\b\d+\s+\((?:19|20)\d\d\)|\b\d+\(\d+\)|\bpp?\. ?\d+(?:[–-]\d+)?|\b(?:vol|no|art)\. ?\d+"  # volumes and pages
    r"|\bArticle \d+\b|\b\d+th Five-Year Plan\b|\bCC BY(?:-SA)? \d\.\d|\bODbL \d\.\d|\bWGS 84\b|\bGCJ-02\b|\bUTF-8\b|\bGB ?18030\b|\bISO \d+",
    re.MULTILINE,
)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_figure_is_typed_into_prose(path):
    """A number in a Markdown cell stands in a Chinese quotation from the report, or is no figure."""
    report = read_report().text
    typed = []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "markdown":
            continue
        text = ALLOWED.sub(" ", cell.source)
        for quoted in re.findall(r"[\u3400-\u9fff、，,“”%\d.]*\d[\u3400-\u9fff、，,“”%\d.]*", text):
            chinese = re.search(r"[\u3400-\u9fff]", quoted)
            years_only = re.fullmatch(r"(?:\D|(?:19|20)\d\d)+", quoted)
            if not (chinese and (years_only or quoted.strip("、，,.“”") in report)):
                typed.append(quoted)
    assert not typed
