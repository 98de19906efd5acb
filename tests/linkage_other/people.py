"""Another county, made by another hand than the house's own generator: other names, other habits, other mistakes.

Offices here write names and little else: no postcodes, ages instead of birth dates, first names only, nicknames, names
as they sounded, hyphens, day and month exchanged, the first of January for "not known", surnames changed by a new
family, names transliterated two ways, twins, fathers named like their sons, homes moved, one NHS number on two
children. The same seed gives the same people.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

GIVEN = [
    "Agatha",
    "Alasdair",
    "Alma",
    "Amara",
    "Anselm",
    "Arabella",
    "Ariadne",
    "Arlo",
    "Astrid",
    "Aurelia",
    "Barnaby",
    "Basil",
    "Beatrix",
    "Bernadette",
    "Bilal",
    "Blessing",
    "Bram",
    "Calliope",
    "Caspian",
    "Cecily",
    "Cedric",
    "Clarissa",
    "Clement",
    "Cordelia",
    "Cyrus",
    "Dafydd",
    "Delphine",
    "Demetrius",
    "Desmond",
    "Dilys",
    "Dorian",
    "Edwin",
    "Eirlys",
    "Elspeth",
    "Emeka",
    "Enid",
    "Esme",
    "Ezra",
    "Fabian",
    "Farida",
    "Fergus",
    "Fiona",
    "Fleur",
    "Gareth",
    "Genevieve",
    "Gideon",
    "Godfrey",
    "Greta",
    "Guinevere",
    "Gwen",
    "Hamish",
    "Hector",
    "Hilda",
    "Horatio",
    "Ifan",
    "Ignatius",
    "Ingrid",
    "Ione",
    "Ivor",
    "Jago",
    "Jemima",
    "Jerome",
    "Jocelyn",
    "Juno",
    "Kamila",
    "Kenji",
    "Kerensa",
    "Kwame",
    "Lachlan",
    "Lavinia",
    "Leander",
    "Leopold",
    "Linnet",
    "Lorcan",
    "Ludo",
    "Mabel",
    "Magnus",
    "Marguerite",
    "Marius",
    "Maud",
    "Merlin",
    "Milo",
    "Minerva",
    "Mordecai",
    "Muriel",
    "Mustafa",
    "Myfanwy",
    "Nadia",
    "Nanette",
    "Neville",
    "Nerys",
    "Nkechi",
    "Octavia",
    "Olwen",
    "Orson",
    "Osman",
    "Ottilie",
    "Pascal",
    "Perdita",
    "Percival",
    "Petra",
    "Philippa",
    "Quentin",
    "Ramona",
    "Reuben",
    "Rhoda",
    "Roderick",
    "Rosalind",
    "Rowena",
    "Rufus",
    "Sabine",
    "Salim",
    "Saskia",
    "Seren",
    "Silas",
    "Sorcha",
    "Stellan",
    "Sunniva",
    "Tabitha",
    "Tamsin",
    "Tarquin",
    "Thelma",
    "Tobias",
    "Torquil",
    "Una",
    "Ursula",
    "Vaughan",
    "Verity",
    "Viola",
    "Wilfred",
    "Winston",
    "Xanthe",
    "Yolanda",
    "Ysolde",
    "Zebedee",
    "Zelda",
    "Ziggy",
]
FAMILY = [
    "Abernathy",
    "Achterberg",
    "Ainsworth",
    "Amponsah",
    "Applewhite",
    "Arkley",
    "Ashcombe",
    "Babbage",
    "Baptiste",
    "Barraclough",
    "Beddoes",
    "Birtwistle",
    "Blenkinsop",
    "Bolsover",
    "Bramwell",
    "Brathwaite",
    "Breakspear",
    "Broadhurst",
    "Buttercombe",
    "Cadwallader",
    "Carmody",
    "Chakrabarti",
    "Cholmondeley",
    "Clutterbuck",
    "Coppersmith",
    "Crabtree",
    "Cranshaw",
    "Crowhurst",
    "Dabrowski",
    "Dalrymple",
    "Deverell",
    "Dinsdale",
    "Dragomir",
    "Drinkwater",
    "Dunwoody",
    "Eccleston",
    "Egerton",
    "Entwistle",
    "Fairweather",
    "Featherstone",
    "Fennimore",
    "Fothergill",
    "Gathercole",
    "Gildersleeve",
    "Goldsworthy",
    "Greenhalgh",
    "Gunnarsson",
    "Hallorhan",
    "Hardcastle",
    "Hathersage",
    "Heathcote",
    "Higginbotham",
    "Holloway",
    "Honeysett",
    "Hosseini",
    "Inchbald",
    "Inglethorpe",
    "Ivanenko",
    "Jellicoe",
    "Jolliffe",
    "Kavanagh",
    "Kettlewell",
    "Kowalczyk",
    "Lanyon",
    "Leadbetter",
    "Lilleyman",
    "Lovelace",
    "Mackintosh",
    "Makepeace",
    "Mandelbrot",
    "Merriweather",
    "Micklethwait",
    "Mukherji",
    "Nethercott",
    "Nightingale",
    "Nwosu",
    "Oglethorpe",
    "Olatunji",
    "Osbourne",
    "Ottaway",
    "Papadakis",
    "Pargeter",
    "Peverell",
    "Pilkington",
    "Popescu",
    "Postlethwaite",
    "Quartermain",
    "Quigley",
    "Rackstraw",
    "Rahimi",
    "Ramsbottom",
    "Ravenscroft",
    "Rosenthal",
    "Rutherford",
    "Satterthwaite",
    "Scargill",
    "Shufflebotham",
    "Silverthorne",
    "Smallbone",
    "Stavropoulos",
    "Szczepanski",
    "Tattersall",
    "Templeton",
    "Thistlewood",
    "Threlkeld",
    "Tolmachev",
    "Trelawney",
    "Umunna",
    "Underhill",
    "Uttley",
    "Vandermeer",
    "Wadsworth",
    "Weatherby",
    "Whittingham",
    "Winterbourne",
    "Wolstenholme",
    "Yarborough",
    "Yeardley",
    "Zielinski",
]
NAMES = (Path(__file__).parent / "names.txt").read_text(encoding="utf-8").split("\n\n")
GIVEN, FAMILY, ONE_LETTER = (part.partition("]\n")[2].split() for part in NAMES)
NICK = {
    "Beatrix": "Trixie", "Philippa": "Pip", "Rosalind": "Roz", "Tobias": "Toby", "Wilfred": "Wilf", "Reuben": "Ruby",
    "Roderick": "Rod", "Percival": "Percy", "Jemima": "Mima", "Cordelia": "Delia", "Barnaby": "Barney", "Fiona": "Fi",
    "Tabitha": "Tabby", "Genevieve": "Evie", "Marguerite": "Daisy", "Arabella": "Bella", "Leopold": "Leo",
    "Ottilie": "Tilly", "Desmond": "Des", "Neville": "Nev", "Clarissa": "Clary", "Edwin": "Eddie", "Ignatius": "Iggy",
}  # fmt: skip
TWO_WAYS = (
    ("Tolmachev", "Tolmatschew"), ("Ivanenko", "Іваненко"), ("Szczepanski", "Shchepansky"), ("Dabrowski", "Dombrovsky"),
    ("Kowalczyk", "Kovalchik"), ("Papadakis", "Παπαδάκης"), ("Hosseini", "Husseini"), ("Rahimi", "Raheemi"),
    ("Mukherji", "Mukherjee"), ("Stavropoulos", "Stavropulos"), ("Popescu", "Popesku"), ("Olatunji", "Olatunjee"),
)  # fmt: skip
HEARD = (
    ("th", "f"),
    ("ph", "f"),
    ("ie", "ee"),
    ("er", "a"),
    ("ll", "l"),
    ("ck", "k"),
    ("gh", "g"),
    ("oo", "u"),
    ("tt", "t"),
)
ONE_LETTER = [
    "Alta",
    "Arno",
    "Esma",
    "Ezri",
    "Gerda",
    "Ivan",
    "Jano",
    "Lidia",
    "Maude",
    "Nadja",
    "Petia",
    "Rhona",
    "Selim",
    "Sirena",
    "Suna",
    "Ulla",
    "Vida",
    "Zelia",
]
AGENCIES = ("constabulary", "council", "clinic", "academy", "charity")
STREETS = ["Glebe", "Hazel", "Quarry", "Station", "Tithe", "Vicarage", "Water", "Wharf"]


@dataclass
class Child:
    """One true person: what is so, whatever offices write."""

    number: int
    given: str
    family: str
    born: date
    nhs: str
    home: int
    former: str | None = None
    kin: "list[Child]" = field(default_factory=list)
    friends: "list[Child]" = field(default_factory=list)


def nhs_of(serial: int) -> str:
    """A number of the range never issued, its check digit right."""
    while True:
        nine = f"9993{serial % 100_000:05d}"
        check = (11 - sum(int(d) * w for d, w in zip(nine, range(10, 1, -1), strict=True)) % 11) % 11
        if check < 10:
            return f"{nine}{check}"
        serial += 50_021


def children(size: int, chance: Random) -> list[Child]:
    """The true children: one in four with a brother or sister before, one in forty a twin, some of one full name."""
    found: list[Child] = []
    while len(found) < size:
        older = chance.choice(found[-60:]) if found and chance.random() < 0.25 else None
        family = older.family if older else chance.choice(FAMILY)
        born = date(1994, 1, 1) + timedelta(days=chance.randrange(365 * 12))
        given = chance.choice(GIVEN)
        if older and given == older.given:
            continue
        home = older.home if older else len(found)
        child = Child(len(found), given, family, born, nhs_of(len(found) * 37), home)
        if chance.random() < 0.06:
            child.former = chance.choice(FAMILY)
        found.append(child)
        if older:
            child.kin.append(older)
            older.kin.append(child)
        if chance.random() < 0.025:
            twin = Child(len(found), _near(given, chance), family, born, nhs_of(len(found) * 37), home)
            twin.kin.append(child)
            child.kin.append(twin)
            found.append(twin)
    for child in found:
        child.friends = chance.sample(found, chance.randrange(0, 3))
    return found


def _near(given: str, chance: Random) -> str:
    """A twin's name: mostly another, now and then one letter away where there is such a name."""
    near = [name for name in (*GIVEN, *ONE_LETTER) if len(name) == len(given) and name != given
            and sum(a != b for a, b in zip(name, given, strict=True)) == 1]  # fmt: skip
    return chance.choice(near) if near else chance.choice([name for name in GIVEN if name != given])


def misheard(name: str, chance: Random) -> str:
    """A name as it sounded."""
    fits = [pair for pair in HEARD if pair[0] in name.lower()[1:]]
    if fits:
        spelt, heard = chance.choice(fits)
        return name[0] + name[1:].replace(spelt, heard, 1)
    place = chance.randrange(1, len(name))
    return name[:place] + name[place - 1] + name[place:]
