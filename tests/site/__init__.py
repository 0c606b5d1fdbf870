"""Tests of the static site."""  # noqa: A005 - named like the package it tests
