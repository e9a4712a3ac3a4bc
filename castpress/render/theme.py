"""A theme ready for use: its compiled templates, and its style sheet and script as files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.exceptions import TemplateNotFound, TemplatesNotFound
from markupsafe import Markup

from castpress.model.artifact import Artifact, Wave, text_artifact
from castpress.model.brand import Brand
from castpress.model.look import MEASURES
from castpress.model.messages import messages_in
from castpress.model.palette import contrast
from castpress.model.problem import Location, Problem, Severity
from castpress.render.html_text import calm, whole
from castpress.render.script import without_notes
from castpress.render.style_sheet import slimmed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, MutableMapping

    from jinja2 import BytecodeCache

    from castpress.model.look import Look
    from castpress.model.messages import Messages
    from castpress.model.palette import Palette
    from castpress.render.page_views import PageView

FOLDER = PurePosixPath("templates")

_BLACK = "#141210"

# What a faulty expression in an author's template can raise: `1 + "a"`, `x / 0`, `items[9]`.
TEMPLATE_FAULTS = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Theme:
    """The templates in each language, the addresses of the theme's own files, icons, cards.

    ``assets`` are for every page, ``search_script`` for the one that searches.
    """

    environments: _Environments
    css_path: str
    js_path: str
    icon_path: str
    assets: tuple[Artifact, ...]
    search_script: Artifact
    brand: Brand

    def render(
        self, name: str, *, page: PageView, **values: object
    ) -> tuple[str | None, tuple[Problem, ...]]:
        """The page that one template makes; None and the problem where the template is faulty."""
        try:
            template = self.environments.of(page.language).get_template(name)
            return template.render(values, page=page), ()
        except TEMPLATE_FAULTS as fault:
            return None, (template_problem(name, fault),)

    def templates_of(self, name: str) -> tuple[str, ...]:
        """The template and all that it was seen to extend, include or import, and those in turn."""
        found = {name}
        ahead = [name]
        while ahead:
            new = self.environments.asked_for.get(ahead.pop(), set()) - found
            found |= new
            ahead += new
        return tuple(sorted(found))


class _Environment(Environment):
    """Remembers which template asked for which, so that pages need not guess what they read."""

    def __init__(
        self,
        load: Callable[[str], tuple[str, str, None] | None],
        bytecode_cache: BytecodeCache | None,
        asked_for: dict[str, set[str]],
    ) -> None:
        super().__init__(
            loader=FunctionLoader(load),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            cache_size=-1,
            bytecode_cache=bytecode_cache,
        )
        self.asked_for = asked_for

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """Jinja's, and the asking is kept."""
        self._keep(parent, (name,))
        return super().get_template(name, parent, globals)

    def select_template(
        self,
        names: Iterable[str | Template],
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """Jinja's, and the asking is kept: for those that are not there too."""
        wanted = tuple(names)
        self._keep(parent, wanted)
        return super().select_template(wanted, parent, globals)

    def _keep(self, parent: str | None, names: tuple[str | Template, ...]) -> None:
        if parent is not None:
            asked = self.asked_for.setdefault(parent, set())
            asked.update(name for name in names if isinstance(name, str))


class _Environments:
    """The templates with the phrases of one language each, made when a page asks for them.

    What is drawn once for all pages (a macro's file keeps it) is so drawn once in each language.
    """

    def __init__(
        self,
        load: Callable[[str], tuple[str, str, None] | None],
        bytecode_cache: BytecodeCache | None,
        messages: tuple[Messages, ...],
    ) -> None:
        self._load = load
        self._bytecode_cache = bytecode_cache
        self._messages = messages
        self._made: dict[str, _Environment] = {}
        self.asked_for: dict[str, set[str]] = {}

    def of(self, language: str) -> _Environment:
        """The templates for pages in that language."""
        say = messages_in(language, self._messages)
        if say.language not in self._made:
            made = _Environment(self._load, self._bytecode_cache, self.asked_for)
            made.filters["calm"] = calm
            made.filters["whole"] = whole
            made.globals["t"] = say
            made.globals["linked"] = partial(_linked, say)
            made.globals["forms"] = say.forms
            self._made[say.language] = made
        return self._made[say.language]


def _linked(say: Messages, name: str, /, **values: object) -> Markup:
    """A phrase whose links are links."""
    return Markup(say.html(name, **values))  # noqa: S704 # all but its own tags is escaped


def prepare_theme(
    templates: Mapping[str, str],
    palette: Palette | None,
    initial: str,
    base_url: str = "",
    *,
    look: Look | None = None,
    brand: Brand | None = None,
    messages: tuple[Messages, ...] = (),
    bytecode_cache: BytecodeCache | None = None,
) -> Theme:
    """The theme of templates by name, with the show's own colours.

    ``look`` is what the show sets of its own; a file ``show.css`` of the show stands behind all.
    ``initial`` is the letter of the icon that stands in for missing artwork; links to the host of
    ``base_url`` are not marked as leading elsewhere. ``messages`` are what the templates say by
    themselves, as ``t("section.name")``. ``bytecode_cache`` spares the compiling of
    templates that were compiled before.
    """

    def load(name: str) -> tuple[str, str, None] | None:
        text = templates.get(name)
        # The file name makes Jinja report lines of the template, not of the code made from it.
        return None if text is None else (text, (FOLDER / name).as_posix(), None)

    environments = _Environments(load, bytecode_cache, messages)
    style = "".join(
        (
            slimmed(templates.get("theme.css", "")),
            _colours(palette),
            _own_look(look) if look else "",
            _own_links(base_url),
            slimmed(templates.get("show.css", "")),
        )
    )
    css = _asset("theme", "css", style)
    js = _asset("player", "js", without_notes(templates.get("player.js", "")))
    icon = _asset("icon", "svg", _icon(initial, palette))
    search = _asset("search", "js", without_notes(templates.get("search.js", "")))
    assets = (css, js, icon)
    paths = (css.path, js.path, icon.path)
    return Theme(environments, *paths, assets, search, brand or Brand())


def _asset(name: str, ending: str, text: str) -> Artifact:
    """A file named after its content, so that browsers may keep it for ever."""
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
    return text_artifact(f"assets/{name}-{digest}.{ending}", text, Wave.SIDECAR)


def _colours(palette: Palette | None) -> str:
    """The palette as custom properties, after the theme's own so that it wins."""
    if palette is None:
        return ""
    light = f"--accent:{palette.light};--on-accent:{_on(palette.light)}"
    dark = f"--accent:{palette.dark};--on-accent:{_on(palette.dark)}"
    return f"\n:root{{{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def _own_look(look: Look) -> str:
    """The show's own properties, behind those of the theme and of the artwork."""
    light, dark = (_properties(dict(colours)) for colours in (look.light, look.dark))
    light += "".join(f"--{MEASURES[name]}:{value};" for name, value in look.measures)
    return f"\n:root{{{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def _properties(colours: dict[str, str]) -> str:
    """Colours as custom properties; what stands on the accent follows from it."""
    if "accent" in colours:
        colours.setdefault("on_accent", _on(colours["accent"]))
    return "".join(f"--{name.replace('_', '-')}:{value};" for name, value in colours.items())


def _own_links(base_url: str) -> str:
    """The rule that takes the mark of links to elsewhere from whole addresses of the show's own."""
    host = urlsplit(base_url).netloc.replace("\\", "")
    if not host:
        return ""
    own = ",".join(f'a[href^="{scheme}://{host}/"]' for scheme in ("https", "http"))
    return f"\n{own}{{--external:none}}\n"


def _on(colour: str) -> str:
    """Black or white, whichever is easier to read on the colour.

    >>> _on("#7a2e12"), _on("#f3b391")
    ('#fff', '#141210')
    """
    return "#fff" if contrast(colour, "#ffffff") >= contrast(colour, _BLACK) else _BLACK


def _icon(initial: str, palette: Palette | None) -> str:
    """A square with one letter; ``initial`` is a single letter or digit, so it needs no escape."""
    fill = palette.light if palette else "#8a3a1c"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="14" fill="{fill}"/>'
        f'<text x="32" y="45" font-family="Georgia,serif" font-size="38" text-anchor="middle" '
        f'fill="{_on(fill)}">{initial}</text></svg>\n'
    )


def template_problem(name: str, fault: Exception) -> Problem:
    """The fault in the author's words, at the line of the template where it happened."""
    message = fault.message if isinstance(fault, TemplateError) else str(fault)
    if isinstance(fault, TemplateNotFound | TemplatesNotFound):
        message = f"there is no template named {message or name}"
    file, line = _place(name, fault)
    return Problem(
        code="template-error",
        message=" ".join((message or type(fault).__name__).split()),
        location=Location(file, line),
        severity=Severity.ERROR,
        help=f"mend {file.as_posix()}, or delete it to use the theme's own; "
        "docs/templates.md lists what each template receives",
    )


def _place(name: str, fault: Exception) -> tuple[PurePosixPath, int]:
    if isinstance(fault, TemplateSyntaxError):
        return FOLDER / (fault.name or name), fault.lineno
    place = (FOLDER / name, 0)
    trace = fault.__traceback__
    while trace is not None:
        file = PurePosixPath(trace.tb_frame.f_code.co_filename)
        if file.parts[:1] == FOLDER.parts:
            place = (file, trace.tb_lineno)
        trace = trace.tb_next
    return place
