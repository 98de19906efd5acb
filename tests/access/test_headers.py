"""What a scanner would look for: the headers of every answer, to whoever is signed in and whoever is not."""

import pytest

from tests.access.asking import addresses, house

pytestmark = pytest.mark.django_db
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = ("default-src 'none'", "frame-ancestors 'none'")
OF_A_PAGE = ("script-src 'self'", "base-uri 'none'")
"""A file that came with a record is no page: it is put in a sandbox in which nothing runs at all."""


def test_every_answer_carries_its_headers_and_tells_nothing_of_the_server():
    clients, asked = house(), 0
    for name, address in addresses():
        for who in ("shared", "nobody") if name != "sign-out" else ():
            answer = clients[who].get(address)
            if answer.streaming:
                b"".join(answer.streaming_content)
            wrong = {header for header, value in EXPECTED.items() if answer.get(header) != value}
            policy = answer.get("Content-Security-Policy", "")
            wrong |= {
                words for words in POLICY + (() if "sandbox" in policy else OF_A_PAGE) if words not in policy
            }
            wrong |= {header for header in ("Server", "X-Powered-By") if header in answer}
            assert not wrong, (name, who, wrong)
            assert "no-store" in answer["Cache-Control"], name
            assert "unsafe" not in policy, name
            asked += 1
    assert asked > 150


def test_what_signs_somebody_in_is_out_of_reach_of_scripts_and_other_sites():
    for client in house().values():
        for cookie in client.get("/sign-in").cookies.values():
            assert cookie["httponly"]
            assert cookie["samesite"] in ("Lax", "Strict")
