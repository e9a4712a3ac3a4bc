"""What axe finds on a page as a visitor gets it, its policy in force."""

from __future__ import annotations

import functools
from typing import Any

from tests.node.packages import INSTALLED

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# All that is folded is opened, so that it is judged as well. What axe calls incomplete is not a
# fault: it could not see, for example what stands below a picture.
RUN = """
async (tags) => {
  for (const folded of document.querySelectorAll("details")) folded.open = true;
  const found = await axe.run({
    runOnly: {type: "tag", values: tags},
    rules: {"target-size": {enabled: true}},
    resultTypes: ["violations"],
  });
  return found.violations.flatMap(({id, nodes}) => nodes.map(node =>
    [id, node.target.join(" "), node.any.concat(node.all, node.none).map(c => c.message).join("; ")]
  ));
}
"""


@functools.cache
def _source() -> str:
    return (INSTALLED / "axe-core/axe.min.js").read_text("utf-8")


def faults(page: Any) -> list[str]:
    """One line a fault: the rule, the element, what is wrong with it."""
    # Evaluated from outside, as the tools of a browser do: no policy has to be loosened for it.
    page.evaluate(_source())
    return [" | ".join(fault) for fault in page.evaluate(RUN, list(TAGS))]
