"""What a book keeps of its dealings with other books: records like all others, in four registers.

Partners and key lists are shared by the PCs of the unit (``audience = "own"``); what this very
book has sent and taken in never leaves it (``"local"``). The exchange writes them; here stand only
their definitions, so that every book has them and verification knows them.
"""

from __future__ import annotations

from desktop.ledger.definitions import Field, Register

#: States of a partner: invited; its keys have come; compared by telephone; replaced; not trusted.
INVITED, ANSWERED, CONFIRMED, RETIRED, REVOKED = "待回信", "待核对", "已核对", "已停用", "已作废"
#: States of a package sent: not on a stick yet; written and verified; acknowledged; taken back.
PENDING, WRITTEN, ACKNOWLEDGED, WITHDRAWN = "待写出", "已写出", "已回执", "已撤回"
#: States of a package received.
TAKEN_IN, SET_ASIDE = "已装入", "已撤销"


def _text(name: str, title: str, *, long: bool = False) -> Field:
    return Field(name=name, title=title, type="long_text" if long else "text")


def _number(name: str, title: str) -> Field:
    return Field(name=name, title=title, type="integer")


_UNIT = Field(name="unit", title="单位", type="link", of="unit", required=True)

#: The public keys of a unit in one epoch, the own unit's too, and how far they are trusted.
#: ``token`` (hex) binds an answer to its invitation; ``box`` is the own unit's secret under the
#: recovery code.
PARTNER = Register(
    name="partner",
    title="往来单位",
    shape="file",
    audience="own",
    internal=True,
    field=(
        _UNIT,
        _number("epoch", "密钥期"),
        _text("sign_key", "签名公钥"),
        _text("seal_key", "加密公钥"),
        _text("state", "状态"),
        _text("code", "核对码"),
        _text("token", "联系凭据"),
        _text("box", "恢复匣", long=True),
    ),
)

#: The numbered list of keys that the unit above has signed, as it came; the highest number holds.
KEY_LIST = Register(
    name="key_list",
    title="密钥名单",
    shape="file",
    audience="own",
    internal=True,
    field=(
        _number("number", "编号"),
        _number("epoch", "密钥期"),
        _text("body", "内容", long=True),
        _text("signature", "签名"),
    ),
)

#: Every package that this book has made; ``holdings`` is what it said the book holds.
SENT = Register(
    name="sent",
    title="寄出的包",
    shape="file",
    audience="local",
    internal=True,
    field=(
        _UNIT,
        _text("kind", "种类"),
        _text("replica", "录入端"),
        _number("number", "编号"),
        _text("digest", "校验值"),
        _text("weeks", "期次"),
        _text("file", "文件名"),
        _number("size", "字节数"),
        _number("entries", "分录数"),
        _number("attachments", "照片附件数"),
        _text("state", "状态"),
        _text("receipt", "回执所在的包"),
    ),
)

#: Every package that this book has taken in; ``digest`` is what the journal calls it by, and
#: ``holdings`` (JSON) what its sender said it holds.
TAKEN = Register(
    name="taken",
    title="收到的包",
    shape="file",
    audience="local",
    internal=True,
    field=(
        _UNIT,
        _text("kind", "种类"),
        _text("replica", "录入端"),
        _number("number", "编号"),
        _text("digest", "校验值"),
        _text("previous", "上一个包"),
        _text("weeks", "期次"),
        _number("entries", "分录数"),
        _number("attachments", "照片附件数"),
        _text("holdings", "对方所有", long=True),
        _text("receipts", "对方所收", long=True),
        _text("state", "状态"),
        _text("note", "说明", long=True),
    ),
)

REGISTERS = (PARTNER, KEY_LIST, SENT, TAKEN)
