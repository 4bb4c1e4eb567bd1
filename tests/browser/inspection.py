"""Looking at one page: everything that is wrong with it, as sentences."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

# WCAG 2.2 AA, which includes the levels and versions before it.
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE_OPTIONS = {"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"]}
# What axe found, without the much longer list of what it found in order.
FAULTS = """options => axe.run(options).then(found => found.violations.map(
  fault => [fault.id, fault.nodes.map(node => node.target.join(" "))]))"""
# The bytes that a later page may weigh, compressed.
MOST_BYTES = 15_000
# The bytes of a first visit, with everything it asks for.
MOST_BYTES_AT_FIRST = 50_000

WATCH_POLICY = """
window.refused = [];
document.addEventListener("securitypolicyviolation",
  event => window.refused.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const name = node => node.tagName.toLowerCase() + [...node.classList].map(c => "." + c).join("");
  const wide = [...document.body.querySelectorAll("*")].filter(node => {
    const box = node.getBoundingClientRect();
    return box.width && (box.right > width + 1 || box.left < -1);
  });
  return wide.length ? wide.slice(0, 3).map(name) : ["something unseen"];
}"""

# What somebody can press or fill in, by its words or its name.
AT_HAND = """() => [...document.querySelectorAll("main :is(button, input, select, textarea)")]
  .filter(node => node.checkVisibility()).map(node => node.textContent.trim() || node.name)"""


@dataclass
class Seen:
    """What a page asked for and said while it was loaded."""

    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    weights: dict[str, int] = field(default_factory=dict)

    def forget(self):
        """Begin anew, for the next page."""
        for notes in (self.said, self.asked, self.kinds, self.weights):
            notes.clear()

    def bytes_of_document(self):
        """Return what the page itself weighed on the wire, with its headers."""
        return sum(size for key, size in self.weights.items() if self.kinds.get(key) == "Document")


def watch(page):
    """Note from now on what a page asks for, how much that weighs, and what goes wrong."""
    seen = Seen()
    page.add_init_script(WATCH_POLICY)
    # Sent to the browser once, and not for each page that is opened.
    page.add_init_script(Axe().axe_script)
    page.on("console", lambda message: message.type == "error" and seen.said.append(message.text))
    page.on("pageerror", lambda error: seen.said.append(str(error)))
    page.on("request", lambda request: seen.asked.append(request.url))
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.responseReceived", lambda told: seen.kinds.update({told["requestId"]: told["type"]}))
    wire.on(
        "Network.loadingFinished",
        lambda told: seen.weights.update({told["requestId"]: int(told["encodedDataLength"])}),
    )
    return seen


def faults_of_loading(page, seen, response):
    """List what went wrong while a page was loaded, and what its head lacks."""
    host = urlsplit(page.url).netloc
    strangers = [url for url in seen.asked if urlsplit(url).netloc not in (host, "")]
    headings = page.locator("h1").count()
    title = page.title().removesuffix("– Talka").strip()
    return [
        *([f"was answered with {response.status}"] if response.status != 200 else []),
        *(f"the console says: {text}" for text in seen.said),
        *(f"asks another host: {url}" for url in strangers),
        *(f"its policy refused {text}" for text in page.evaluate("window.refused")),
        *([f"has {headings} h1"] if headings != 1 else []),
        *([] if title else ["has no title"]),
    ]


def faults_of_weight(seen):
    """Tell whether the page itself is too heavy."""
    weight = seen.bytes_of_document()
    return [] if 0 < weight <= MOST_BYTES else [f"weighs {weight} bytes"]


def faults_of_access(page):
    """List what axe finds: each with the rule and the places."""
    return [f"{rule} at {', '.join(places[:3])}" for rule, places in page.evaluate(FAULTS, AXE_OPTIONS)]


def faults_of_width(page):
    """List what is wider than a phone of 360 pixels, and what cannot be pressed or filled in there."""
    at_hand = page.evaluate(AT_HAND)
    page.set_viewport_size({"width": 360, "height": 800})
    still = page.evaluate(AT_HAND)
    return [
        *(f"is too wide at 360 px: {name}" for name in page.evaluate(TOO_WIDE)),
        *(f"is missing at 360 px: {name}" for name in at_hand if name not in still),
    ]
