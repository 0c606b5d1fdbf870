#!/bin/sh
# Everything: what `make test` runs, what is slow, and the engines on a Spark cluster of two workers.
set -eu
if ! Rscript -e 'library(survey); library(haven); library(readr); library(jsonlite); library(rsdmx)' >/dev/null 2>&1; then
  echo "Random samples are compared with R, and R reads the published files:" >&2
  echo "  apt-get install r-base-core r-cran-survey r-cran-haven r-cran-readr r-cran-jsonlite r-cran-rsdmx" >&2
  exit 1
fi
# Validators that only the slow tests need have a virtual environment of their own.
validators=.venv/validators
[ -x "$validators/bin/python" ] || .venv/bin/python -m venv "$validators"
"$validators/bin/python" -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/validators.txt
CITYFOLIO_CASES=thorough CITYFOLIO_EXAMPLES=60 .venv/bin/python -m pytest -n auto --dist loadfile --no-loadscope-reorder -m "not spark"
if ! command -v java >/dev/null 2>&1; then
  echo "The Spark tests need Java 17:  apt-get install openjdk-17-jre-headless" >&2
  exit 1
fi
# PySpark is large and only these tests need it, so it has a virtual environment of its own.
spark=.venv/spark
[ -x "$spark/bin/python" ] || .venv/bin/python -m venv "$spark"
"$spark/bin/python" -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/spark.txt
"$spark/bin/python" -m pip --disable-pip-version-check --quiet install --no-deps --no-build-isolation --editable .
# PySpark leaves sockets for the garbage collector to close; an example costs a hundred times as much in a cluster.
CITYFOLIO_EXAMPLES=8 "$spark/bin/python" -W ignore::ResourceWarning -m pytest -m spark tests/engine \
  -W ignore::ResourceWarning -W ignore::DeprecationWarning \
  -W ignore::pytest.PytestUnraisableExceptionWarning
