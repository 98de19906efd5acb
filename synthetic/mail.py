"""A few of the warnings as e-mails from junior staff, as they lay in somebody's tray."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from synthetic.chance import stream
from synthetic.concerns import Warned
from synthetic.county import County
from synthetic.staff import Staff

SUBJECTS = (
    "Worried about several young people",
    "Can we talk about a pattern?",
    "Third time of asking",
    "Before something happens",
    "Same names again",
    "Not sure who should see this",
)


def mails(county: County, given: list[Warned]) -> dict[str, bytes]:
    """File name to bytes of RFC 5322 messages; some are of warnings no record was ever made of."""
    chance = stream(county.world.seed, "mail")
    wanted = min(county.world.town.mails, len(given))
    chosen = sorted(chance.sample(range(len(given)), wanted))
    return {
        f"{given[n].at:%Y-%m-%d}-{n:03d}.eml": _mail(given[n], n, chance.choice(SUBJECTS)) for n in chosen
    }


def address(person: Staff) -> str:
    """Nobody's address: the domain `example` is reserved."""
    return f"{person.username}@{person.agency.replace('_', '-')}.ashmere.example"


def _mail(warning: Warned, number: int, subject: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = f"{warning.by.name} <{address(warning.by)}>"
    message["To"] = f"{warning.told.name} <{address(warning.told)}>"
    message["Date"] = format_datetime(warning.at)
    message["Subject"] = subject
    message["Message-ID"] = f"<{warning.at:%Y%m%d%H%M}.{number}@ashmere.example>"
    children = "\n".join(
        f"- {c.given} {c.family_on(warning.at.date())}, born {c.born:%d/%m/%Y}" for c in warning.children
    )
    message.set_content(
        f"Dear {warning.told.name},\n\n{warning.text}\n\nThe young people I mean:\n{children}\n\n"
        f"I would be glad of an answer, whatever it is.\n\n{warning.by.name}\n{warning.by.role}\n",
        cte="quoted-printable",
    )
    return message.as_bytes()
