from pathlib import Path
from cityfolio.site.audit import audit
def test_the_sample_site_has_no_problem(site: Path) -> None:
    assert audit(site) == []
