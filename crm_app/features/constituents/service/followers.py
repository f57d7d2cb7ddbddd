"""Other features follow what happens to a constituent: households their members' names, giving a death."""

from collections.abc import Callable

from crm_app.core.work import Work

Follower = Callable[[Work, int, frozenset[str]], None]
_followers: list[Follower] = []


def follow(follower: Follower) -> Follower:
    """Declare a follower: it is called with the id and the names of the fields that changed."""
    _followers.append(follower)
    return follower


def changed(work: Work, constituent_id: int, fields: frozenset[str]) -> None:
    for follower in _followers:
        follower(work, constituent_id, fields)
