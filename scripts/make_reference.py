"""Writes the pages of docs/reference that follow from the code: findings, command line, columns of facts.csv.

Run it after a change of the catalogue of findings, of a command or of a released column:

    .venv/bin/python scripts/make_reference.py

With `--check` nothing is written; the exit code says whether a page is out of date.
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

import click
import typer

from cityfolio.build.released import fact_columns_described
from cityfolio.cli.application import app, register_commands
from cityfolio.findings import CATALOGUE, Severity
