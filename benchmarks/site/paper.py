"""How fast profiles are printed as PDF files."""

from __future__ import annotations

import shutil

from benchmarks.site.building import build_command
from benchmarks.site.measuring import EXAMPLE, Line, Setting, run_once


def paper_lines(setting: Setting) -> list[Line]:
    """`cityfolio build --pdf` of the example beside the same without; the difference is what the PDF files take."""
    plain, _ = run_once(build_command(EXAMPLE, setting.work))
    shutil.rmtree(setting.work / "site", ignore_errors=True)
    printing, _ = run_once([*build_command(EXAMPLE, setting.work), "--pdf"])
    made = list((setting.work / "site").rglob("*.pdf"))
    if not made:
        return [Line("PDF files of the example", "all profiles", "none", met=False)]
    took = printing.seconds - plain.seconds
    size = sum(path.stat().st_size for path in made) / len(made)
    cores = (printing.processor - plain.processor) / took
    return [
        Line(
            f"`cityfolio build --pdf`, the example: {len(made)} PDF files more",
            "none set",
            f"{took:.1f} s more (n = 1; processor {printing.processor - plain.processor:.1f} s; {cores:.1f} cores)",
        ),
        Line("rate", "none set", f"{len(made) / took:.2f} files a second, {size / 1000:.0f} kB each on average"),
        Line("peak memory, all processes together", "none set", f"{printing.peak:.0f} MB"),
    ]
