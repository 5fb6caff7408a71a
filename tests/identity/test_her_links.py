"""The links that lead her to what is hers: long, kept as hashes, young where they open much, and ended once."""

from __future__ import annotations

import threading

from habitue.identity.her_links import FRESH_SECONDS, end_link, end_links, make_link, read_link
from habitue.identity.records import strangers
from habitue.store import Settings, Truth, open_truth

NOW = 1_790_000_000


def test_a_link_opens_what_is_hers_while_it_is_fresh_and_a_way_out_for_ever(truth: Truth) -> None:
    with truth.transaction():
        (who,) = strangers(truth, 1)
        page, out = make_link(truth, who.profile_id, "page", NOW), make_link(truth, who.profile_id, "out", NOW)
    opened, way_out = read_link(truth, page), read_link(truth, out)
    assert opened
    assert way_out
    assert (opened.profile_id, opened.customer_id, opened.kind, opened.made_at) == (who.profile_id, who.customer_id, "page", NOW)
    end = NOW + FRESH_SECONDS["page"]
    assert [opened.is_fresh(at) for at in (NOW - 1, NOW, end - 1, end)] == [False, True, True, False]
    assert way_out.is_fresh(NOW + 10_000_000_000)


def test_only_the_hash_of_a_secret_is_kept_and_no_other_secret_opens_anything(truth: Truth) -> None:
    with truth.transaction():
        (who,) = strangers(truth, 1)
        secret = make_link(truth, who.profile_id, "page", NOW)
    kept = truth.run("SELECT * FROM her_link")
    assert secret not in str(kept)
    assert len(bytes(kept[0][0])) == 32
    for other in ("", secret[:-1], secret + "A", secret.swapcase(), secret + "\n", "é" * 22, "A" * 10_000, "' OR 1=1 --          ", "\x00" * 22):
        assert read_link(truth, other) is None


def test_of_two_who_end_a_link_at_once_one_alone_did(truth: Truth, settings: Settings) -> None:
    with truth.transaction():
        (who,) = strangers(truth, 1)
        secret = make_link(truth, who.profile_id, "page", NOW)
    did: list[bool] = []

    def end() -> None:
        another = open_truth(settings)
        with another.transaction():
            did.append(end_link(another, secret, NOW + 1))
        another.close()

    both = [threading.Thread(target=end) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(did) == [False, True]
    link = read_link(truth, secret)
    assert link
    assert not link.is_fresh(NOW + 2)


def test_all_links_of_hers_end_together_but_for_her_way_out_and_once(truth: Truth) -> None:
    with truth.transaction():
        she, he = strangers(truth, 2)
        hers = [make_link(truth, she.profile_id, kind, NOW) for kind in ("page", "page", "out")]
        his = make_link(truth, he.profile_id, "page", NOW)
        assert [end_links(truth, [she.profile_id], NOW + at) for at in (1, 2)] == [2, 0]
    assert [found.ended_at for secret in (*hers, his) if (found := read_link(truth, secret))] == [NOW + 1, NOW + 1, 0, 0]
