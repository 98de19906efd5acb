"""No unowned queue: whoever is ill, gone or was never named, at every post of every ladder somebody is asked, and it is
somebody who can be reached as long as anybody at the agency or the partnership can."""

from hypothesis import given
from hypothesis import strategies as st

from heed.core.duty.posts import UPWARDS, Post
from heed.core.duty.reaching import Holding, asked

HOLDING = st.builds(
    Holding,
    person=st.integers(1, 12),
    post=st.sampled_from(Post),
    order=st.integers(0, 3),
    active=st.booleans(),
    away=st.booleans(),
    on_call=st.booleans(),
)
PLACEHOLDERS = [Holding(100 + n, post, 1000, placeholder=True) for n, post in enumerate(UPWARDS)]
BOARD = st.lists(HOLDING, max_size=8).map(lambda held: [*held, *PLACEHOLDERS])


@given(st.sampled_from(Post), BOARD, BOARD)
def test_somebody_is_always_asked_and_reached_if_anybody_can_be(post, agency, partnership):
    found = asked(post, agency, partnership)
    assert found is not None
    assert found.active
    assert found.reachable == any(each.reachable for each in [*agency, *partnership])


@given(st.sampled_from(Post), BOARD, BOARD)
def test_nobody_is_passed_over_by_somebody_further_down(post, agency, partnership):
    found = asked(post, agency, partnership)
    above = [each for each in agency if each.reachable and UPWARDS.index(each.post) >= UPWARDS.index(post)]
    if above:
        nearest = min(UPWARDS.index(each.post) for each in above)
        assert UPWARDS.index(found.post) == nearest
        assert found in above


@given(BOARD)
def test_an_agency_nobody_was_named_at_asks_its_placeholder(partnership):
    nobody = [each for each in partnership if each.placeholder]
    assert asked(Post.LINE_MANAGER, nobody, nobody).post == Post.LINE_MANAGER
