"""Sam says when he is away, and Lena takes his turn: with the keyboard's own forms, without a script."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from playwright.sync_api import expect

from heed.casework.actions.duties.holders import holder
from heed.casework.clock import now
from heed.casework.models import Absence, Way
from heed.core.duty.posts import Post
from tests.system.looking import look_at
from tests.unit.web.test_grave_duties import day

PLACE = "https://updates.push.services.mozilla.com/wpush/v2/made-up"


class TestAwayAndOnCall:
    """Sam is ill today and has planned leave; while he is away Lena is asked."""

    @pytest.fixture(autouse=True)
    def _stage(self, page_of, people):
        self.page_of, self.people = page_of, people

    def test_others_are_asked_meanwhile(self):
        self.given_sam_on_his_first_page()
        self.when_he_plans_leave_and_falls_ill()
        self.then_lena_is_asked()
        self.when_he_is_back()
        self.then_he_is_asked_and_his_leave_stands()
        self.when_lena_takes_a_turn_for_the_desk()

    def given_sam_on_his_first_page(self):
        self.sam = self.page_of("sam", java_script_enabled=False)
        self.sam.goto("/")
        self.sam.get_by_role("link", name="Say when you are away or on call").click()

    def when_he_plans_leave_and_falls_ill(self):
        self._away("On leave", day(20), day(30))
        expect(self.sam.get_by_text("on leave from")).to_be_visible()
        self._away("Ill", "", "")
        expect(self.sam.get_by_text("nobody knows until when")).to_be_visible()

    def then_lena_is_asked(self):
        assert holder("social_care", Post.DUTY_PERSON, now()) == self.people.lena

    def when_he_is_back(self):
        self.sam.get_by_role("button", name="Back now").click()
        expect(self.sam.get_by_text("Welcome back")).to_be_visible()

    def then_he_is_asked_and_his_leave_stands(self):
        assert holder("social_care", Post.DUTY_PERSON, now()) == self.people.sam
        assert Absence.objects.filter(kind="leave", until__gt=now()).count() == 1

    def when_lena_takes_a_turn_for_the_desk(self):
        lena = self.page_of("lena")
        lena.goto("/there")
        look_at(lena, "there")
        lena.get_by_role("button", name="Keep the turn").click()
        expect(lena.get_by_role("link", name="Choose the post")).to_be_visible()
        look_at(lena, "there-faulty")
        lena.get_by_label("In which post?").select_option("duty_person")
        lena.get_by_label("From when?", exact=True).fill(f"{day(1)} 17:00")
        lena.get_by_label("Until when?").fill(f"{day(2)} 09:00")
        lena.get_by_role("button", name="Keep the turn").click()
        expect(lena.get_by_text("on call as duty person from")).to_be_visible()
        look_at(lena, "there-kept")
        lena.get_by_role("button", name="Give it up").click()
        expect(lena.get_by_text("The turn on call is given up")).to_be_visible()

    def test_sam_is_told_in_his_browser(self, live_server, tmp_path, monkeypatch):
        pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        )
        (tmp_path / "vapid.pem").write_bytes(pem)
        monkeypatch.setenv("HEED_VAPID_KEY_FILE", str(tmp_path / "vapid.pem"))
        monkeypatch.setenv("HEED_VAPID_CONTACT", "mailto:heed@partnership.example.org")
        sam = self.page_of("sam", permissions=["notifications"])
        # No push service is reached from here: the browser's answer stands in for it, all else is the browser's own.
        sam.add_init_script(
            f"""PushManager.prototype.subscribe = async function () {{ return {{endpoint: "{PLACE}"}}; }};
            PushManager.prototype.getSubscription = async function () {{ return {{endpoint: "{PLACE}"}}; }};"""
        )
        sam.goto("/there")
        sam.get_by_role("button", name="Tell me in this browser").click()
        expect(sam.get_by_text("You are told in this browser when something urgent waits")).to_be_visible()
        assert Way.objects.get().place == PLACE
        expect(sam.get_by_text("This browser, turned on")).to_be_visible()
        expect(sam.get_by_role("button", name="Tell me in this browser")).to_be_hidden()
        look_at(sam, "there-told")
        assert self._woken(sam, live_server.url) == ["Something in Heed is waiting for you. Sign in."]
        sam.get_by_role("button", name="Turn it off").click()
        expect(sam.get_by_text("You are told in no browser yet")).to_be_visible()

    def _woken(self, page, origin):
        """What the browser shows once its push service wakes it with nothing to say."""
        line = page.context.new_cdp_session(page)
        workers = []
        line.on("ServiceWorker.workerRegistrationUpdated", lambda told: workers.extend(told["registrations"]))
        line.send("ServiceWorker.enable")
        page.wait_for_function("async () => (await navigator.serviceWorker.getRegistrations()).length")
        for _ in range(50):
            if workers:
                break
            page.wait_for_timeout(50)
        line.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": origin, "registrationId": workers[0]["registrationId"], "data": ""},
        )
        shown = """async () => {
            const [worker] = await navigator.serviceWorker.getRegistrations();
            return (await worker.getNotifications()).map((each) => each.body);
        }"""
        page.wait_for_function(f"async () => (await ({shown})()).length")
        return page.evaluate(shown)

    def _away(self, why, since, until):
        self.sam.get_by_label(why, exact=True).check()
        self.sam.get_by_label("From when?").first.fill(since)
        self.sam.get_by_label("Back from when?").fill(until)
        self.sam.get_by_role("button", name="Keep the absence").click()
