"""Which lines of a pasted web page or mail are furniture: the words of site builders.

``sure_kind`` knows lines that are furniture wherever they stand, ``edge_kind`` those that are it
only among others at the page's top or foot: "Home" is also a word.
"""

from __future__ import annotations

import re
from functools import lru_cache

from castpress.model.notes import FurnitureKind
from castpress.read.roles import compared

_LONGEST = 400
_APP = (
    r"(?:apple(?: podcasts?| music)?|itunes|spotify|google(?: podcasts?| play)?|stitcher|overcast"
    r"|pocket ?casts|amazon music|audible|youtube(?: music)?|i ?heart(?: ?radio)?|tunein"
    r"|deezer|cast ?box|podbean|podchaser|rss(?: feed)?|player ?fm|castro|goodpods|email|e-mail"
    r"|android|substack|podcast addict)"
)
_NETWORK = (
    r"(?:facebook|instagram|insta|twitter|x|youtube|tik ?tok|linkedin|pinterest|threads|mastodon"
    r"|bluesky|strava|whatsapp|telegram|reddit|discord|vimeo|flickr|rss|e-?mail|snapchat|tumblr)"
)
_BETWEEN = r"\s*(?:[,|·•/&+]|and|or|\s)\s*"
_POST = r"(?:posts?|episodes?|articles?|lessons?|lectures?|entry|entries|stor(?:y|ies)|issues?)"


def _any(*patterns: str) -> re.Pattern[str]:
    """One pattern of several, for whole lines in any case."""
    return re.compile("|".join(patterns), re.IGNORECASE)


_SURE: tuple[tuple[FurnitureKind, re.Pattern[str]], ...] = (
    (
        FurnitureKind.SHARING,
        _any(
            rf"share this(?: (?:page|on|{_POST}))?:?",
            rf"(?:click to )?share (?:this )?(?:on|via|with) {_NETWORK}(?:{_BETWEEN}{_NETWORK})*"
            r"(?: \(opens in new window\))?",
            r"click to (?:email|print|tweet|share).{0,80}",
            r"pin it|tweet this|like this:|(?:like )?loading\.{2,}|copy link",
            r"email this to a friend|share (?:the love|with (?:your )?friends)[.!:]?",
            r"diesen beitrag teilen:?|partager cet article\s?:?|compartir en:?",
        ),
    ),
    (
        FurnitureKind.COMMENTS,
        _any(
            r"(?:leave|post|add|write|submit) (?:a |your )?(?:comment|reply|response)s?"
            r"(?: cancel reply)?[.!…]*",
            r"cancel reply|be the first to (?:comment|reply).{0,40}",
            r"your email address will not be published\b.{0,80}|required fields are marked.{0,20}",
            r"save my name, email.{0,120}|notify me of (?:new|follow-?up) .{0,60}",
            r"comments are (?:closed|off)\b.{0,40}|commenting has been turned off\.?",
            r"(?:you must be )?log(?:ged)? in to (?:post a |leave a )?(?:comment|reply)\b.{0,40}",
            r"join the (?:conversation|discussion)|schreibe einen kommentar.{0,40}",
            r"laisser un commentaire.{0,40}|deja un comentario.{0,40}",
        ),
    ),
    (
        FurnitureKind.NEIGHBOURS,
        _any(
            rf"[←«‹<]+\s*(?:previous|older|prev|back)(?: {_POST})?(?::? .{{0,120}})?",
            rf"(?:next|newer)(?: {_POST})?(?::? .{{0,120}})?\s*[→»›>]+",
            r"(?:previous|next|older|newer)(?: blog)? (?:posts?|entry|entries|article)"
            r"(?::\s.{0,120})?",
            rf"(?:previous|older|newer) {_POST}|next (?:lecture|entry)|post navigation",
            r"complete (?:and|&) continue\s*[→»›>]?|mark as (?:completed?|done|read)",
            r"back to (?:all )?(?:the )?(?:posts?|blog|episodes|lessons|course(?: home)?|podcast"
            r"|lectures?|curriculum|top)",
        ),
    ),
    (
        FurnitureKind.SUBSCRIBE,
        _any(
            r"(?:subscribe|listen|follow|available|find|rate|review|hear)\b(?:[,&]| (?:and|us|it"
            r"|the|this|to|now|free|for|show|podcast|episode|review|new|episodes|on|in|via|at"
            rf"|wherever)\b){{1,8}} {_APP}(?:{_BETWEEN}{_APP})*[.!]?",
            rf"{_APP}(?:\s*[|·•/]\s*{_APP})+",
        ),
    ),
    (
        FurnitureKind.NAVIGATION,
        _any(
            r"(?:open|close|toggle|main|show|hide) (?:main )?(?:menu|navigation)"
            r"(?: (?:open|close) menu)*",
            r"skip to (?:the )?(?:main )?(?:content|navigation|footer)|scroll (?:to top|down)",
            r"(?:proudly )?powered by \S.{0,60}|all rights reserved\.?",
            r"(?:web)?site (?:by|design(?:ed)? by|built (?:by|with)) \S.{0,60}",
            r"search for:|search (?:this|the|our) (?:site|blog|website)\.*|read in app",
            r"(?:view|see) all posts|page [0-9]{1,3} (?:of|/) [0-9]{1,3}",
        ),
    ),
    (
        FurnitureKind.MAILING,
        _any(
            r"(?:view|open|read|see) (?:this |it )?(?:e-?mail |message |newsletter )?in"
            r" (?:your |a )?(?:web )?browser.{0,20}",
            r"(?:click here to )?unsubscribe(?: (?:from|here|at) .{0,80})?"
            r"(?:\s*[|·•/,]\s*.{0,80})?",
            r"(?:update|manage) (?:your |my )?(?:e-?mail )?(?:preferences|subscription|profile)"
            r".{0,60}",
            r"you(?:['’]re| are| have)? receiv(?:ing|ed) this (?:e-?mail|message|newsletter)\b"
            r".{0,200}",
            r"(?:was this )?(?:e-?mail )?forwarded (?:this e-?mail|to you)\?.{0,100}",
            r"(?:no longer )?(?:want|wish) to (?:change how you )?receive these emails.{0,120}",
            r"our mailing address is:?.{0,120}|add us to your address book",
            r"this (?:e-?mail|message|newsletter) was sent to .{0,120}|sent from my \w.{0,30}",
            r"thanks for (?:reading|listening to) [^!.]{2,60}[!.] (?:this post is public|subscribe)"
            r".{0,160}|ready for more\?|start writing|get the app|no posts",
            r"substack is the home .{0,60}|listen in app\b.{0,30}",
            r"discussion about this (?:post|podcast|episode|video)",
            r"having trouble (?:viewing|reading) this e-?mail\b.{0,60}",
        ),
    ),
)
_SOCIAL = _any(
    r"(?:follow|find|connect with|join|like) (?:us|me|along)(?: (?:on|at) (?:social(?: media)?"
    rf"|{_NETWORK}(?:{_BETWEEN}{_NETWORK})*))?:?",
    rf"follow|social(?: media)?|stay connected:?|{_NETWORK}(?:{_BETWEEN}{_NETWORK})*",
    r"folge? uns(?: auf .{1,40})?|suivez-nous|s[ií]guenos",
)
_COOKIES = _any(
    r"(?=.*\bcookies?\b)(?=.*\b(?:web ?site|site|brows(?:er|ing)|consent|tracking|analytics"
    r"|privacy|experience)\b)"
    r"(?=.*\b(?:we use|uses?|accept|agree|by continuing|consent|verwende[nt]|utilis\w+"
    r"|utiliza\w*)\b).{20,}"
)
_COPYRIGHT = _any(
    r"(?:copyright\b\s*)?(?:©|\(c\)|&copy;)\s*.{0,200}",
    r"copyright\s+(?:[0-9]{4}|by\b).{0,200}",
    r".{2,80}\s©\s*[0-9]{4}.{0,60}",
)
_HOLDER = _any(
    r"copyright|©|\(c\)|&copy;|all rights reserved|by\b|powered by.*|site by.*",
    r"[0-9]{4}(?:\s*[-–—]\s*(?:[0-9]{4}|present))?",
)
_COVER = _any(
    r"(?!.*[:/])[\w()&'’+,. -]{0,150}\.(?:png|jpe?g|gif|webp|svg|heic|avif|tiff?)",
)
_COOKIE_BUTTONS = frozenset(
    (
        *("accept", "accept all", "accept cookies", "accept all cookies", "decline", "reject"),
        *("reject all", "got it", "ok", "cookie settings", "manage preferences", "cookie policy"),
        *("learn more", "i agree", "manage cookies", "customize", "necessary only", "deny"),
    )
)
_MENU = frozenset(
    (
        *("home", "start", "about", "about us", "about me", "about the show", "blog", "podcast"),
        *("the podcast", "podcasts", "episodes", "all episodes", "contact", "contact us", "shop"),
        *("contact me", "store", "cart", "cart 0", "0", "menu", "search", "log in", "login"),
        *("sign in", "sign up", "account", "my account", "services", "faq", "faqs", "press"),
        *("news", "media", "privacy policy", "privacy", "terms", "terms of service"),
        *("terms of use", "terms and conditions", "terms conditions", "sitemap", "newsletter"),
        *("subscribe", "donate", "support", "resources", "courses", "course", "events"),
        *("gallery", "work with me", "work with us", "start here", "archives", "archive"),
        *("categories", "tags", "meta", "recent posts", "recent comments", "all posts"),
        *("see all", "view all", "impressum", "imprint", "datenschutz", "kontakt", "startseite"),
        *("über uns", "accueil", "à propos", "inicio", "contacto", "acerca de", "books"),
        *("coaching", "testimonials", "community", "dashboard", "my courses", "library"),
        *("curriculum", "course curriculum", "discussion", "back", "folder", "cookies"),
        *("cookie policy", "disclaimer", "careers", "advertise", "share", "like", "comment"),
        *("restack", "tweet", "email", "print", "follow", "download", "subscribe now"),
        *("upgrade to paid", "listen now", "logout", "log out", "sponsors", "lectures"),
        *("lessons", "settings", "help", "website", "members", "membership", "merch"),
        *("book online", "top", "latest", "discussions", "collection notice", "give"),
        *("sermons", "classes", "schedule", "pricing", "team"),
    )
)
_SMALL_BUTTON = _any(
    r"share|subscribe|subscribe now|like|comment|restack|sign in|sign up|log in|reply|tweet|print"
    r"|e-?mail|follow|listen now|upgrade to paid|[0-9]{1,5}(?: (?:likes?|shares?|restacks?))?"
)
_APPS = _any(_APP)
_NEIGHBOUR = re.compile(
    r"(?:previous|next|older|newer|prev)(?: (?:post|article))?:?", re.IGNORECASE
)
# How every line that `_SURE` knows begins or ends; most lines are passed by at once.
_MAY_BE_SURE = _any(
    r"[←«‹<]|.*[→»›>]$|.*\bcookie",
    r"(?:share|click|pin|tweet|like|loading|copy|email|e-mail|diesen|partager|compartir|leave|post"
    r"|add|write|submit|cancel|be the|your|required|save|comments|commenting|you|log|notify|join"
    r"|schreibe|laisser|deja|next|newer|previous|older|complete|mark|back|subscribe|listen|follow"
    r"|available|find|rate|review|hear|open|close|toggle|main|show|hide|skip|scroll|proudly"
    r"|powered|web|website|site|search|read|view|see|all|unsubscribe|update|manage|was|forwarded"
    r"|thanks|ready for|start|get the|substack|no posts|discussion|no longer|want"
    r"|wish|our mailing|this|sent|having|page|{_APP})\b",
)
_ITEMS = re.compile(r"\s*[|·•/>›»,]\s*|\s{2,}|\t+")
_LONGEST_ENTRY = 3  # words
_FORM = re.compile(
    r"(?:name|e-?mail(?: address)?|comment|website|your (?:name|email|message)|enter your email"
    r"(?: address)?|message|post comment|submit|send)\s*\*?\.{0,3}",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def sure_kind(line: str) -> FurnitureKind | None:
    """What a line is that can be nothing but furniture.

    >>> sure_kind("Share this:"), sure_kind("Listen on Apple Podcasts and Spotify")
    (<FurnitureKind.SHARING: 'sharing'>, <FurnitureKind.SUBSCRIBE: 'subscribe'>)
    >>> sure_kind("Share this recipe with your mother.") is None
    True
    """
    if len(line) > _LONGEST or not _MAY_BE_SURE.match(line) or has_address(line):
        return None
    for kind, pattern in _SURE:
        if pattern.fullmatch(line):
            return kind
    return FurnitureKind.COOKIES if is_cookie_notice(line) else None


@lru_cache(maxsize=1024)
def edge_kind(line: str) -> FurnitureKind | None:
    """What a line may be that is furniture only among other furniture."""
    if len(line) > _LONGEST or has_address(line):
        return None
    if _SOCIAL.fullmatch(line):
        return FurnitureKind.SOCIAL
    if _APPS.fullmatch(line):
        return FurnitureKind.SUBSCRIBE
    if _NEIGHBOUR.fullmatch(line):
        return FurnitureKind.NEIGHBOURS
    words = compared(line)
    if words in _COOKIE_BUTTONS and words not in _MENU:
        return FurnitureKind.COOKIES
    if _FORM.fullmatch(line) and line.rstrip().endswith("*"):
        return FurnitureKind.COMMENTS
    return FurnitureKind.NAVIGATION if menu_size(line) else None


def is_small_button(line: str) -> bool:
    """Whether a line is no more than a button's word, or the number beside one."""
    return _SMALL_BUTTON.fullmatch(line) is not None


def menu_size(line: str) -> int:
    """How many entries of a menu a line holds, 0 where it holds anything else.

    >>> menu_size("Home About Episodes Contact"), menu_size("About the goat")
    (4, 0)
    """
    count = 0
    for item in _ITEMS.split(line):
        words = compared(item).split()
        place = 0
        while place < len(words):
            for length in range(min(_LONGEST_ENTRY, len(words) - place), 0, -1):
                if " ".join(words[place : place + length]) in _MENU:
                    place += length
                    count += 1
                    break
            else:
                return 0
    return count


def is_copyright(line: str) -> bool:
    """Whether a line says who owns the page."""
    if "©" not in line and not line[:9].lower().startswith(("copyright", "(c)", "&copy;")):
        return False
    return "http" not in line and _COPYRIGHT.fullmatch(line) is not None


def copyright_holder(line: str) -> str:
    """The name in a copyright line, without year and sign.

    >>> copyright_holder("© 2019-2024 Two Oars. All rights reserved.")
    'Two Oars'
    """
    return " ".join(_HOLDER.sub(" ", line).split()).strip(" .,|·•-–—")


def is_cover_name(line: str) -> bool:
    """Whether a line is the name of a picture's file, as it is shown where the picture is not."""
    return line[-6:].find(".") >= 0 and _COVER.fullmatch(line) is not None


def is_cookie_notice(line: str) -> bool:
    """Whether a line asks for leave to set cookies; nobody bakes any on a website.

    >>> is_cookie_notice("This site uses cookies to improve your experience.")
    True
    """
    return "cookie" in line.lower() and _COOKIES.fullmatch(line) is not None


def has_address(line: str) -> bool:
    """Whether a line holds a web address, an e-mail address or a handle: then it says something."""
    return "://" in line or "@" in line or "www." in line
