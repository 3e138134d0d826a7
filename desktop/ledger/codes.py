"""Project codes and unified social credit codes: their form, their check digits, their parts.

Sources: GB/T 40058-2021 (投资项目统一代码), GB 32100-2015 (统一社会信用代码), ISO 7064 MOD 11,10.
A doubtful code is never refused: it has a state, and the checks ask about it. A project without a
code is normal in its early stages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

CodeState = Literal["ok", "old", "check_digit", "malformed", "ruined"]

# Full-width signs to plain ones, the ideographic and other fixed blanks to a space, invisible
# signs away. Not NFKC: that would make ①5 a 15 and 10² a 102.
_WIDTHS: dict[int, int | None] = {
    **{full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)},
    **dict.fromkeys((0x3000, 0x00A0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F), 0x20),
    0xFFE5: 0xA5,
    **dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)),
}


def fold_width(text: str) -> str:
    """``text`` with the full-width letters, digits and signs of a Chinese keyboard made plain."""
    return text.translate(_WIDTHS)


_BLANKS_AND_DASHES = re.compile(r"[\s‐‑‒–—―─−-]+")
# What Excel makes of twenty digits: 2.10841E+19, or fifteen digits and zeros.
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]*)?e\+?[0-9]{1,2}", re.IGNORECASE)


def _bare(text: str) -> str:
    return _BLANKS_AND_DASHES.sub("", fold_width(text)).upper()


@dataclass(frozen=True, slots=True)
class ProjectCode:
    """The parts of a project code.

    ``time``: YYMM of the assignment, in old codes (before November 2020) the four-digit year;
    ``region``: GB/T 2260; ``department``: the guiding department; ``kind``: type of project, 01-05;
    ``serial``: five digits, in old codes six; ``check``: the check digit, in old codes empty.
    """

    time: str
    region: str
    department: str
    kind: str
    serial: str
    check: str

    @property
    def old(self) -> bool:
        """Given before November 2020, without a check digit (旧码)."""
        return not self.check

    def __str__(self) -> str:
        tail = f"{self.serial}{self.check}"
        return f"{self.time}-{self.region}-{self.department}-{self.kind}-{tail}"


def read_project_code(text: str) -> ProjectCode | None:
    """The parts of a code typed with or without hyphens, blanks, in full width; None if malformed.

    The check digit is not judged here.
    """
    digits = _bare(text)
    if not re.fullmatch(r"[0-9]{20}", digits):
        return None
    time, region, department, kind = digits[:4], digits[4:10], digits[10:12], digits[12:14]
    if "01" <= time[2:] <= "12" and time >= "2011":
        if not "01" <= kind <= "05":
            return None
        return ProjectCode(time, region, department, kind, digits[14:19], digits[19])
    if "2000" <= time <= "2020":
        return ProjectCode(time, region, department, kind, digits[14:], "")
    return None


def normalise_project_code(text: str) -> str:
    """The code in its written form, 2108-411102-04-01-583920; what is none only folded, trimmed."""
    code = read_project_code(text)
    return str(code) if code else fold_width(text).strip()


def project_check_digit(digits: str) -> str:
    """The check digit over the first 19 digits: ISO 7064 MOD 11,10.

    Raises ValueError unless ``digits`` are 19 digits.
    """
    if not re.fullmatch(r"[0-9]{19}", digits):
        raise ValueError(digits)
    product = 10
    for digit in digits:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def project_code_state(text: str) -> CodeState:
    """What is to be said of a typed project code; nothing but "ok" and "old" needs a question.

    "check_digit": well formed, but one digit is mistyped; "ruined": Excel took it for a number and
    the last digits are lost.
    """
    code = read_project_code(text)
    if code is None:
        return "ruined" if _SCIENTIFIC.fullmatch(_bare(text)) else "malformed"
    digits = str(code).replace("-", "")
    right = code.old or project_check_digit(digits[:19]) == code.check
    # A number keeps fifteen digits in Excel. Only a code typed without hyphens becomes a number.
    if fold_width(text).strip().isdigit() and digits.endswith("00000") and (code.old or not right):
        return "ruined"
    return "old" if code.old else "ok" if right else "check_digit"


_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True, slots=True)
class CreditCode:
    """The parts of a unified social credit code.

    ``authority`` and ``kind``: who registered what, one sign each; ``region``: GB/T 2260;
    ``organisation``: the nine signs of the organisation code; ``check``: the check sign.
    """

    authority: str
    kind: str
    region: str
    organisation: str
    check: str

    def __str__(self) -> str:
        return f"{self.authority}{self.kind}{self.region}{self.organisation}{self.check}"


def read_credit_code(text: str) -> CreditCode | None:
    """The parts of a credit code typed in any width, case, with blanks; None if malformed.

    The check sign is not judged here.
    """
    signs = _bare(text)
    if not re.fullmatch(rf"[{_CREDIT_SIGNS}]{{2}}[0-9]{{6}}[{_CREDIT_SIGNS}]{{10}}", signs):
        return None
    return CreditCode(signs[0], signs[1], signs[2:8], signs[8:17], signs[17])


def normalise_credit_code(text: str) -> str:
    """The code as 18 capital signs; what is none only folded and trimmed."""
    code = read_credit_code(text)
    return str(code) if code else fold_width(text).strip()


def credit_check_sign(signs: str) -> str:
    """The check sign over the first 17 signs: weights 3^(i-1) mod 31 (GB 32100-2015, appendix).

    Raises ValueError unless ``signs`` are 17 signs of the code's alphabet (no I, O, S, V, Z).
    """
    if len(signs) != 17 or any(sign not in _CREDIT_SIGNS for sign in signs):
        raise ValueError(signs)
    total = sum(_CREDIT_SIGNS.index(sign) * 3**i for i, sign in enumerate(signs))
    return _CREDIT_SIGNS[-total % 31]


def credit_code_state(text: str) -> CodeState:
    """What is to be said of a typed credit code: "ok", "check_digit", "malformed" or "ruined"."""
    code = read_credit_code(text)
    if code is None:
        return "ruined" if _SCIENTIFIC.fullmatch(_bare(text)) else "malformed"
    signs = str(code)
    if credit_check_sign(signs[:17]) == code.check:
        return "ok"
    # Eighteen digits become a number in Excel, which keeps fifteen of them.
    return "ruined" if signs.isdigit() and signs.endswith("000") else "check_digit"
