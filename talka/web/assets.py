"""What npm brings, put where the pages and the papers look for it.

Run as `python -m talka.web.assets` in a checkout, after `npm ci`. It needs only the standard library, so that
it can run while Python's own packages are still on their way. What it writes is never committed and always in
the wheel.
"""

import re
import shutil
import sys
from pathlib import Path

TALKA = Path(__file__).resolve().parent.parent
NODE_MODULES = TALKA.parent / "node_modules"
CODEX = NODE_MODULES / "@wikimedia/codex"
TOKENS = NODE_MODULES / "@wikimedia/codex-design-tokens"
ICONS = NODE_MODULES / "@wikimedia/codex-icons"
NOTO = NODE_MODULES / "@expo-google-fonts"

STYLES = TALKA / "web/static/built"
DRAWINGS = TALKA / "web/built"
FONTS = TALKA / "papers/fonts"

SCRIPTS = ("noto-sans", "noto-sans-arabic", "noto-sans-armenian", "noto-sans-georgian")
WEIGHTS = ("400Regular", "700Bold")


def build() -> None:
    """Copy the styles, the icons and the fonts, in place of those copied before.

    Raises FileNotFoundError when node_modules lacks one of them.
    """
    for folder in (STYLES, DRAWINGS, FONTS):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    build_styles()
    shutil.copyfile(ICONS / "dist/codex-icons.json", DRAWINGS / "codex-icons.json")
    shutil.copyfile(ICONS / "LICENSE", DRAWINGS / "LICENSE")
    build_fonts()


def build_styles() -> None:
    """Copy Codex for both directions, and its colours for light and for dark."""
    for name in ("codex.style.css", "codex.style-rtl.css"):
        shutil.copyfile(CODEX / "dist" / name, STYLES / name)
    shutil.copyfile(CODEX / "LICENSE", STYLES / "LICENSE")
    light = without_comments((TOKENS / "dist/theme-wikimedia-ui-root.css").read_text())
    dark = without_comments((TOKENS / "dist/theme-wikimedia-ui-mode-dark.css").read_text())
    (STYLES / "theme-wikimedia-ui-root.css").write_text(light)
    (STYLES / "theme-wikimedia-ui-mode-dark.css").write_text(when_dark(dark))


def without_comments(css: str) -> str:
    """Drop what a browser does not read from a sheet of tokens."""
    return re.sub(r"\s*/\*.*?\*/", "", css, flags=re.DOTALL).strip() + "\n"


def when_dark(css: str) -> str:
    """Narrow a dark sheet for `:root` to readers who want it dark.

    They want it when their system says so and the page is not set to light, or when the page is set to dark
    (`data-theme` on the root element). On paper nobody does.
    """
    chosen = css.replace(":root {", ':root[data-theme="dark"] {\n  color-scheme: dark;')
    followed = css.replace(":root {", ':root:not([data-theme="light"]) {\n  color-scheme: dark;')
    if css in (chosen, followed):
        raise ValueError("The dark tokens of Codex are no longer on `:root {`.")
    return f"@media screen {{\n{chosen}}}\n@media screen and (prefers-color-scheme: dark) {{\n{followed}}}\n"


def build_fonts() -> None:
    """Copy the regular and the bold of each script, with the licence they travel under."""
    for script in SCRIPTS:
        for weight in WEIGHTS:
            (found,) = (NOTO / script / weight).glob("*.ttf")
            shutil.copyfile(found, FONTS / found.name)
    shutil.copyfile(NOTO / "noto-sans/LICENSE_FONT", FONTS / "LICENSE_FONT")


if __name__ == "__main__":
    if not NODE_MODULES.is_dir():
        sys.exit("node_modules is missing: run `npm ci --omit=peer --ignore-scripts` first.")
    build()
