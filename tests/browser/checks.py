"""What must be true of every page, whoever looks at it and wherever."""

import pathlib

from playwright.sync_api import Page

from tests.browser.people import PHONE, WIDE

AXE = (pathlib.Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
# Colours on their way from one to the other are nobody's choice.
STAND_STILL = """() => document.getAnimations().forEach((one) => {
  if (one.effect.getComputedTiming().endTime !== Infinity) one.finish();
})"""
RUN_AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .filter((one) => ["serious", "critical"].includes(one.impact))
  .flatMap((one) => one.nodes.map((node) => ({
    rule: one.id,
    impact: one.impact,
    at: node.target.join(" "),
    why: node.any.concat(node.all, node.none).map((check) => check.message).join("; "),
  })))"""
TOO_WIDE = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  const clipped = (node) => {
    for (let box = node.parentElement; box && box !== document.body; box = box.parentElement)
      if (getComputedStyle(box).overflowX !== "visible") return true;
    return false;
  };
  const wide = [...document.body.querySelectorAll("*")].filter((node) =>
    node.getBoundingClientRect().right > edge + 0.5 && !clipped(node));
  return wide.slice(0, 5).map((node) => `${node.tagName.toLowerCase()}.${[...node.classList].join(".")}`);
}"""


def watch_policy(page: Page) -> None:
    """Let the page remember what its content policy refused."""
    page.add_init_script(
        """window.refusedContent = [];
        document.addEventListener("securitypolicyviolation", (event) =>
          window.refusedContent.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile || ""}`));"""
    )


def faults(page: Page, *, phone: bool = True) -> list[str]:
    """Return what is wrong with a page as it stands: axe, one heading, its content policy, its width on a phone."""
    found = [*_heading(page), *_axe(page, "1440 px, light")]
    if phone:
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme="dark")
        found += [f"wider than 360 px: {node}" for node in page.evaluate(TOO_WIDE)]
        found += _axe(page, "360 px, dark")
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(WIDE)
    return found + [f"refused by the content policy: {one}" for one in page.evaluate("window.refusedContent || []")]


def _heading(page: Page) -> list[str]:
    count = page.locator("h1").count()
    return [] if count == 1 else [f"{count} h1"]


def _axe(page: Page, look: str) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    page.evaluate(STAND_STILL)
    violations: list[dict[str, str]] = page.evaluate(RUN_AXE)
    return [f"{look}: {one['rule']} ({one['impact']}) at {one['at']}: {one['why']}" for one in violations[:20]]
