"""How one list of chapters became another, in one line."""

from __future__ import annotations

from collections import Counter

Chapters = tuple[tuple[int, str], ...]


def chapter_change(before: Chapters, after: Chapters) -> str | None:
    """What has happened to the chapters, told of the episode; None where they are the same.

    A title at another time has moved, another title at the same time is renamed.

    >>> chapter_change(((0, "Hello"), (9000, "Hills")), ((0, "Hello"), (8000, "Hills")))
    'has other chapters: 1 moved, 2 in all'
    """
    if before == after:
        return None
    if not before:
        return f"has chapters now, {len(after)}"
    if not after:
        return f"has no chapters any more, {len(before)} before"
    gone, new = Counter(before) - Counter(after), Counter(after) - Counter(before)
    moved, gone, new = _matched(gone, new, 1)
    renamed, gone, new = _matched(gone, new, 0)
    counts = {
        "added": new.total(),
        "removed": gone.total(),
        "moved": moved,
        "renamed": renamed,
    }
    told = [f"{count} {word}" for word, count in counts.items() if count]
    return f"has other chapters: {', '.join(told or ['in another order'])}, {len(after)} in all"


def _matched(
    gone: Counter[tuple[int, str]], new: Counter[tuple[int, str]], part: int
) -> tuple[int, Counter[tuple[int, str]], Counter[tuple[int, str]]]:
    """How many are alike in one part (0 start, 1 title), and those on both sides that are not."""
    waiting: dict[object, list[tuple[int, str]]] = {}
    for chapter in gone.elements():
        waiting.setdefault(chapter[part], []).append(chapter)
    count, left_new, left_gone = 0, Counter[tuple[int, str]](), gone.copy()
    for chapter in new.elements():
        alike = waiting.get(chapter[part])
        if alike:
            left_gone[alike.pop()] -= 1
            count += 1
        else:
            left_new[chapter] += 1
    return count, +left_gone, left_new
