"""Words that run together where a page lost the spaces between its lines: `Sở Kế hoạchvà Đầu tư`, `các cơ quan, đơnvị`.

Vietnamese writes each syllable apart, and the letters tell where one ends: a word that is none but falls into two in one way
only was two words.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from vanban.lexicon import load

HEAD, FEWEST = 200_000, 3  # letters that are looked at first; words among them that fall into two
WORD = re.compile(r"[^\W\d_]{4,}")
ONSETS = ("", *"b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split())
RIMES = frozenset(
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch êm ên êng"
    " ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oan oang oanh oao oat oay oăc oăm oăn"
    " oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê"
    " uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych uyên uyêt uyn uynh uyt uyu ư ưa ưc ưi ưng ươc ươi ươm"
    " ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu".split()
)
TONES = dict(zip("\u0300\u0301\u0303\u0309\u0323", "fsxrj", strict=True))
STOPPED, HIGH_OR_LOW = ("c", "ch", "p", "t"), ("s", "j")  # rimes so closed bear one of two tones
ALONE = frozenset("ở ý ủ ổ ô".split())


def parted(content: str) -> tuple[str, Sequence[int]] | None:
    """The text with spaces between such words and, for each character and the end, its place; None where all stand apart.

    >>> text, places = parted("Sở Kế hoạchvà Đầu tư, các cơquan, đơnvị, Hội đồngnhân dân, cácthành phố cùngthực hiện")
    >>> text, places[11:14]
    ('Sở Kế hoạch và Đầu tư, các cơ quan, đơn vị, Hội đồng nhân dân, các thành phố cùng thực hiện', array('I', [11, 11, 12]))
    """
    if sum(bool(_ways(word)) for word in set(WORD.findall(content, 0, HEAD))) < FEWEST:
        return None
    cuts = list(_cuts(content))
    pieces: list[str] = []
    places, at = array("I"), 0
    for cut in (*cuts, len(content)):
        pieces.append(content[at:cut])
        places.extend(range(at, cut + 1))  # the space stands where the next word begins
        at = cut
    return " ".join(pieces), places


def _cuts(content: str) -> Iterator[int]:
    pairs: set[tuple[str, str]] | None = None
    for m in WORD.finditer(content):
        word, ways = m[0], _ways(m[0])
        if len(ways) > 1:  # both words stand elsewhere side by side, or are common so
            pairs = _said() | set(pairwise(content.casefold().split())) if pairs is None else pairs
            ways = tuple(at for at in ways if (word[:at].casefold(), word[at:].casefold()) in pairs)
        if len(ways) == 1:
            yield m.start() + ways[0]


@cache
def _said() -> set[tuple[str, str]]:
    """Words that stand side by side in the vocabulary."""
    phrases = (*load("scans")["phrases"], *load("phrases")["verbs"])
    return {pair for phrase in phrases for pair in pairwise(phrase.casefold().split())}


@lru_cache(maxsize=50_000)
def _ways(word: str) -> tuple[int, ...]:
    """Where the word may be cut in two; nowhere if it is one syllable, or no Vietnamese."""
    if is_syllable(word) or (word.isascii() and not re.search("[a-z][A-Z]", word)):
        return ()
    ways = (at for at in range(1, len(word)) if not (word[at - 1].isupper() and word[at].islower() and at > 1))
    return tuple(at for at in ways if is_syllable(word[:at]) and is_syllable(word[at:]))


@lru_cache(maxsize=50_000)
def is_syllable(word: str) -> bool:
    """
    >>> [is_syllable(word) for word in ("nghiệp", "quyết", "giữa", "ở", "hoạchvà", "Đăk", "nhac")]
    [True, True, True, True, False, False, False]
    """
    tone = ""
    letters: list[str] = []
    for letter in unicodedata.normalize("NFD", word.lower()):
        if letter in TONES:
            tone += TONES[letter]
        else:
            letters.append(letter)
    bare = unicodedata.normalize("NFC", "".join(letters))
    if len(bare) == 1:
        return word.lower() in ALONE
    if len(tone) > 1 or len(bare) > 7:
        return False
    return any(
        bare.startswith(onset)
        and (rime := bare[len(onset) :]) in RIMES
        and (not rime.endswith(STOPPED) or tone in HIGH_OR_LOW)
        for onset in ONSETS
    )
