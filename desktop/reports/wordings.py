"""All words of all papers 文字, examined at once: where a scheme is taken over."""

from __future__ import annotations

from desktop.ledger.definitions import Scheme


def examine(scheme: Scheme) -> None:
    """Raise :class:`~desktop.ledger.definitions.MalformedScheme`, with the line, at a mistake.

    Every paper's words and the layouts of the ledgers.
    """
    from desktop.reports import (
        card_words,
        circular_words,
        handover_words,
        ledger_columns,
        letters_words,
        minutes_words,
        monthly_words,
        wall_words,
        weekly_words,
    )

    weekly_words.words_of(scheme)
    card_words.words_of(scheme)
    letters_words.words_of(scheme)
    minutes_words.words_of(scheme)
    circular_words.TEMPLATE.of(scheme)
    handover_words.TEMPLATE.of(scheme)
    monthly_words.TEMPLATE.of(scheme)
    wall_words.TEMPLATE.of(scheme)
    ledger_columns.examine(scheme)
