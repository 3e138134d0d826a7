"""The page 收发: packages on sticks and in folders, in and out, and the book of what was sent.

``words``, ``packages``, ``outgoing``, ``below``, ``letters`` and ``quarantine`` say in frozen
values what is shown and know no Qt; the other rooms draw it.
"""
