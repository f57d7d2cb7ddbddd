"""Moments between UTC, where they are kept, and the event's own zone, where they are said."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crm_app.core.errors import Invalid

SHAPES = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d")


def zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid(fields={"time_zone": f"There is no time zone called {name}."}) from None


def moment(said: str, time_zone: str, field: str = "starts") -> datetime:
    """`2026-11-22T18:00` in the event's zone, as UTC. An hour the clocks skip is refused."""
    at = zone(time_zone)
    local = read(said, field).replace(tzinfo=at)
    utc = local.astimezone(UTC)
    if utc.astimezone(at).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Invalid(fields={field: "On that day the clocks skip this hour. Please choose another time."})
    return utc


def read(said: str, field: str) -> datetime:
    for shape in SHAPES:
        try:
            return datetime.strptime(said.strip(), shape)
        except ValueError:
            continue
    raise Invalid(fields={field: "A day and a time, please."})


def local(at: datetime, time_zone: str) -> datetime:
    return at.astimezone(zone(time_zone))


def for_input(at: datetime, time_zone: str) -> str:
    return local(at, time_zone).strftime("%Y-%m-%dT%H:%M")


def clock_time(at: datetime | None, time_zone: str) -> str:
    return local(at, time_zone).strftime("%H:%M") if at else ""


def said(starts: datetime, ends: datetime, time_zone: str) -> str:
    """`Sat 21 November 2026, 18:00–21:30`, in the event's zone."""
    begin, end = local(starts, time_zone), local(ends, time_zone)
    day = f"{begin:%a} {begin.day} {begin:%B %Y}, {begin:%H:%M}"
    if begin.date() == end.date() or end - begin < timedelta(hours=12):
        return f"{day}–{end:%H:%M}"
    return f"{day} – {end:%a} {end.day} {end:%B %Y}, {end:%H:%M}"


def again(starts: datetime, time_zone: str, day: datetime) -> datetime:
    """The same hour on another day, whatever the clocks did between."""
    hour = local(starts, time_zone)
    return moment(f"{day:%Y-%m-%d}T{hour:%H:%M}", time_zone)
