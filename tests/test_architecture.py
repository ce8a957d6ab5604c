"""The shape of the house: what stands where, which way imports run, and one word for each concept."""

import ast
import functools
import pathlib
import re
from collections.abc import Iterator

import pytest

ROOT = pathlib.Path(__file__).parents[1]
CODE = sorted((ROOT / "fairapp").rglob("*.py"))
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt"})
BROWSER_FILES = sorted(path for kind in ("js", "css") for path in (ROOT / "static" / kind).rglob(f"*.{kind}"))

WEB_LIBRARIES = {"flask", "flask_babel", "flask_limiter", "flask_migrate", "flask_security", "flask_wtf", "jinja2",
                 "markupsafe", "werkzeug", "whitenoise", "wtforms", "click"}  # fmt: skip
STORAGE_LIBRARIES = {"sqlalchemy", "flask_sqlalchemy", "alembic"}

WEB_NAMES = {"views", "forms", "web", "commands"}
"""Files or folders of these names speak to browsers and shells."""

WEB_FILES = {
    "fairapp/__init__.py": "assembles the service",
    "fairapp/features.py": "registers the blueprints",
    "fairapp/context.py": "gives the templates what they know",
    "fairapp/navigation.py": "links pages",
    "fairapp/jobs/executors.py": "runs jobs in the application's context",
    "fairapp/accounts/models.py": "Flask-Security wants its mixins in the tables of accounts",
}
STORAGE_NAMES = {"models", "queries", "service", "tasks"}
"""Files or folders of these names read and write rows; ``tasks`` are the use cases that jobs run."""

STORAGE_FILES = {
    "fairapp/database.py": "is the way to the database",
    "fairapp/tables.py": "completes the metadata",
    "fairapp/web/lists.py": "cuts a list into pages: a count and a limit on any statement",
    "fairapp/web/health.py": "asks whether the database answers and is migrated",
    "fairapp/mail/outbox.py": "takes in the mails that Flask-Security writes",
}
PURE_WEB = {"web.lists", "web.sorting"}
"""What rows need of the web package; it knows no request."""

LAYERS = (
    {"errors", "folding", "qr"},
    {"database"},
    {"files"},
    {"audit", "jobs"},
    {"mail"},
    {"accounts"},
    {"fairs"},
    {"enterprises"},
    {"programs"},
    {"exhibitors", "visitors"},
    {"applications"},
    {"register"},
    {"booths"},
    {"needs", "fees"},
    {"manual"},
    {"letters"},
    {"meetings"},
    {"badges"},
    {"checkin"},
    {"leads"},
    {"api", "site", "reports", "imports"},
    {"demo"},
    {"commands", "features", "tables"},
    {"navigation"},
    {"context"},
    {"fairapp"},
)
"""From the ground up; a feature imports from the layers below, never from beside or above."""

SHARED = {"web"}
"""May be imported from everywhere."""

EVERYWHERE = {"accounts.policy"}
"""The roles: each view below the accounts says whom it lets in."""

WEB_READS = {"accounts.policy", "enterprises.names", "enterprises.phones", "enterprises.taxonomy", "files.sniffing",
             "mail.placeholders"}  # fmt: skip
"""The pure files of features that the shared package shows to the templates."""

FORBIDDEN = {"stand", "attendee", "organiser", "timeslot", "appointment", "vendor", "ticket"}
ALLOWED_WORDS = {
    "static/vendor": "the folder of browser files from npm",
    "vendor/": "the same, in an address",
    "shall stand on the badge": "a verb: nobody takes it for a booth",
    "stands on the registration certificate": "the same",
}


@functools.cache
def imports(path: pathlib.Path) -> frozenset[str]:
    """Return the dotted names that a module imports, also those inside functions."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(names)


def roots(path: pathlib.Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(path)}


def ours(path: pathlib.Path) -> set[str]:
    """Return our own modules that a module imports, without ``fairapp.``."""
    return {found for name in imports(path) if (found := _module(name))}


def _module(name: str) -> str | None:
    parts = name.split(".")
    if parts[0] != "fairapp":
        return None
    for length in range(len(parts), 1, -1):
        place = ROOT.joinpath(*parts[:length])
        if place.with_suffix(".py").exists() or (place / "__init__.py").exists():
            return ".".join(parts[1:length])
    return None


def rel(path: pathlib.Path) -> str:
    return path.relative_to(ROOT).as_posix()


def place(path: pathlib.Path) -> set[str]:
    """Return the names by which a file says what it is: its own and its folders' below the feature."""
    return {*path.relative_to(ROOT / "fairapp").with_suffix("").parts}


def is_web(path: pathlib.Path) -> bool:
    return bool(place(path) & WEB_NAMES) or rel(path) in WEB_FILES


def is_storage(path: pathlib.Path) -> bool:
    return bool(place(path) & STORAGE_NAMES) or rel(path) in STORAGE_FILES


def is_pure(path: pathlib.Path) -> bool:
    return not is_web(path) and not is_storage(path)


def package(path: pathlib.Path) -> str:
    parts = path.relative_to(ROOT / "fairapp").with_suffix("").parts
    return "fairapp" if parts == ("__init__",) else parts[0]


def file_of(module: str) -> pathlib.Path:
    path = ROOT.joinpath("fairapp", *module.split("."))
    return path.with_suffix(".py") if path.with_suffix(".py").exists() else path / "__init__.py"


def test_the_lists_of_exceptions_name_files_that_exist():
    assert [name for name in (*WEB_FILES, *STORAGE_FILES) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", CODE, ids=rel)
def test_frameworks_stay_in_their_files(path):
    if not is_web(path):
        assert roots(path) & WEB_LIBRARIES == set()
    if not is_storage(path):
        assert roots(path) & STORAGE_LIBRARIES == set()


@pytest.mark.parametrize("path", [path for path in CODE if is_pure(path)], ids=rel)
def test_a_pure_file_needs_pure_files_only(path):
    assert [module for module in ours(path) if not is_pure(file_of(module))] == []


@pytest.mark.parametrize("path", [path for path in CODE if path.stem in {"models", "queries"}], ids=rel)
def test_rows_know_no_request(path):
    assert {module for module in ours(path) if module.startswith("web")} <= PURE_WEB


@pytest.mark.parametrize("path", CODE, ids=rel)
def test_only_the_database_module_commits(path):
    calls = [
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]

    assert path.name == "database.py" or "commit" not in calls


@pytest.mark.parametrize("path", CODE, ids=rel)
def test_imports_run_one_way(path):
    here = package(path)
    height = {name: number for number, layer in enumerate(LAYERS) for name in layer}
    for module in ours(path):
        there = module.partition(".")[0]
        if there == here or there in SHARED or module in EVERYWHERE:
            continue
        if here in SHARED:
            assert module in WEB_READS or height[there] < 2, f"{rel(path)} imports {module}"
        else:
            assert height[there] < height[here], f"{rel(path)} imports {module}"


def test_every_package_has_its_layer():
    known = set().union(*LAYERS) | SHARED | {"translations"}

    assert {package(path) for path in CODE} <= known


@pytest.mark.parametrize(
    "feature", sorted(path.name for path in (ROOT / "fairapp").iterdir() if (path / "__init__.py").exists())
)
def test_every_feature_has_its_tests(feature):
    folders = [ROOT / "tests" / kind / feature for kind in ("domain", "features")]

    assert [file for folder in folders for file in folder.glob("test_*.py")]


@pytest.mark.parametrize("path", [path for path in CODE if path.name != "__init__.py"], ids=rel)
def test_a_module_says_what_it_is(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


# Templates


def tags(text: str) -> Iterator[str]:
    """Yield the HTML tags of a template, what Jinja writes left out."""
    plain = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
    yield from re.findall(r"<[a-zA-Z][^<>]*>", plain)


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.suffix == ".html"], ids=rel)
def test_a_template_has_no_inline_style_or_script(path):
    for tag in tags(path.read_text(encoding="utf-8")):
        assert not re.search(r"\s(style|on[a-z]+)\s*=", tag), tag
        assert not re.match(r"<script(?![^>]*\ssrc=)", tag), tag
        # The badge sheet becomes a PDF: it is never sent to a browser.
        assert path.parent.name == "badges" or not tag.startswith("<style"), tag


def written_names() -> set[str]:
    """Return every text constant of the code: names of templates among them."""
    return {
        node.value
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_template_is_used():
    named = written_names()
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r"\{%-?\s*(?:extends|include|import|from)\s+[\"']([^\"']+)", text))

    def used(path: pathlib.Path) -> bool:
        name = path.relative_to(ROOT / "templates").as_posix()
        if name.startswith("security/"):
            return replaces_a_librarys_template(name)
        return name in named or (name.startswith("mail/") and path.suffix == ".txt" and path.stem in named)

    assert [rel(path) for path in TEMPLATES if not used(path)] == []


def replaces_a_librarys_template(name: str) -> bool:
    import flask_security

    return (pathlib.Path(flask_security.__file__).parent / "templates" / name).exists()


@pytest.mark.parametrize("path", TEMPLATES, ids=rel)
def test_every_imported_macro_is_used(path):
    text = path.read_text(encoding="utf-8")
    for statement in re.findall(r"\{%-?\s*from\s+[\"'][^\"']+[\"']\s+import\s+(.*?)-?%\}", text, flags=re.DOTALL):
        for part in statement.replace("with context", "").split(","):
            name = part.split(" as ")[-1].strip()
            assert len(re.findall(rf"\b{name}\b", text)) > 1, f"{name} is imported and not used"


def test_every_macro_is_used():
    texts = {path: path.read_text(encoding="utf-8") for path in TEMPLATES if path.suffix == ".html"}
    for path, text in texts.items():
        if path.parent.name == "security":
            continue
        for name in re.findall(r"\{%-?\s*macro\s+(\w+)", text):
            others = [other for other in texts if other != path and re.search(rf"\b{name}\b", texts[other])]
            assert others or len(re.findall(rf"\b{name}\b", text)) > 1, f"{rel(path)}: {name}"


# One word for each concept


def words(identifier: str) -> set[str]:
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", identifier)
    return {part.lower() for part in parts} | {part.lower().removesuffix("s") for part in parts}


def identifiers(path: pathlib.Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for field in ("id", "attr", "name", "arg"):
            if isinstance(name := getattr(node, field, None), str):
                yield name


@pytest.mark.parametrize("path", [*CODE, ROOT / "config.py"], ids=rel)
def test_no_identifier_uses_a_word_that_the_glossary_forbids(path):
    assert [name for name in identifiers(path) if words(name) & FORBIDDEN] == []


@pytest.mark.parametrize("path", [*TEMPLATES, *BROWSER_FILES], ids=rel)
def test_no_page_uses_a_word_that_the_glossary_forbids(path):
    comments = r"\{#.*?#\}|/\*.*?\*/|^\s*//[^\n]*"
    shown = re.sub(comments, "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)

    assert forbidden_words(shown) == []


def test_no_english_text_uses_a_word_that_the_glossary_forbids():
    catalogue = (ROOT / "fairapp" / "translations" / "messages.pot").read_text(encoding="utf-8")
    texts = "\n".join(re.findall(r'^(?:msgid |msgid_plural |)"(.*)"$', catalogue, flags=re.MULTILINE))

    assert forbidden_words(texts) == []


def forbidden_words(text: str) -> list[str]:
    for allowed in ALLOWED_WORDS:
        text = text.replace(allowed, "")
    return re.findall(rf"\b(?:{'|'.join(sorted(FORBIDDEN))})s?\b", text, flags=re.IGNORECASE)
