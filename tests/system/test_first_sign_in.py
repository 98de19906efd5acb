"""Mo is invited, chooses a password that nobody else sees, and signs in: with the keyboard, without JavaScript."""

from playwright.sync_api import expect

from heed.casework.actions import people as working
from heed.casework.clock import now
from tests.system.looking import look_at

WORD = "kestrel linden amber brook"


def test_somebody_new_comes_in_by_an_invitation_that_opens_once(people, open_context):
    told = {"name": "Mo Price", "agency": "school", "role": "attendance manager", "grade": "manager"}
    working.add(username="mo", manager=None, by=None, now=now(), **told)
    link = working.invite(username="mo", by=None, now=now())
    page = open_context(java_script_enabled=True).new_page()
    page.goto(link)
    expect(page.get_by_text("You are Mo Price, attendance manager")).to_be_visible()
    assert link.rpartition("/")[2] not in page.url
    look_at(page, "welcome")
    page.get_by_label("Choose a password").fill(WORD)
    page.get_by_label("The same password again").fill("something else")
    page.get_by_role("button", name="Save the password").click()
    expect(page.get_by_role("alert").get_by_text("are not the same")).to_be_visible()
    look_at(page, "welcome-wrong")
    plain = open_context(java_script_enabled=False).new_page()
    plain.goto(link)
    plain.get_by_label("Choose a password").fill(WORD)
    plain.get_by_label("The same password again").fill(WORD)
    plain.keyboard.press("Enter")
    expect(plain.get_by_text("Your password is saved")).to_be_visible()
    plain.get_by_label("Your sign-in name").fill("mo")
    plain.get_by_label("Password").fill(WORD)
    plain.keyboard.press("Enter")
    expect(plain).to_have_title("Today – Heed")
    page.goto(link)
    expect(page.get_by_role("heading", name="This invitation does not open anything")).to_be_visible()
    look_at(page, "welcome-used")
