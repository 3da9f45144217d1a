"""The project as MkDocs sees it: the only module that imports `mkdocs`.

In: MkDocs' events. Out: the Japanese tree as pages that mkdocs-static-i18n understands, collation
pages, the languages of each page, and what templates ask for. Each hook calls functions that know
nothing of MkDocs. Refuses to build from input that would break a citation.

static-i18n insists that all pages lie in one `docs_dir`, and makes each `File` anew. So `docs_ja/x.md`
is announced as `docs/x.ja.md` before it runs, and pointed at its real place after.

The steps, in the order in which MkDocs takes them, stand in ARCHITECTURE.md (“Under MkDocs”), once for each
language. The plugin with the higher priority goes first; static-i18n has -100 for files, 50 for texts.
"""

from __future__ import annotations

import datetime
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.commands import serve
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils.templates import TemplateContext

from kb import checks, english, exports, project, refusals, rendering, suffixed, views
from kb import corpus as corpora
from kb.citation import styles
from kb.commands import transaction
from kb.exports import epub, headers
from kb.files import write, write_all
from kb.languages import CHINESE, JAPANESE, LANGUAGES, Language
from kb.reading.trees import Element
from kb.reporting import catalogue, text
from kb.search import index
from kb.serving.preview import Preview
from kb.serving.server import attach
from kb.targets import composed, encoded, file_address, file_place
from kb.views import generated

_BOOK_STYLE = "assets/kb/epub.css"
# What Material ships and no page of ours asks for.
_UNUSED = ("assets/javascripts/", "assets/images/", "assets/stylesheets/palette")

_LOG = logging.getLogger("mkdocs.plugins.kb")


class _NoOptions(Config):
    """What mkdocs.yml may say below the plugin's name."""


class KnowledgeBase(BasePlugin[_NoOptions]):
    """Reads the project once a build, and hands each event what it needs of it."""

    project: project.Project
    root: Path
    today: str
    views: dict[str, views.View]  # of the language that is built now, by the place of the page
    # Documents that were finished for one of their pages, until the last has been made.
    documents: dict[str, rendering.Document]
    entries: dict[tuple[str, ...], Element]  # of the glossary, as books have them
    book_style = ""
    preview: Preview | None = None  # while `mkdocs serve` runs

    def on_startup(self, *, command: str, dirty: bool) -> None:
        if command == "serve":
            self.preview = Preview(lambda: checks.run(self.project, self.today)
                                   if hasattr(self, "project") else (), is_dirty=dirty)
            # The first build has no hook around it, and would end the server before it begins.
            serving = cast(Any, serve)
            serving.build = self.preview.guarded(serving.build)

    def on_serve(self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any
                 ) -> LiveReloadServer:
        if self.preview:
            attach(server, self.preview, Path(config.docs_dir))
        return server

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        i18n = config.plugins.get("i18n")
        if i18n is None:
            raise Abort("kb: the plugin “i18n” is not in mkdocs.yml; it must stand after “kb”")
        if not config.use_directory_urls:
            raise Abort("kb: use_directory_urls must be true: pages are cited by addresses that end in “/”")
        if not i18n.building:  # static-i18n builds once for each language: read once for all
            if self.preview:
                config.site_dir = str(self.preview.fresh(Path(config.site_dir)))
            self.root, self.today = Path(config.docs_dir).parent, datetime.date.today().isoformat()
            self.project = project.read(self.root)
            self.views, self.documents, self.entries = {}, {}, {}
            found = (*transaction.foreign(self.root), *checks.blocking(self.project, self.today))
            if self.preview:
                self.preview.blocking = found
            _refuse(text.refusal(found, catalogue.language()))
            if not styles.installed():
                _LOG.info("no citation processor (`make processor`): pages offer citation files only")
            if config.nav:
                config.nav = views.ways.navigation(self.project, config.nav) or None
        return config

    @event_priority(100)
    def _announce(self, files: Files, config: MkDocsConfig) -> Files:
        # Here, when every plugin has had its say; from here on MkDocs would load them for each page in vain.
        _refuse(refusals.of_extensions(self.project, config.markdown_extensions))
        config.markdown_extensions = []
        for file in [f for f in files if f.src_dir != config.docs_dir
                     and (f.src_uri.startswith(_UNUSED) or f.src_uri.endswith(".map"))]:
            files.remove(file)
        for file in [f for f in files if f.src_uri != composed(f.src_uri)]:
            files.remove(file)  # comes again under its name in NFC, from `sources`
        if style := files.get_file_from_path(_BOOK_STYLE):  # stands in the books, not on the site
            self.book_style = style.content_string
            files.remove(style)
        for uri in suffixed.sources(self.project, self.root):
            if files.get_file_from_path(uri) is None:
                files.append(File(uri, config.docs_dir, config.site_dir, config.use_directory_urls))
        return files

    @event_priority(-200)
    def _locate(self, files: Files, config: MkDocsConfig) -> Files:
        sources = suffixed.sources(self.project, self.root)
        for file in files:
            source = sources.get(file.src_uri)
            if source is None:
                continue
            if isinstance(source, corpora.Page):
                file.abs_src_path = str(self.root / source.file)
                # MkDocs would read front matter its own way, and take “key: value” for some.
                file.content_string = "\n" + source.markdown
                file.edit_uri = None if source.is_made else source.file
            elif isinstance(source, Path):
                file.abs_src_path = str(source)
                file.edit_uri = source.relative_to(self.root).as_posix()
                japanese = self.root / JAPANESE.tree
                if not file.is_documentation_page() and source.is_relative_to(japanese):
                    _stand_at(file, source.relative_to(japanese), config)
            else:
                file.content_string = source
                file.generated_by, file.edit_uri = "kb", None
        return files

    on_files = CombinedEvent(_announce, _locate)

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """The search index is made before the pages: so they take the memory that it has freed."""
        self._refuse_other_pages(config, files)
        if _language(config) is LANGUAGES[0]:
            write_all(Path(config.site_dir), index.files(self.project))
        return nav

    def _refuse_other_pages(self, config: MkDocsConfig, files: Files) -> None:
        for file in files.documentation_pages():
            if not hasattr(file, "norm_src_uri"):  # static-i18n has not seen it
                raise Abort(refusals.of_added_page(file.src_uri))
        in_site = InclusionLevel.is_in_serve if self.preview else InclusionLevel.is_included
        built = {file.dest_uri for file in files.documentation_pages(inclusion=in_site)}
        pages = self.project.corpus.pages.items()
        own = (page for (_, tag), page in pages if tag == _language(config).tag)
        _refuse(refusals.of_left_out(own, built))

    def on_pre_page(self, page: Page, config: MkDocsConfig, files: Files) -> Page:
        branch, page.edit_url = config.extra.get("branch", "main"), None
        if config.repo_url and page.file.edit_uri:
            page.edit_url = f"{config.repo_url.rstrip('/')}/edit/{branch}/{encoded(page.file.edit_uri)}"
        return page

    @event_priority(100)
    def _describe(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Other plugins see the page's text and its front matter."""
        view = self.views[page.file.dest_uri] = views.view(
            self.project, _path(page), _language(config), config.site_url or "")
        shown = view.shell.page
        # Not the template that another generator's front matter names: it is not here.
        page.meta = dict(shown.front if shown else {}) | {"template": view.shell.template}
        if shown is None:
            return markdown
        # `on_page_read_source`, or a hook before this one, may have changed it
        _refuse(refusals.of_text(shown, markdown))
        return shown.markdown

    @event_priority(-100)
    def _take(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """MkDocs converts nothing: each text was read once."""
        if shown := self.views[page.file.dest_uri].shell.page:
            _refuse(refusals.of_text(shown, markdown))
        return ""

    on_page_markdown = CombinedEvent(_describe, _take)

    @event_priority(100)
    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Hand over the finished page with its contents list."""
        shell = self.views[page.file.dest_uri].shell
        shown, language = shell.page, shell.language
        if shown is None:
            title = generated.title(self.project, _path(page), language)
            page.title = title
            return str(Markup('<h1 id="{}">{}</h1>').format(self.project.settings.slug(title), title))
        if "title" not in shown.front:
            page.title = shown.title
        page.toc = get_toc(cast(Any, list(shown.reading.contents)))
        page.present_anchor_ids, page.links_to_anchors = set(shown.reading.ids), {}
        if shown.is_document and not shell.is_fallback:
            return self._document(shown.path, config).html.pop(language.tag)
        return rendering.shown(self.project, shown, language)

    def _document(self, path: str, config: MkDocsConfig) -> rendering.Document:
        """The document at `path`, finished when it is first met, and its books written."""
        if path not in self.documents:
            found = self.documents[path] = rendering.document(self.project, path)
            books = epub.of(self.project, found, site_url=config.site_url or "", style=self.book_style,
                            picture=self.project.corpus.picture, entries=self.entries)
            for place, book in books:
                write(Path(config.site_dir, place), book)
            found.trees.clear()
        return self.documents[path]

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        env.autoescape = env.trim_blocks = env.lstrip_blocks = True
        env.filters["english"] = lambda text: Markup(english.marked(str(text)))
        # `mkdocs serve` writes a script into each page that reloads it; a policy would forbid it.
        env.globals["policy"] = "" if self.preview else headers.POLICY
        env.globals["material_stylesheet"] = next(
            file.src_uri for file in files if file.src_uri.startswith("assets/stylesheets/main.")
            and file.src_dir != config.docs_dir)
        return env

    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        view = self.views[page.file.dest_uri]
        body = view.body
        if isinstance(body, views.Parallel) and body.editions:
            document = self._document(body.editions[0].path, config)
            body = replace(body, rows=rendering.rows_at(document, view.shell.address))
            if _language(config) is LANGUAGES[-1]:  # its last page
                del self.documents[body.editions[0].path]
        return cast(TemplateContext, context | {"kb": view.shell, "body": body})

    def on_post_build(self, config: MkDocsConfig) -> None:
        """The small files that pages ask for, and the ones that programs read."""
        language = _language(config)
        # MkDocs writes the day into it: two builds of one commit would differ.
        Path(config.site_dir, "sitemap.xml.gz").unlink(missing_ok=True)
        write_all(Path(config.site_dir), exports.files(self.project, language, config.site_url or ""))
        self.views = {}
        if language is LANGUAGES[-1]:
            self.documents, self.entries = {}, {}

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        shells = {language.tag: views.Shell(language, "") for language in LANGUAGES}
        return cast(TemplateContext, context | {
            "kb": shells[_language(config).tag], "every_language": shells.values(),
            "addresses": views.addresses(self.project),
            "ways": {tag: views.ways.lost(self.project, shell.language) for tag, shell in shells.items()}})

    def on_post_template(self, output: str, template_name: str, config: MkDocsConfig) -> str:
        """`404.html` is written once, in Chinese, at the root; the Japanese one below `ja/`."""
        if template_name == "404.html" and _language(config) is not CHINESE:
            write(Path(config.site_dir, _language(config).prefix, template_name), output.encode())
            return ""
        return output


def _refuse(message: str) -> None:
    if message:
        raise Abort(message)


def _stand_at(file: File, path: Path, config: MkDocsConfig) -> None:
    """Put a Japanese picture or download where its path says: static-i18n takes what follows a dot in
    the name of its folder for a language, too."""
    own = composed(path.as_posix())
    file.dest_uri, file.url = file_place(own, JAPANESE), file_address(own, JAPANESE)
    file.abs_dest_path = str(Path(config.site_dir, file.dest_uri))


def _path(page: Page) -> str:
    """Where a page stands in its own tree: what static-i18n makes of the name it was announced by."""
    return str(cast(Any, page.file).norm_src_uri)


def _language(config: MkDocsConfig) -> Language:
    """The language that static-i18n is building now."""
    tag = cast(Any, config.plugins["i18n"]).current_language
    return next(language for language in LANGUAGES if language.tag == tag)
