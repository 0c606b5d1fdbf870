"""How fast profiles and comparisons are printed as PDF files."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from benchmarks.site.building import build_command
from benchmarks.site.measuring import EXAMPLE, Line, Runs, Setting, run_once, timed

from cityfolio.build.papers import Papers
from cityfolio.build.running import Builder

COMPARED = (
    "busan-kor,seoul-kor",
    "atlanta-us,boulder-us",
    "busan-kor,incheon-kor,groups.country-KOR",
    "seoul-kor,sofia-bgr,busan-kor,athens-grc",
    "busan-kor,groups.country-KOR,groups.continent-AS,groups.size-1m-and-more",
    "busan-kor,seoul-kor,incheon-kor,paris-fra,london-uk,new-york-city-us",
)


def paper_lines(setting: Setting) -> list[Line]:
    """`cityfolio build --pdf` of the example beside the same without; the difference is what the PDF files take."""
    plain, _ = run_once(build_command(EXAMPLE, setting.work))
    printing, _ = run_once([*(command := build_command(EXAMPLE, setting.work)), "--pdf"])
    made = list(Path(command[-1]).rglob("*.pdf"))
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
        *_comparison_lines(setting),
    ]


def _comparison_lines(setting: Setting) -> list[Line]:
    """Comparisons of two to six columns in both languages, asked one by one of a press that has printed before."""
    builder = Builder(EXAMPLE, papers=Papers(on_demand=True))
    builder.build(setting.work / "served")
    paths = [f"{prefix}compare/{chosen}.pdf" for prefix in ("", "ko/") for chosen in COMPARED]
    builder.press.one(paths[0])
    sizes: list[int] = []

    def one(path: str) -> None:
        made = builder.press.one(path)
        if made is None:
            raise ValueError(f"{path} should be a comparison of the example, but nothing was printed for it.")
        sizes.append(len(made))

    runs = Runs(tuple(timed(partial(one, path)) for path in paths))
    kilobytes = sum(sizes) / len(sizes) / 1000
    return [Line("a comparison, by one process", "none set", f"{runs.shown}; {kilobytes:.0f} kB on average")]
