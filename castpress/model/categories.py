"""Apple's categories in their exact spelling.

Source: Apple Podcasts categories as listed by "A Podcaster's Guide to RSS" (19 parents, 91
children); case and ampersands count.
"""

from __future__ import annotations

import difflib

from castpress.model.podcast import Category

CATEGORIES: dict[str, tuple[str, ...]] = {
    "Arts": ("Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"),
    "Business": (
        "Careers",
        "Entrepreneurship",
        "Investing",
        "Management",
        "Marketing",
        "Non-Profit",
    ),
    "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
    "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
    "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
    "Government": (),
    "History": (),
    "Health & Fitness": (
        "Alternative Health",
        "Fitness",
        "Medicine",
        "Mental Health",
        "Nutrition",
        "Sexuality",
    ),
    "Kids & Family": ("Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"),
    "Leisure": (
        "Animation & Manga",
        "Automotive",
        "Aviation",
        "Crafts",
        "Games",
        "Hobbies",
        "Home & Garden",
        "Video Games",
    ),
    "Music": ("Music Commentary", "Music History", "Music Interviews"),
    "News": (
        "Business News",
        "Daily News",
        "Entertainment News",
        "News Commentary",
        "Politics",
        "Sports News",
        "Tech News",
    ),
    "Religion & Spirituality": (
        "Buddhism",
        "Christianity",
        "Hinduism",
        "Islam",
        "Judaism",
        "Religion",
        "Spirituality",
    ),
    "Science": (
        "Astronomy",
        "Chemistry",
        "Earth Sciences",
        "Life Sciences",
        "Mathematics",
        "Natural Sciences",
        "Nature",
        "Physics",
        "Social Sciences",
    ),
    "Society & Culture": (
        "Documentary",
        "Personal Journals",
        "Philosophy",
        "Places & Travel",
        "Relationships",
    ),
    "Sports": (
        "Baseball",
        "Basketball",
        "Cricket",
        "Fantasy Sports",
        "Football",
        "Golf",
        "Hockey",
        "Rugby",
        "Running",
        "Soccer",
        "Swimming",
        "Tennis",
        "Volleyball",
        "Wilderness",
        "Wrestling",
    ),
    "Technology": (),
    "True Crime": (),
    "TV & Film": ("After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"),
}


# What became of the names that the list of July 2019 dropped, by their casefolded last part; many
# feeds still carry them. Children that only moved are found by their name.
_RENAMED = {
    "amateur": "Sports",
    "college & high school": "Sports",
    "educational technology": "Education",
    "fitness & nutrition": "Health & Fitness > Fitness",
    "gadgets": "Technology",
    "games & hobbies": "Leisure",
    "government & organizations": "Government",
    "health": "Health & Fitness",
    "higher education": "Education > Courses",
    "k-12": "Education",
    "language courses": "Education > Language Learning",
    "literature": "Arts > Books",
    "local": "Government",
    "management & marketing": "Business > Management",
    "national": "Government",
    "news & politics": "News > Politics",
    "other": "Religion & Spirituality > Religion",
    "other games": "Leisure > Games",
    "outdoor": "Sports > Wilderness",
    "podcasting": "Technology",
    "professional": "Sports",
    "regional": "Government",
    "science & medicine": "Science",
    "self-help": "Education > Self-Improvement",
    "shopping": "Business",
    "software how-to": "Technology",
    "sports & recreation": "Sports",
    "training": "Education > How To",
}


class CategoryError(ValueError):
    """A text that names no category; says what to type."""


def parse_category(text: str) -> Category:
    """The category of ``Parent > Child`` or ``Parent``; a child alone is enough where it is clear.

    >>> parse_category("sports > running")
    Category(name='Sports', subcategory='Running')
    >>> parse_category("Running")
    Category(name='Sports', subcategory='Running')

    Raises:
        CategoryError: nothing of that name is in Apple's list.
    """
    parts = [" ".join(part.split()) for part in text.split(">")]
    if len(parts) == 1:
        found = _any_of(parts[0])
        if found is not None:
            return found
        raise CategoryError(_renamed(parts[0]) or f"no such category; {_did_you_mean(parts[0])}")
    parent = _same(parts[0], CATEGORIES)
    if len(parts) > 2 or parent is None:
        raise CategoryError(_renamed(parts[-1]) or f"no such category; {_did_you_mean(parts[0])}")
    child = _same(parts[1], CATEGORIES[parent])
    if child is None:
        renamed = _renamed(parts[1])
        if renamed:
            raise CategoryError(renamed)
        known = ", ".join(CATEGORIES[parent]) or "none"
        raise CategoryError(f"no such subcategory; those of {parent} are: {known}")
    return Category(parent, child)


def _any_of(name: str) -> Category | None:
    parent = _same(name, CATEGORIES)
    if parent is not None:
        return Category(parent)
    for owner, children in CATEGORIES.items():
        child = _same(name, children)
        if child is not None:
            return Category(owner, child)
    return None


def _same(name: str, known: dict[str, tuple[str, ...]] | tuple[str, ...]) -> str | None:
    plain = name.casefold().replace(" and ", " & ")
    return next((entry for entry in known if entry.casefold() == plain), None)


def _renamed(name: str) -> str | None:
    """What a name of Apple's old list is called today, None where there is none such.

    >>> _renamed("Tech News"), _renamed("Geese")
    ("not in Apple's list of today; write 'News > Tech News'", None)
    """
    plain = name.casefold().replace(" and ", " & ")
    moved = _any_of(name)
    today = _RENAMED.get(plain)
    if moved is not None and moved.subcategory:
        today = f"{moved.name} > {moved.subcategory}"
    return f"not in Apple's list of today; write {today!r}" if today else None


def _did_you_mean(name: str) -> str:
    spelled = [*CATEGORIES, *(f"{p} > {c}" for p, children in CATEGORIES.items() for c in children)]
    near = difflib.get_close_matches(name, spelled, n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else "write one such as 'Sports > Running'"
