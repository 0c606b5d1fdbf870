"""How templates are compiled and run: Jinja, with what a site of thousands of pages has no use for left out.

Jinja asks of everything that is called whether it wants the context, and of every attribute that is not there whether it is an
item. Our templates use functions that want nothing and attributes that are there, and a tenth of the calls is enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from typing import Any, TypeVar

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.runtime import Context
from markupsafe import Markup, escape

from cityfolio.site.compiled_templates import CompiledTemplates
from cityfolio.site.fact_links import safe

__all__ = ["COMPILED", "TemplateLanguage", "Unindented"]

Given = TypeVar("Given")

COMPILED = CompiledTemplates(__file__)


class _Context(Context):
    """The names of a template. What it calls is called as it stands there."""

    def call(
        self,
        called: Callable[..., Given],
        /,
        *given: object,
        _block_vars: object = None,
        _loop_vars: object = None,
        **names: object,
    ) -> Given:
        return called(*given, **names)


class _Writer(CodeGenerator):
    """Compiles templates so that what they show is escaped by `TemplateLanguage.shown`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("environment.shown(")


class TemplateLanguage(Environment):
    """The environment of the templates: always escaped, and strict: an attribute that is not there is an error.

    >>> TemplateLanguage(autoescape=True).from_string("{{ name }} {{ name.upper() }}{{ 1 }}").render(name="<b>")
    '&lt;b&gt; &lt;B&gt;1'
    """

    code_generator_class = _Writer
    context_class = _Context
    getattr = getattr  # type: ignore[assignment] # what stands behind a point is an attribute, never an item

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._found: dict[str, Template] = {}

    @staticmethod
    def shown(value: object) -> str:
        """What a template shows, escaped. Most texts stand on many pages, so those are escaped once."""
        if type(value) is str:
            return safe(value)
        return value if type(value) is Markup else escape(value)

    def make_globals(self, d: MutableMapping[str, object] | None) -> MutableMapping[str, object]:
        """The names that all templates have, and those of one, in one mapping: each of thousands of contexts copies it."""
        return {**self.globals, **(d or {})}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, object] | None = None,  # noqa: A002 - so named by Jinja
    ) -> Template:
        """The template of a name, which is looked for once."""
        if isinstance(name, Template):
            return name
        if name not in self._found:
            self._found[name] = super().get_template(name, parent, globals)
        return self._found[name]


class Unindented(Extension):
    """Drops the indentation of templates, so that it costs no byte on any page."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source without it."""
        return re.sub(r"(?m)^[ \t]+", "", source)
