"""Whom the links of a line of wikitext name: the user, and the name they show."""

from dataclasses import dataclass

import mwparserfromhell
from mwparserfromhell.parser import ParserError

from talka.papers.plain import one_line
from talka.wiki.stamps import Unclear

# What the namespaces of users and of their talk pages are called, on the wikis that Talka's people come from.
_USER = frozenset(
    [
        "user",
        "benutzer",
        "benutzerin",
        "usuario",
        "usuaria",
        "usuário",
        "usuária",
        "utilisateur",
        "utilisatrice",
        "utente",
        "gebruiker",
        "участник",
        "участница",
        "користувач",
        "користувачка",
        "uživatel",
        "uživatelka",
        "wikipedysta",
        "wikipedystka",
        "użytkownik",
        "användare",
        "kullanıcı",
        "pengguna",
        "مستخدم",
        "مستخدمة",
        "משתמש",
        "משתמשת",
        "suradnik",
        "suradnica",
        "корисник",
        "корисница",
        "մասնակից",
        "naudotojas",
        "lietotājs",
        "kasutaja",
    ]
)
_TALK = frozenset(
    [
        "user talk",
        "benutzer diskussion",
        "benutzerin diskussion",
        "usuario discusión",
        "usuaria discusión",
        "usuário discussão",
        "usuária discussão",
        "discussion utilisateur",
        "discussion utilisatrice",
        "discussioni utente",
        "overleg gebruiker",
        "обсуждение участника",
        "обсуждение участницы",
        "обговорення користувача",
        "обговорення користувачки",
        "diskuse s uživatelem",
        "diskuse s uživatelkou",
        "dyskusja wikipedysty",
        "dyskusja wikipedystki",
        "användardiskussion",
        "kullanıcı mesaj",
        "pembicaraan pengguna",
        "نقاش المستخدم",
        "نقاش المستخدمة",
    ]
)
_CONTRIBUTIONS = frozenset({"contributions", "contribs"})


@dataclass(frozen=True)
class Linked:
    """A line without its markup, and the user whom its links name, as far as they name one."""

    text: str
    user: str
    name: str


def is_wikitext(line: str) -> bool:
    """Tell whether a line has markup that has to be taken apart."""
    return any(mark in line for mark in ("[[", "{{", "<", "'''", "''", "&#", "&nbsp;"))


def take_apart(line: str) -> Linked:
    """Take a line of wikitext apart. Raises Unclear where its links name several users.

    The name is what the last link to the user shows; the text keeps none of the markup.
    """
    try:
        code = mwparserfromhell.parse(line)
        links = [(_user(str(link.title)), link) for link in code.filter_wikilinks()]
        text = one_line(code.strip_code(normalize=True, collapse=True))
    except (ParserError, ValueError, OverflowError, RecursionError):
        raise Unclear("signatures.markup") from None
    named = [(found, link) for found, link in links if found is not None]
    users = {user.casefold(): user for (user, _is_page), _link in named}
    if len(users) > 1:
        raise Unclear("signatures.several_users", users=", ".join(sorted(users.values())))
    if not users:
        return Linked(text, "", "")
    user = next(iter(users.values()))
    shown = [_shown(link) for (_name, is_page), link in named if is_page]
    return Linked(text, user, next((words for words in reversed(shown) if words), user))


def _shown(link: mwparserfromhell.nodes.Wikilink) -> str:
    if link.text is None:
        return ""
    return one_line(link.text.strip_code(normalize=True, collapse=True))


def _user(title: str) -> tuple[str, bool] | None:
    """Return the user whose page, talk or contributions a title is, and whether it is their own page."""
    parts = [one_line(part.replace("_", " ")) for part in title.split(":")]
    for number, part in enumerate(parts[:-1]):
        space, rest = part.casefold(), ":".join(parts[number + 1 :])
        if space in _USER or space in _TALK:
            return _titled(rest.split("/")[0]), space in _USER
    last, _slash, user = parts[-1].partition("/")
    if user and last.casefold() in _CONTRIBUTIONS:
        return _titled(user), False
    return None


def _titled(user: str) -> str:
    """Write a user name as the wiki does: without an anchor, its first letter a capital."""
    name = user.partition("#")[0].strip()
    return name[:1].upper() + name[1:]
