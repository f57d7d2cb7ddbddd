"""What may become of a sign-up and of hours: tables, so that nothing else can happen."""

SIGNUP: dict[str, frozenset[str]] = {
    "signed_up": frozenset({"arrived", "no_show", "cancelled"}),
    "arrived": frozenset({"completed", "signed_up"}),
    "completed": frozenset({"arrived"}),
    "no_show": frozenset({"arrived", "signed_up"}),
    "cancelled": frozenset(),
}
HOLDING = frozenset({"signed_up", "arrived", "completed", "no_show"})
"""Who takes one of the places; only a cancelled sign-up gives it back."""
COMING = frozenset({"signed_up", "arrived"})
"""Who is, or will be, busy with it."""
HOURS: dict[str, frozenset[str]] = {
    "drafted": frozenset({"submitted", "declined"}),
    "submitted": frozenset({"approved", "declined"}),
    "declined": frozenset({"submitted"}),
    "approved": frozenset({"declined"}),
}
WORDS = {
    "signed_up": "coming", "arrived": "here", "completed": "done", "no_show": "did not come", "cancelled": "cancelled",
    "drafted": "from a shift, not handed in", "submitted": "to approve", "approved": "approved", "declined": "declined",
}  # fmt: skip
