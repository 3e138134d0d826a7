"""What people read to each other by telephone or copy from a sheet, and how it is written down.

A passphrase is digits; recovery and comparison codes use 32 characters that cannot be mistaken.
Whatever is typed may have blanks, hyphens, small letters, full width and look-alikes; only a
recovery code can tell by itself that it was mistyped.
"""

from __future__ import annotations

import hmac
import secrets
import unicodedata

from desktop.exchange.key_refusals import MistypedCode, MistypedPassphrase

#: Crockford's 32 characters: no I, L, O, U, which are read as 1, 1, 0, V.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: Characters of a recovery code, the last two of them for checking; of a comparison code; digits.
RECOVERY, COMPARISON, PASSPHRASE = 24, 12, 16

_LOOK_ALIKES = str.maketrans("ILOU", "110V")
#: A prime just below 32²: one wrong character or two exchanged ones never pass.
_CHECK = 1021


def new_passphrase() -> str:
    """A passphrase for one package: 16 digits in four groups."""
    return grouped(f"{secrets.randbelow(10**PASSPHRASE):0{PASSPHRASE}}")


def passphrase_digits(typed: str) -> str:
    """The digits of what was typed: blanks, hyphens and full width do not matter.

    Raises :class:`MistypedPassphrase`.
    """
    plain = _plain(typed)
    if len(plain) != PASSPHRASE or not (plain.isascii() and plain.isdigit()):
        raise MistypedPassphrase(len(plain))
    return plain


def new_recovery_code() -> str:
    """24 characters in six groups, the last two characters check the others."""
    value = secrets.randbits(5 * (RECOVERY - 2)) << 10
    return grouped(letters(value + -value % _CHECK, RECOVERY))


def recovery_letters(typed: str) -> str:
    """The 24 characters of what was typed, look-alikes corrected; raises :class:`MistypedCode`."""
    plain = _plain(typed).upper().translate(_LOOK_ALIKES)
    if len(plain) != RECOVERY or not set(plain) <= set(ALPHABET):
        raise MistypedCode
    value = 0
    for letter in plain:
        value = value * 32 + ALPHABET.index(letter)
    if value % _CHECK or value % 1024 >= _CHECK:
        raise MistypedCode
    return plain


def same_code(typed: str, code: str) -> bool:
    """Whether ``typed`` is ``code``, however it was written down."""
    one, other = (_plain(text).upper().translate(_LOOK_ALIKES) for text in (typed, code))
    return len(one) > 0 and hmac.compare_digest(
        *(text.encode(errors="surrogatepass") for text in (one, other))
    )


def _plain(typed: str) -> str:
    """What was typed without blanks and hyphens of any kind, in half width."""
    return "".join(
        sign
        for sign in unicodedata.normalize("NFKC", typed)
        if unicodedata.category(sign) not in ("Pd", "Zs", "Cc", "Cf") and sign not in "−_·"
    )


def letters(value: int, length: int) -> str:
    """The lowest ``5 * length`` bits of ``value`` as characters."""
    return "".join(ALPHABET[value >> 5 * place & 31] for place in reversed(range(length)))


def grouped(text: str) -> str:
    """``text`` in groups of four, as people read it."""
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))
