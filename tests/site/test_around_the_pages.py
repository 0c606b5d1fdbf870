"""What stands around the pages of a site: its map and feed, addresses, old addresses, frames, and what machines are told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, expect

from cityfolio.site.reading_pages import read_page
from tests.journeys.test_languages import spoken
from tests.programmes import ProgrammeFolder, held_in
from tests.serving import served

ROOT = "https://example.org/green/"
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
ATOM = {"a": "http://www.w3.org/2005/Atom"}
_LINK = re.compile(r"<link ([^>]*)>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def pages(site: Path) -> Mapping[str, str]:
    return {file.relative_to(site).as_posix(): file.read_text("utf-8") for file in sorted(site.rglob("*.html"))}


def links(html: str, rel: str) -> list[dict[str, str]]:
    """The links in the head of a page, of one relation."""
    found = [dict(_ATTRIBUTE.findall(link)) for link in _LINK.findall(html)]
    return [link for link in found if link.get("rel") == rel]


def file_of(address: str) -> str:
    """The file of the site that stands at a full address."""
    assert address.startswith(ROOT)
    path = unquote(address.removeprefix(ROOT))
    return f"{path}index.html" if path.endswith("/") or not path else path


def test_the_map_for_search_engines_lists_every_page_once_by_its_own_address(site: Path) -> None:
    root = ElementTree.fromstring((site / "sitemap.xml").read_bytes())
    listed = [file_of(loc.text or "") for loc in root.findall("s:url/s:loc", SITEMAP)]
    assert len(set(listed)) == len(listed)
    held = pages(site)
    wanted = {
        path
        for path, html in held.items()
        if "embed/" not in path and path != "404.html" and 'http-equiv="refresh"' not in html
    }
    assert set(listed) == wanted
    assert {mod.text for mod in root.findall("s:url/s:lastmod", SITEMAP)} == {"2021-09-15"}
    assert (site / "robots.txt").read_text().splitlines()[-1] == f"Sitemap: {ROOT}sitemap.xml"


def test_the_feed_tells_of_every_release_the_newest_first(site: Path) -> None:
    feed = ElementTree.fromstring((site / "feed.xml").read_bytes())

    def said(at: ElementTree.Element, name: str) -> str:
        (found,) = at.findall(f"a:{name}", ATOM)
        return found.text or ""

    assert (said(feed, "id"), said(feed, "updated")) == (ROOT, "2021-09-15T00:00:00Z")
    assert [link.attrib["href"] for link in feed.findall("a:link[@rel='self']", ATOM)] == [f"{ROOT}feed.xml"]
    assert said(feed.find("a:author", ATOM) or feed, "name") == "Desk of the survey"
    entries = feed.findall("a:entry", ATOM)
    assert [(said(one, "title"), said(one, "updated")) for one in entries] == [
        ("Corrections", "2021-09-15T00:00:00Z"),
        ("First release", "2021-03-01T00:00:00Z"),
    ]
    assert said(entries[0], "summary") == "Two answers of <Busan> & Seoul corrected."
    for entry in entries:
        page, _, anchor = said(entry, "id").partition("#")
        assert anchor in read_page(pages(site)[file_of(page)]).ids
    assert links(pages(site)["index.html"], "alternate")[0]["href"] == "feed.xml"


def test_every_page_names_its_one_full_address_and_the_same_for_those_who_share_it(site: Path) -> None:
    for path, html in pages(site).items():
        canonical = [link["href"] for link in links(html, "canonical")]
        if path == "404.html":
            assert canonical == []
        elif 'http-equiv="refresh"' in html:
            assert file_of(canonical[0]) != path
        else:
            assert [file_of(address) for address in canonical] == [path]
        shared = re.findall(r'<meta property="og:url" content="([^"]*)">', html)
        assert shared in ([], canonical), path


def test_pages_of_two_languages_name_each_other_and_themselves(small: ProgrammeFolder, tmp_path: Path) -> None:
    small.swap("programme.yml", "format: 1\n", f"format: 1\nsite_url: {ROOT}\n")
    spoken(small, "en", "ko").build(tmp_path / "site")
    held = pages(tmp_path / "site")
    named = {
        path: {link["hreflang"]: file_of(link["href"]) for link in links(html, "alternate") if "hreflang" in link}
        for path, html in held.items()
    }
    for path in ("index.html", "cities/alder-aa/index.html", "variables/has_plan/index.html", "map/index.html"):
        assert named[path] == named[f"ko/{path}"] == {"en": path, "ko": f"ko/{path}"}
    assert all(other in held for found in named.values() for other in found.values())


def things(html: str) -> Iterator[dict[str, object]]:
    """What a page tells machines, thing by thing."""
    for block in _DATA.findall(html):
        held = json.loads(block)
        assert held["@context"] == "https://schema.org"
        yield from held["@graph"]


def addresses(held: object) -> Iterator[str]:
    """Every address in what machines are told."""
    if isinstance(held, dict):
        for name, value in held.items():
            if name in ("url", "contentUrl", "item", "@id") and isinstance(value, str):
                yield value
            yield from addresses(value)
    if isinstance(held, list):
        for one in held:
            yield from addresses(one)


def test_what_machines_are_told_has_the_parts_that_they_ask_for_and_leads_somewhere(site: Path) -> None:
    held = pages(site)
    kinds = {"index.html": "WebSite", "data/index.html": "Dataset", "cities/busan-kor/index.html": "Dataset"}
    for path, kind in kinds.items():
        found = list(things(held[path]))
        assert kind in [thing["@type"] for thing in found]
        for thing in found:
            if thing["@type"] == "Dataset":
                assert {"name", "description", "creator", "license", "dateModified", "url"} <= set(thing)
                assert thing["distribution"]
            for address in addresses(thing):
                assert (site / file_of(address.partition("#")[0])).is_file(), address
    crumbs = [thing for thing in things(held["cities/busan-kor/index.html"]) if thing["@type"] == "BreadcrumbList"]
    steps = crumbs[0]["itemListElement"]
    assert isinstance(steps, list)
    assert [(step["position"], step["name"]) for step in steps] == [(1, "Innovation capacity of cities"), (2, "Busan")]
    (profile,) = [thing for thing in things(held["cities/busan-kor/index.html"]) if thing["@type"] == "Dataset"]
    (whole,) = [thing for thing in things(held["data/index.html"]) if thing["@type"] == "Dataset"]
    assert profile["isPartOf"] == {"@id": whole["@id"]}
    assert whole["version"] == "1.1"


def test_an_old_address_leads_to_the_new_one_with_and_without_the_host(site: Path) -> None:
    lines = (site / "_redirects").read_text().splitlines()
    assert "/green/cities/pusan-kor/ /green/cities/busan-kor/ 301" in lines
    assert "/green/variables/areas/ /green/variables/policy_areas/ 301" in lines
    assert "/green/charts/areas/2018-2020.svg /green/charts/policy_areas/2018-2020.svg 301" in lines
    assert "/green/cities/pusan-kor.json /green/cities/busan-kor.json 301" in lines
    held = pages(site)
    for line in lines:
        if not line.split()[0].endswith("/"):
            continue  # data and pictures, where no page can stand
        old, new, _ = line.split()
        path = f"{old.removeprefix('/green/')}index.html"
        (refresh,) = re.findall(r'http-equiv="refresh" content="0; url=([^"]*)"', held[path])
        assert file_of(urljoin(ROOT + path, refresh)) == f"{new.removeprefix('/green/')}index.html"
        assert '<meta name="robots" content="noindex">' in held[path]


def test_the_page_for_wrong_addresses_works_at_any_depth(site: Path, browser: Browser, tmp_path: Path) -> None:
    found = read_page(pages(site)["404.html"]).links
    inside = [link for link in found if not link.startswith(("#", "http", "mailto:"))]
    assert inside
    assert all(link.startswith("/green/") for link in inside)
    assert all((site / link.removeprefix("/green/").partition("?")[0]).is_file() for link in inside)


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_a_number_that_was_cited_is_found_when_the_id_of_its_question_has_changed(
    small: ProgrammeFolder, tmp_path: Path, browser: Browser, script: bool
) -> None:
    small.write("moved.csv", "kind,old,new\nvariable,plan,has_plan\nunit,elder-aa,alder-aa\n")
    small.build(tmp_path / "site")
    lines = (tmp_path / "site" / "_redirects").read_text().splitlines()
    assert "/facts/2022-2024/plan/ /facts/2022-2024/has_plan/ 301" in lines
    assert "/compare/elder-aa/ /compare/alder-aa/ 301" in lines
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    with served(tmp_path / "site") as address:
        for root in (address, f"{(tmp_path / 'site').as_uri()}/"):
            page.goto(f"{root}facts/2022-2024/plan/index.html#yes")
            # The place on the page is taken along by script, or by a host; a page alone leads to the whole of the new one.
            page.wait_for_url(f"{root}facts/2022-2024/has_plan/index.html{'#yes' if script else ''}")
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("shared", "place", "shown"),
    [
        ("compare/index.html?c=elder-aa,birch-aa", ".chosen", "Alder ×Birch ×"),
        ("map/index.html?answer=plan.yes", "select[name=answer] option:checked", "A plan"),
        ("explore/index.html?question=ways&edition=2024", ".explored h2", "Measures"),
        ("explore/index.html?question=ways&by=plan", "select[name=by] option:checked", "Tree plan"),
    ],
)
def test_a_choice_that_was_shared_before_an_id_changed_is_the_same_choice(
    small: ProgrammeFolder, tmp_path: Path, browser: Browser, shared: str, place: str, shown: str
) -> None:
    small.write("moved.csv", "kind,old,new\nvariable,plan,has_plan\nvariable,ways,measures\nunit,elder-aa,alder-aa\n")
    small.build(tmp_path / "site")
    page = browser.new_page()
    page.goto(f"{(tmp_path / 'site').as_uri()}/{shared}")
    expect(page.locator(place)).to_have_text(shown)
    page.close()


# The width and height of what each frame holds, and the height of its text.
IN_FRAMES = """() => [...document.querySelectorAll("iframe")].map(({ contentDocument: { documentElement: page } }) =>
  [page.scrollWidth, page.scrollHeight, page.querySelector("main").offsetHeight])"""


@pytest.mark.browser
@pytest.mark.parametrize("root", ["", "ko/"])
def test_a_chart_has_room_in_the_frame_that_is_offered_and_on_a_phone(
    example_site: Path, address: str, browser: Browser, root: str
) -> None:
    frames = [
        (source, int(height))
        for path in sorted((example_site / root / "variables").glob("*/index.html"))
        for source, height in re.findall(r'iframe src="([^"]*)"[^\n]*? height="(\d+)"', path.read_text("utf-8"))
    ]
    assert len(frames) > 40
    assert all(source.startswith(f"{root}embed/") for source, _ in frames)
    story = "".join(
        f'<iframe src="{source}" style="border: 0; height: {height}px"></iframe>' for source, height in frames
    )
    page = browser.new_page()
    page.route("**/story.html", lambda route: route.fulfill(body=f"<!doctype html>{story}", content_type="text/html"))
    page.goto(f"{address}story.html")
    page.add_style_tag(content="iframe { width: 640px; }")
    for (source, height), (wide, high, text) in zip(frames, page.evaluate(IN_FRAMES), strict=True):
        # As high as the frame, or the page would be higher; not a third higher than what it holds.
        assert (wide, high) == (640, height), source
        assert text > height * 0.7, source
    page.add_style_tag(content="iframe { width: 320px; }")
    for (source, _), (wide, _, _) in zip(frames, page.evaluate(IN_FRAMES), strict=True):
        assert wide == 320, source
    page.close()


@pytest.mark.browser
def test_a_chart_in_a_frame_shows_without_script_asks_no_other_host_and_opens_links_outside(
    site: Path, browser: Browser, tmp_path: Path
) -> None:
    with served(site) as address, served(tmp_path) as elsewhere:
        frame = f'<iframe src="{address}embed/2018-2020/policy_areas/index.html" title="Areas" width="400"></iframe>'
        (tmp_path / "story.html").write_text(f"<!doctype html><title>Story</title>{frame}")
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{elsewhere}story.html")
        shown = page.frame_locator("iframe")
        assert shown.locator("table tbody tr").count() > 5
        assert shown.locator("base").get_attribute("target") == "_blank"
        assert "Of the cities of the pooled edition" in shown.locator("caption").inner_text()
        context.close()
        assert all(one.startswith((address, elsewhere)) for one in asked)


def test_without_an_address_of_the_site_nothing_names_one(small: ProgrammeFolder, tmp_path: Path) -> None:
    small.build(tmp_path / "site")
    made = held_in(tmp_path / "site")
    assert not {"sitemap.xml", "robots.txt", "feed.xml"} & set(made)
    for path, content in made.items():
        if path.endswith(".html"):
            assert b'property="og:' not in content
            assert b"application/ld+json" not in content
