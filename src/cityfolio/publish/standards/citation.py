"""How to cite a release: CITATION.cff, a sentence, and BibTeX."""

from __future__ import annotations

from cityfolio.publish.dataset import Dataset

__all__ = ["citation_bibtex", "citation_cff", "citation_sentence"]


def citation_sentence(dataset: Dataset) -> str:
    """The citation in words: who publishes it, title, version, date, where it stands."""
    version = f", version {dataset.version}" if dataset.version else ""
    date = f" ({dataset.date})" if dataset.date else ""
    where = f". {dataset.site_url}" if dataset.site_url else ""
    who = f"{dataset.publisher}. " if dataset.publisher else ""
    return f"{who}{dataset.title}{version}{date}. Data set{where}".rstrip(".") + "."


def citation_bibtex(dataset: Dataset) -> str:
    """The citation for BibTeX."""
    fields = {
        "author": f"{{{_plain(dataset.publisher)}}}" if dataset.publisher else "",
        "title": dataset.title,
        "version": dataset.version,
        "year": dataset.date[:4],
        "url": dataset.site_url,
    }
    lines = [f"  {name} = {{{text if name == 'author' else _plain(text)}}}," for name, text in fields.items() if text]
    return "\n".join([f"@misc{{{dataset.id},", *lines, "}"])


def citation_cff(dataset: Dataset) -> bytes:
    """CITATION.cff 1.2.0."""
    fields = [
        ("cff-version", "1.2.0"),
        ("type", "dataset"),
        ("message", "If you use these data, please cite them as below."),
        ("title", dataset.title),
        ("abstract", dataset.summary),
        ("version", dataset.version),
        ("date-released", dataset.date),
        ("url", dataset.site_url),
    ]
    lines = [f"{name}: {_scalar(name, text)}" for name, text in fields if text]
    lines += ["authors:", f"  - name: {_quoted(dataset.publisher or f'The makers of {dataset.title}')}"]
    if dataset.sources:
        lines.append("references:")
        for title, url in dataset.sources:
            lines += [
                "  - type: generic",
                f"    title: {_quoted(title)}",
                "    authors:",
                f"      - name: {_quoted(title)}",
            ]
            lines += [f"    url: {_quoted(url)}"] if url else []
    return ("\n".join(lines) + "\n").encode("utf-8")


def _scalar(name: str, text: str) -> str:
    return text if name in ("cff-version", "type") else _quoted(text)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def _plain(text: str) -> str:
    return text.replace("{", "(").replace("}", ")")
