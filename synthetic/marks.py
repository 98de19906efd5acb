"""How a hub of a network, or an innocent place, car or telephone, looks in a record."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from synthetic.chance import Chance
from synthetic.clerk import Clerk
from synthetic.entry import Document, Mention
from synthetic.mistakes import plate_misread
from synthetic.names import aliases
from synthetic.numbers import landline, mobile, plate
from synthetic.world import Hub, Place, Touch

COLOURS = ("silver", "black", "dark blue", "white", "red", "grey")
SHAPES = ("saloon", "hatchback", "people carrier", "van", "taxi", "estate car")


@dataclass(slots=True)
class Shown:
    """What a record shows of some touches: things, adults, sentences, and which touches it is evidence of."""

    things: list[Document] = field(default_factory=list)
    adults: list[Mention] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    touches: list[Touch] = field(default_factory=list)
    spoken: list[Touch] = field(default_factory=list)


def show(touches: Iterable[Touch], clerk: Clerk, part: str = "found_at") -> Shown:
    """Write touches as this agency does: in its fields, or only in words."""
    shown = Shown()
    for touch in touches:
        if clerk.slips("free_text"):
            shown.sentences.append(f"Mentioned {spelling(touch.hub, clerk)}.")
            shown.spoken.append(touch)
            continue
        shown.touches.append(touch)
        if touch.hub.kind == "alias":
            shown.adults.append(
                clerk.adult(spelling(touch.hub, clerk), f"{touch.network}/{touch.hub.number}", "adult")
            )
        else:
            shown.things.append(thing(touch.hub, clerk, part))
    return shown


def spelling(hub: Hub, clerk: Clerk) -> str:
    """A hub's usual words, or now and then another way of writing or hearing them."""
    if not clerk.slips("spelling"):
        return hub.label
    if hub.kind == "vehicle":
        return plate_misread(hub.label, clerk.chance)
    return clerk.chance.choice(hub.spellings) if hub.spellings else hub.label


def thing(hub: Hub, clerk: Clerk, part: str) -> Document:
    """A hub as a thing of a record."""
    words = spelling(hub, clerk)
    match hub.kind:
        case "vehicle":
            return {"kind": "vehicle", "part": "seen_in", "vrm": words, "description": colour(hub.number)}
        case "phone":
            return {"kind": "phone", "part": "called_by", "number": words}
        case "account":
            return {"kind": "account", "part": "contacted_by", "service": "messenger", "handle": words}
        case _ if hub.place:
            return place(hub.place, clerk, part, words)
        case _:
            return {"kind": "place", "part": part, "name": words}


def place(where: Place, clerk: Clerk, part: str, address: str | None = None) -> Document:
    """A place as a thing: address and postcode, its name if it has one, from the police often coordinates."""
    body: Document = {"kind": "place", "part": part}
    if where.name:
        body["name"] = where.name
    body |= {"address": address or where.address, "postcode": where.postcode}
    if address is None and where.spellings and clerk.slips("spelling") and clerk.chance.happens(0.5):
        body["address"] = clerk.chance.choice(where.spellings)
    if clerk.agency == "police" and clerk.chance.happens(0.7):
        body |= {"lat": where.lat, "lon": where.lon}
    return body


def innocent(clerk: Clerk, places: list[Place], weights: list[float]) -> Shown:
    """A place, car, telephone or name that means nothing, as records are full of them."""
    chance, shown = clerk.chance, Shown()
    kind = chance.choices(("place", "vehicle", "phone", "alias"), (6, 3, 1, 1))[0]
    if kind == "place":
        shown.things.append(place(chance.choices(places, cum_weights=weights)[0], clerk, "seen_at"))
    elif kind == "vehicle":
        shown.things.append(
            {"kind": "vehicle", "part": "seen_near", "vrm": plate(chance), "description": any_colour(chance)}
        )
    elif kind == "phone":
        number = (
            mobile(600 + chance.randrange(400)) if chance.happens(0.3) else landline(chance.randrange(1000))
        )
        shown.things.append({"kind": "phone", "part": "called_from", "number": number})
    else:
        shown.adults.append(clerk.adult(chance.choice(aliases()[20:])[0], None))
    return shown


def colour(number: str) -> str:
    """A vehicle's description, always the same for one hub."""
    serial = sum(map(ord, number))
    return f"{COLOURS[serial % len(COLOURS)]} {SHAPES[serial % len(SHAPES)]}"


def any_colour(chance: Chance) -> str:
    """A description of any car."""
    return f"{chance.choice(COLOURS)} {chance.choice(SHAPES)}"
