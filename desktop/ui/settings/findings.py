"""What a verification means for a clerk: sound, to be mended here, or to be restored."""

from __future__ import annotations

from typing import Literal

import msgspec

from desktop.ledger import verify

Verdict = Literal["sound", "beside", "repairable", "unsound"]


class Finding(msgspec.Struct, frozen=True):
    """The verdict, one sentence, what to do, and what was found, a sentence each."""

    verdict: Verdict
    sentence: str
    advice: str
    details: tuple[str, ...]


def finding(found: verify.Verification) -> Finding:
    """The outcome in words."""
    details = tuple(problem.sentence for problem in found.problems)
    whats = {problem.what for problem in found.problems}
    if found.ok:
        return Finding(
            "sound",
            f"账本完好：{found.entries} 条流水首尾相接，各表与流水一致。",
            f"校验值 {found.head[:12]}。",
            details,
        )
    if whats <= verify.BESIDE:
        return Finding(
            "beside",
            f"流水和各表完好，有 {len(details)} 件照片或附件缺失、被改动。",
            "请从备份中找回，或在原来的记录上重新添加。",
            details,
        )
    if whats <= verify.REPAIRABLE | verify.BESIDE:
        return Finding(
            "repairable",
            f"流水完好，有 {len(details)} 处表与流水不符。",
            "填报的内容都在流水里。请按“重建各表”，照流水重新排好。",
            details,
        )
    return Finding(
        "unsound",
        f"账本没有通过检查，有 {len(details)} 处问题。",
        "请停止填写，保留这个文件，到“备份”中从最近的备份恢复，并报告上级。",
        details,
    )
