"""The command line: ``python -m gwr COMMAND``; ``python -m gwr --help`` lists the commands."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from gwr.errors import DataError


def check(_: argparse.Namespace) -> int:
    """check every table by every rule; say what is wrong, or how many rows there are"""
    from gwr.report.check import check_everything

    tables, faults = check_everything()
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        print(f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'} in the tables.", file=sys.stderr)
        return 1
    print(", ".join(f"{name} {len(rows)}" for name, rows in tables.items()))
    return 0


def notebooks(args: argparse.Namespace) -> int:
    """run the notebooks and store their outputs in the files"""
    from gwr.site.notebooks import NotebookError, all_notebooks, run_all, store

    paths = [Path(name).resolve() for name in args.paths] or all_notebooks()
    try:
        for path, outputs, ran in run_all(paths):
            changed = store(path, outputs)
            print(f"{path.name}: {'run' if ran else 'up to date'}{', outputs changed' if changed else ''}", flush=True)
    except NotebookError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def site(_: argparse.Namespace) -> int:
    """build the site into _build/html"""
    from gwr.errors import SiteError
    from gwr.site.build import build_site
    from gwr.site.notebooks import NotebookError

    try:
        print(f"built {build_site()}")
    except (NotebookError, SiteError, OSError) as error:
        why = str(error)
        if isinstance(error, OSError) and error.filename:
            why = f"{error.filename}: {error.strerror}. To do: check the disk and the permissions."
        print(f"{why}\nThe site was not built; the last good one, if any, is still in place.", file=sys.stderr)
        return 1
    return 0


def pdf(args: argparse.Namespace) -> int:
    """print the built site into PDFs with bookmarks, one for each edition"""
    from gwr.site.pdf import PdfError, build_pdf
    from gwr.words.language import LOCALES

    if args.out and not args.language:
        print("--out names one file. To do: say with --language which edition it is for.", file=sys.stderr)
        return 1
    for language in [args.language] if args.language else LOCALES:
        try:
            made = build_pdf(language, args.out, only=args.pages, say=lambda step: print(f"    {step}", flush=True))
        except PdfError as error:
            print(f"{error}.\nThe PDF was not made; the last good one, if any, is still in place.", file=sys.stderr)
            return 1
        print(f"made {made} ({made.stat().st_size / 1e6:.1f} MB)")
    return 0


def lab_settings(args: argparse.Namespace) -> int:
    """write the settings with which JupyterLab draws charts and maps without network"""
    from gwr.site.lab import write_settings

    write_settings(args.folder, args.ipython)
    return 0


def seal(args: argparse.Namespace) -> int:
    """bring the checksums in the two datapackage.json up to date; what a command made is sealed by its name only"""
    from gwr.paths import DATA, GEO
    from gwr.report.checksums import seal_all, seal_faults

    print(", ".join(seal_all(args.names)) or "nothing was sealed anew")
    left = seal_faults(DATA) + seal_faults(GEO)
    for fault in left:
        print(fault, file=sys.stderr)
    return 1 if left else 0


def catalogues(args: argparse.Namespace) -> int:
    """bring the translation catalogues up to date, or check them for a release (--check)"""
    from gwr.words.catalogues import BY_HAND, domains, faults, untranslated, update
    from gwr.words.language import LOCALES

    wrong: list[str] = []
    waiting: list[str] = []
    if not args.check and (not args.names or "data" in args.names):
        from gwr.paths import DATA, GEO
        from gwr.report.rules.word_rules import SENTENCES
        from gwr.report.schema import read_package
        from gwr.words.catalogues import add_sentences

        resources = read_package(DATA) | read_package(GEO)
        sentences = [
            row[column] for table, columns in SENTENCES.items() for column in columns for row in resources[table].read()
        ]
        for language in (code for code in LOCALES if code != "en"):
            if added := add_sentences(sentences, language):
                print(f"data: {added} sentences added; their Chinese is empty")
    for language in (code for code in LOCALES if code != "en"):
        for domain, path in [*domains(), *((domain, None) for domain in BY_HAND)]:
            if args.names and domain.removeprefix("pages/") not in args.names:
                continue
            if not args.check:
                if domain not in BY_HAND and update(domain, path, language):
                    print(f"{domain}: catalogue changed")
                continue
            wrong += [] if domain in BY_HAND else faults(domain, path, language)
            waiting += untranslated(domain, language)
    for line in wrong + waiting:
        print(line, file=sys.stderr)
    if args.check:
        print(f"{len(wrong)} faults; {len(waiting)} messages stand in English, which a release does not allow")
    return 1 if wrong or waiting else 0


def permalinks(_: argparse.Namespace) -> int:
    """note the public addresses of the built site in tests/permalinks.txt"""
    from gwr.site.build import SITE
    from gwr.site.permalinks import update_permalinks

    if not (SITE / "book").is_dir():
        raise DataError(SITE, "there is no site", expected="a built site", remedy="run 'make book' first")
    new, broken = update_permalinks(SITE)
    print(f"{len(new)} new addresses noted" if new else "no new addresses")
    for address in broken:
        print(
            f"{address} is gone. If the page has moved, say so in book/redirects.csv; if an anchor has, keep it beside the new one "
            f'as <span id="…"></span>. Then build again.',
            file=sys.stderr,
        )
    return 1 if broken else 0


def extract(args: argparse.Namespace) -> int:
    """read the quantities out of any work report (text, HTML, DOCX, PDF)"""
    from gwr.extract import export
    from gwr.extract import extract as read
    from gwr.extract.reading import read_document

    if args.format == "parquet" and args.out is None:
        raise DataError("-o", "no file to write to", expected="-o FILE with --format parquet", remedy="add -o FILE")
    document = read_document(args.report)
    result = read(document.text)
    for note in document.notes:
        print(f"{args.report}: {note}", file=sys.stderr)
    if not result.quantities:
        print(f"{args.report}: no quantity was found in {len(document.text):,} characters of text", file=sys.stderr)
    write = export.write_json if args.format == "json" else export.write_csv
    if args.format == "parquet":
        export.write_parquet(result.quantities, args.out)
    elif args.out is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        write(result.quantities, sys.stdout)
    else:
        with args.out.open("w", encoding="utf-8", newline="") as file:
            write(result.quantities, file)
    if args.text:
        with args.text.open("w", encoding="utf-8", newline="") as file:
            file.write(document.text)
    if args.others:
        with args.others.open("w", encoding="utf-8", newline="") as file:
            export.write_others(result.others, file)
    if args.out is not None:
        print(f"{args.out}: {len(result.quantities)} quantities; {len(result.others)} numerals that state none")
    return 0


def corpus(args: argparse.Namespace) -> int:
    """read a folder of reports into one Parquet file, on all cores or a Dask cluster"""
    from gwr.extract.corpus import build
    from gwr.extract.progress import bar

    done = build(args.folder, args.out, workers=args.workers, scheduler=args.scheduler, progress=bar)
    print(f"{args.out}: {done.rows} quantities from {done.reports} reports ({done.already} of them read before)")
    if done.skipped:
        print(f"{done.skipped} reports gave nothing; the reasons are in {args.out}.errors.csv", file=sys.stderr)
    return 0


def beside(args: argparse.Namespace) -> int:
    """write the tables of what the report shares with those of city, province and State Council, and of what it leaves out"""
    from gwr.analysis.beside_reports import write_beside
    from gwr.report.tables import load_tables

    written = write_beside(args.corpus, load_tables())
    print(
        ", ".join(f"{name} {rows}" for name, rows in written.items())
        + f"; now run 'python -m gwr seal {' '.join(written)}'"
    )
    return 0


def panel(args: argparse.Namespace) -> int:
    """make the tables of targets and results from a folder or a Parquet file of reports"""
    from gwr.extract.panel import build_panel, scratch
    from gwr.extract.progress import bar

    done = build_panel(args.reports, args.out, workers=args.workers, scheduler=args.scheduler, progress=bar)
    print(
        f"{args.out}: {done.rows} targets and results from {done.reports} reports ({done.already} of them read before)"
    )
    if done.skipped:
        print(
            f"{done.skipped} reports gave nothing; the reasons are in {scratch(args.out)}.errors.csv", file=sys.stderr
        )
    return 0


def new(args: argparse.Namespace) -> int:
    """start a book of the same shape from another report"""
    from gwr.extract.starter import start

    made = start(args.report, args.folder)
    print(f"{args.folder}: {len(made)} files. Build it with: jupyter-book build {args.folder}")
    return 0


def main() -> int:
    """Runs the command named on the command line; returns the exit status: 0, or 1 after a message that says what to do."""
    parser = argparse.ArgumentParser(prog="python -m gwr")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("check", help=check.__doc__).set_defaults(task=check)
    closed = commands.add_parser("seal", help=seal.__doc__)
    closed.add_argument("names", nargs="*", help="tables that a command made; all written by hand if left out")
    closed.set_defaults(task=seal)
    commands.add_parser("site", help=site.__doc__).set_defaults(task=site)
    paper = commands.add_parser("pdf", help=pdf.__doc__)
    paper.add_argument("pages", nargs="*", help="pages to print, such as 16_atlas; all if left out")
    paper.add_argument("--language", help="the edition: en or zh; both, one after the other, if left out")
    paper.add_argument("-o", "--out", type=Path, help="the file to make, with --language; in _build if left out")
    paper.set_defaults(task=pdf)
    commands.add_parser("permalinks", help=permalinks.__doc__).set_defaults(task=permalinks)
    run = commands.add_parser("notebooks", help=notebooks.__doc__)
    run.add_argument("paths", nargs="*", help="notebooks to run; all if left out")
    run.set_defaults(task=notebooks)
    lab = commands.add_parser("lab-settings", help=lab_settings.__doc__)
    lab.add_argument("folder", type=Path, help="a folder in which Jupyter looks for its configuration")
    lab.add_argument("--ipython", type=Path, metavar="FOLDER", help="also set up IPython in this folder (IPYTHONDIR)")
    lab.set_defaults(task=lab_settings)
    words = commands.add_parser("catalogues", help=catalogues.__doc__)
    words.add_argument("names", nargs="*", help="domains: pages or modules without ending; all if left out")
    words.add_argument("--check", action="store_true", help="say what is wrong or lacks a translation; write nothing")
    words.set_defaults(task=catalogues)
    one = commands.add_parser("extract", help=extract.__doc__)
    one.add_argument("report", type=Path, help="the report")
    one.add_argument("-o", "--out", type=Path, help="where to write the table; the screen if left out")
    one.add_argument("--format", choices=("csv", "json", "parquet"), default="csv")
    one.add_argument("--text", type=Path, metavar="FILE", help="also write the text that the offsets count in")
    one.add_argument(
        "--others", type=Path, metavar="FILE", help="also write the numerals that state no quantity, with reasons"
    )
    one.set_defaults(task=extract)
    many = commands.add_parser("corpus", help=corpus.__doc__)
    many.add_argument("folder", type=Path, help="the folder with the reports")
    many.add_argument("-o", "--out", type=Path, required=True, help="the Parquet file")
    many.set_defaults(task=corpus)
    above = commands.add_parser("beside", help=beside.__doc__)
    above.add_argument("corpus", type=Path, help="the Parquet file with the reports")
    above.set_defaults(task=beside)
    tables = commands.add_parser("panel", help=panel.__doc__)
    tables.add_argument("reports", type=Path, help="the folder, or the Parquet file")
    tables.add_argument("-o", "--out", type=Path, required=True, help="the folder of the two tables")
    tables.set_defaults(task=panel)
    for command in (many, tables):
        command.add_argument("--workers", type=int, help="processes on this machine; one for each core if left out")
        command.add_argument("--scheduler", metavar="ADDRESS", help="a Dask scheduler, such as tcp://host:8786")
    start = commands.add_parser("new", help=new.__doc__)
    start.add_argument("report", type=Path, help="the report")
    start.add_argument("folder", type=Path, help="the folder to make")
    start.set_defaults(task=new)
    args = parser.parse_args()
    try:
        return int(args.task(args))
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read the output has seen enough (… | head)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(
            f"{error.filename or 'the output'}: {error.strerror}. To do: check the name, the permissions and the disk.",
            file=sys.stderr,
        )
        return 1


if __name__ == "__main__":
    sys.exit(main())
