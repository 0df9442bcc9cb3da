"""What somebody may have meant who typed something that is no time zone: `dublin`, `europe/dublin`, `CET`."""

from zoneinfo import available_timezones


def zone_meant(text: str) -> str:
    """The zone whose name, or city, this is but for case and blanks; else the nearest; else nothing."""
    wanted = "_".join(text.split()).casefold()
    if not wanted:
        return ""
    zones = sorted(zone for zone in available_timezones() if not zone.startswith(("Etc/", "posix", "right")))
    for zone in zones:
        if wanted in (zone.casefold(), zone.casefold().rpartition("/")[2]):
            return zone
    from difflib import get_close_matches  # seldom needed

    by_city = {zone.casefold().rpartition("/")[2]: zone for zone in reversed(zones)}
    near = get_close_matches(wanted.rpartition("/")[2], list(by_city), n=1, cutoff=0.8)
    return by_city[near[0]] if near else ""


def meant(text: str) -> str:
    """The end of a sentence about a zone that there is not; empty when nothing comes near."""
    zone = zone_meant(text)
    return f"; did you mean {zone}?" if zone else "."
