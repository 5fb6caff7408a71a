"""`habitue mail doctor` says what is wrong with a sender's records and servers, and the record to publish; what it could not see is never in order.

The DNS is a real NSD, the mail server a real Postfix; only faults come from a peer of ours.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from habitue.app.doctor.asking import Dns, resolver_at
from habitue.app.doctor.brand import Month, month_findings, month_of
from habitue.app.doctor.dkim import dkim_findings
from habitue.app.doctor.dmarc import dmarc_findings, mx_findings
from habitue.app.doctor.findings import Finding, Grade, looked
from habitue.app.doctor.server import Sends, reverse_findings
from habitue.app.doctor.spf import spf_findings
from habitue.channels.email.signing import Keys
from habitue.channels.email.signing_keys import FILE, make_keys
from habitue.channels.returns import Return, add_return
from habitue.words.errors import BadInput, Refused
from tests.command_line import command_line
from tests.post.conftest import OpenPost, send_all
from tests.post.deaf_dns import deaf_dns
from tests.post.nsd import nsd, txt
from tests.post.peer import Peer, listening_peer
from tests.post.postfix import Postfix, free_port, postfix
from tests.post.test_post_room import asks, certificate
from tests.web.conftest import served
from tests.web.paper import PaperDesk

OK, BETTER, MEND, NOT_SEEN = Grade.IN_ORDER, Grade.BETTER, Grade.MEND, Grade.NOT_SEEN
SENDER = "192.0.2.10"
Doctor = Callable[..., tuple[int, dict[str, list[Finding]]]]


@dataclass(frozen=True)
class World:
    """A DNS in which there is a domain for each case, and the keys of the house that asks."""

    at: str
    data: Path
    keys: Keys

    @property
    def dns(self) -> Dns:
        return Dns(self.at)


SPF = {
    "plain": (["v=spf1 ip4:192.0.2.10 -all"], OK, "1"),
    "soft": (["unlike=spf", "V=SPF1   a:post.example.org  ~all"], OK, "1 of 10"),
    "behind": (["v=spf1 include:plain.spf.test redirect=soft.spf.test"], OK, "3 of 10"),
    "nothing": ([], MEND, "Nothing says which servers may send for nothing.spf.test"),
    "two": (["v=spf1 include:plain.spf.test -all", "v=spf1 ip4:192.0.2.10 ~all"], MEND, "has 2 SPF records"),
    "open": (["v=spf1 +all"], MEND, "anybody at all may send"),
    "shut": (["v=spf1 -all"], MEND, "lets nobody send"),
    "unended": (["v=spf1 ip4:192.0.2.10"], BETTER, "does not say what becomes of all others"),
    "typo": (["v=spf1 ipv4:192.0.2.10 -all"], MEND, "“ipv4:192.0.2.10” in the record of “typo.spf.test” is no part of SPF"),
    "number": (["v=spf1 ip4:192.0.2.999 -all"], MEND, "names no such address"),
    "loop": (["v=spf1 include:loop2.spf.test -all"], MEND, "It includes itself"),
    "loop2": (["v=spf1 include:loop.spf.test -all"], MEND, "It includes itself"),
    "lost": (["v=spf1 include:nowhere.test -all"], MEND, "“nowhere.test”, which has no record"),
    "vain": (["v=spf1 a:n1.test a:n2.test a:n3.test -all"], MEND, "More than 2 of the names in it lead nowhere"),
    "ten": (["v=spf1 " + "a:post.example.org " * 10 + "-all"], OK, "10 of 10"),
    "eleven": (["v=spf1 " + "a:post.example.org " * 11 + "-all"], MEND, "more than 10 lookups"),
    "hostile": (["v=spf1 \x1b[2J\x07\u202e " + "x" * 9_000 + " -all"], MEND, "no part of SPF"),
}
DMARC = {
    "d-reject": ([("_dmarc.d-reject.test", ["v=DMARC1; p=reject; rua=mailto:d@d-reject.test"])], [OK, OK]),
    "up.d-reject": ([], [OK, OK]),
    "d-none": ([("_dmarc.d-none.test", ["v=DMARC1;p=none"])], [BETTER, BETTER]),
    "d-two": ([("_dmarc.d-two.test", ["v=DMARC1; p=none", "v=DMARC1; p=reject"])], [MEND]),
    "d-odd": ([("_dmarc.d-odd.test", ["v=DMARC1; p=refuse"])], [MEND]),
    "d-gone": ([("_dmarc.d-gone.test", ["v=spf1 -all"])], [MEND]),
    "d-far": ([("_dmarc.d-far.test", ["v=DMARC1; p=quarantine; pct=5; rua=mailto:a@reports.test,mailto:b@other.test,c"])], [BETTER, OK, BETTER, BETTER]),
}
MORE = [
    f"post.example.org. IN A {SENDER}",
    "10.2.0.192.in-addr.arpa. IN PTR post.example.org.",
    "11.2.0.192.in-addr.arpa. IN PTR elsewhere.test.",
    "elsewhere.test. IN A 192.0.2.99",
    "lies.test. IN A 192.0.2.11",
    "example.org. IN MX 10 post.example.org.",
    "null.test. IN MX 0 .",
    "bare.test. IN A 192.0.2.10",
    "lost-mx.test. IN MX 10 nowhere.test.",
    txt("example.org", f"v=spf1 ip4:{SENDER} -all"),
    txt("_dmarc.example.org", "v=DMARC1; p=reject; rua=mailto:dmarc@example.org"),
    txt("d-far.test._report._dmarc.reports.test", "v=DMARC1"),
]


def dkim(keys: Keys) -> dict[str, tuple[list[list[str]], str]]:
    """What the DNS says of the same key under other names: the strings of each record, and what is to be said of it."""
    [value, _] = keys.records.values()
    p = value.partition("p=")[2]
    return {
        "habitue": ([[value]], "holds our key"),
        "folded": ([[value[:200] + " ", value[200:]]], "holds our key"),
        "none": ([], "does not have our key"),
        "other": ([[value.replace(p[40:60], p[60:80])]], "Another key stands there"),
        "revoked": ([["v=DKIM1; k=rsa; p="]], "revoked"),
        "cut": ([[value[:255]]], "is cut off there after 237 of its 392 signs"),
        "parts": ([[value[:255]], [value[255:]]], "cut into several records"),
        "quotes": ([[value[:255] + '" "' + value[255:]]], "The quotes between the two pieces"),
        "kind": ([[value.replace("k=rsa", "k=ed25519")]], "of another kind"),
        "use": ([[value.replace("k=rsa", "k=rsa; s=tlsrpt")]], "not for signing letters"),
        "trial": ([[value.replace("k=rsa", "k=rsa; t=y")]], "only tried out"),
        "words": ([["hello \x00\x1b[31m"]], "is no key: “hello ��[31m”"),
    }


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    data = tmp_path_factory.mktemp("doctor")
    keys = make_keys(data, "shop@example.org")
    records = [txt(f"{name}.spf.test", text) for name, (texts, _, _) in SPF.items() for text in texts]
    records += [txt(name, text) for told, _ in DMARC.values() for name, texts in told for text in texts]
    records += [txt(f"{name}._domainkey.example.org", *strings) for name, (each, _) in dkim(keys).items() for strings in each]
    records += [txt(name, value) for name, value in list(keys.records.items())[1:]]
    with nsd(records + MORE) as at:
        yield World(at, data, keys)


@pytest.mark.parametrize("name", SPF)
def test_spf_is_read_as_a_provider_reads_it(world: World, name: str) -> None:
    _, grade, said = SPF[name]
    [first, *_] = spf_findings(world.dns, f"{name}.spf.test", (), "smtp.relay.test")
    assert (first.grade, said in first.said) == (grade, True), first
    assert first.said.isprintable()
    assert len(first.said) < 600


def test_the_record_to_publish_is_said_word_by_word(world: World) -> None:
    [sending] = world.dns.addresses("post.example.org")

    def value(name: str) -> str:
        return next(each.value for each in spf_findings(world.dns, f"{name}.spf.test", (sending,), "") if each.grade == MEND)

    assert value("nothing") == "v=spf1 ip4:192.0.2.10 -all"
    assert value("two") == "v=spf1 include:plain.spf.test ip4:192.0.2.10 ~all"
    assert value("shut") == ""
    [_, missing] = spf_findings(world.dns, "ten.spf.test", world.dns.addresses("elsewhere.test"), "")
    assert (missing.grade, missing.value.startswith("v=spf1 ip4:192.0.2.99 a:post.example.org ")) == (MEND, True)


@pytest.mark.parametrize("name", DMARC)
def test_dmarc_is_looked_for_upwards_and_read_to_its_reports(world: World, name: str) -> None:
    found = list(dmarc_findings(world.dns, f"{name}.test", ""))
    agreement = [BETTER] if found[-1].said.startswith("Without a signature") else []
    assert [each.grade for each in found] == DMARC[name][1] + agreement
    if name in ("d-odd", "d-gone"):
        assert (found[0].name, found[0].value) == (f"_dmarc.{name}.test", f"v=DMARC1; p=none; rua=mailto:dmarc@{name}.test")


def test_each_of_our_keys_is_held_against_what_the_dns_says(world: World, tmp_path: Path) -> None:
    told = (world.data / FILE).read_text()
    for name, (_, said) in dkim(world.keys).items():
        (tmp_path / FILE).write_text(told.replace('"habitue"', f'"{name}"'))
        first, _ = dkim_findings(world.dns, tmp_path, "shop.example.org")
        grade = OK if said == "holds our key" else BETTER if name == "trial" else MEND
        assert (first.grade, said in first.said) == (grade, True), first
        assert first.value == ("" if grade != MEND else world.keys.records["habitue._domainkey.example.org"])
    (tmp_path / FILE).write_text("torn")
    [torn] = dkim_findings(world.dns, tmp_path, "example.org")
    [foreign] = dkim_findings(world.dns, world.data, "notexample.org")
    [none] = dkim_findings(world.dns, tmp_path / "empty", "example.org")
    assert [torn.grade, foreign.grade, none.grade] == [MEND] * 3
    assert "habitue mail keys" in none.said


def test_a_mail_server_is_needed_for_what_comes_back(world: World) -> None:
    grades = {
        name: [each.grade for each in mx_findings(world.dns, name, ("x",))] for name in ("example.org", "null.test", "bare.test", "lost-mx.test", "no.test")
    }
    assert grades == {"example.org": [OK], "null.test": [MEND], "bare.test": [BETTER], "lost-mx.test": [MEND], "no.test": [MEND]}


def test_the_name_of_our_own_server_leads_there_and_back(world: World) -> None:
    def of(address: str, name: str) -> list[Grade]:
        return [each.grade for each in reverse_findings(world.dns, Sends(True, name, tuple(world.dns.addresses(address))))]

    assert of("post.example.org", "post.example.org") == [OK]
    assert of("post.example.org", "mx.example.org") == [BETTER]
    assert of("elsewhere.test", "elsewhere.test") == [MEND], "it has no name"
    assert of("lies.test", "elsewhere.test") == [MEND], "its name leads to another"
    assert of("nowhere.test", "nowhere.test") == [BETTER], "nobody can look there"
    [theirs] = reverse_findings(world.dns, Sends(False, "smtp.relay.test", ()))
    assert "theirs to keep" in theirs.said


@pytest.fixture
def doctor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], world: World) -> Doctor:
    """`doctor(settings, *words)`: what the command says of a house with those settings and keys, by what each finding is about, and its exit code."""

    def run(settings: dict[str, str], *words: str) -> tuple[int, dict[str, list[Finding]]]:
        (tmp_path / "habitue.toml").write_text("".join(f"{name} = {json.dumps(value)}\n" for name, value in settings.items()))
        (tmp_path / FILE).write_text((world.data / FILE).read_text())
        code, said = command_line(tmp_path, monkeypatch, capsys)("mail", "doctor", "--json", *words)
        found: dict[str, list[Finding]] = {}
        for each in json.loads(said[: said.rindex("}") + 1])["findings"]:
            found.setdefault(each["about"], []).append(Finding(**{**each, "grade": Grade(each["grade"])}))
        return code, found

    return run


def refuse(*_: object) -> None:
    raise Refused("Log in first.")


def test_a_house_that_has_done_everything_is_in_order_from_the_dns_to_the_press(
    doctor: Doctor, world: World, mail_server: Postfix, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, chain = PaperDesk(), certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    with served(desk, certificate=chain) as address:
        told = {"sender": "shop@example.org", "address": address, "relay": f"smtp://127.0.0.1:{mail_server.port}", "mailbox": "imaps://a@imap.example.org"}
        code, found = doctor(told, "--resolver", world.at)
        assert {each.grade for every in found.values() for each in every} == {OK}, found
        assert (code, sorted(found)) == (0, ["Answers", "Complaints", "DKIM", "DMARC", "MX", "Reverse name", "SPF", "TLS", "Way out"])
        assert f"{SENDER}, from which your letters leave, is in it." in [each.said for each in found["SPF"]]
        assert [asked[0] for asked in desk.asked] == ["step_out"], "pressed as a mail program presses, with a secret that is nobody's"
        desk.step_out = refuse  # type: ignore[method-assign]
        assert "not ours, or not open to a mail program: it answers 403" in doctor(told, "--resolver", world.at)[1]["Way out"][0].said
        assert doctor({**told, "address": address.replace("https", "http")}, "--resolver", world.at)[0] == 1


def test_a_far_server_is_met_by_tls_with_a_certificate_that_holds(doctor: Doctor, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chain, far = certificate(tmp_path, ",DNS:127.1"), "127.1"  # loopback by a name that is not known for this very machine

    def says_of(port: int) -> Finding:
        [found] = doctor({"sender": "shop@example.org", "relay": f"smtp://{far}:{port}"}, "--resolver", world.at)[1]["TLS"]
        return found

    with postfix(chain) as server, listening_peer() as plain:
        untrusted, bare, away = says_of(server.port), says_of(plain.port), says_of(free_port())
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
        soon = says_of(server.port)
    assert [untrusted.grade, bare.grade, away.grade, soon.grade] == [MEND, MEND, MEND, BETTER]
    assert "Its certificate does not hold: self-signed certificate." in untrusted.said
    assert "no way to speak to it safely" in bare.said
    assert "cannot be reached" in away.said
    assert "ends in 1 days" in soon.said


@pytest.mark.parametrize("how", ["silent", "servfail", "refused", "rubbish", "truncated"])
def test_what_could_not_be_looked_at_is_never_in_order(how: str) -> None:
    with deaf_dns(how) as at:
        dns = Dns(at, seconds=3)
        for about, check in {"SPF": lambda: spf_findings(dns, "a.test", (), ""), "MX": lambda: mx_findings(dns, "a.test", ("x",))}.items():
            [found] = looked(about, check)
            assert (found.grade, found.said.startswith("Could not look: ")) == (NOT_SEEN, True)


def test_a_house_without_sender_relay_network_or_truth_is_told_what_it_lacks(doctor: Doctor) -> None:
    code, found = doctor({}, "--resolver", f"127.0.0.1:{free_port()}")
    assert (code, found["Answers"][0].grade, found["TLS"][0].grade, found["Way out"][0].grade) == (1, MEND, MEND, MEND)
    code, found = doctor({}, "--domain", "exämple.org", "--resolver", f"127.0.0.1:{free_port()}")
    assert (code, {each.grade for name in ("SPF", "DMARC", "MX") for each in found[name]}) == (1, {NOT_SEEN})


@pytest.mark.parametrize("told", ["", ":53", "dns.test", "192.0.2.1:0", "192.0.2.1:99999", "192.0.2.1:" + "9" * 40, "[::1", "[::1]x"])
def test_a_resolver_is_an_address(told: str) -> None:
    with pytest.raises(BadInput, match="not the address of a DNS server"):
        resolver_at(told)
    assert [resolver_at(each) for each in ("192.0.2.1", "192.0.2.1:54", "::1", "[::1]:54", "[::1]")] == [
        ("192.0.2.1", 53), ("192.0.2.1", 54), ("::1", 53), ("::1", 54), ("::1", 53)
    ]  # fmt: skip


def test_complaints_of_the_last_month_are_the_least_that_there_were(open_post: OpenPost, peer: Peer) -> None:
    house = open_post(peer.port)
    asks(house)
    assert (send_all(house), month_of(house.truth, house.clock.instant())) == (1, Month(1, 1, 0))
    with house.truth.transaction():
        house.truth.next_seq(0)
        for mail in ("one", "other"):
            add_return(house.truth, 1, mail, Return.COMPLAINT, "", b"", house.clock.instant())
    assert month_of(house.truth, house.clock.instant()) == Month(1, 1, 1)
    assert month_of(house.truth, house.clock.instant() + 31 * 86_400) == Month(0, 0, 0)
    for complained, grade in ((0, OK), (9, OK), (10, BETTER), (29, BETTER), (30, MEND)):
        *_, found = month_findings(Month(10_000, 6_000, complained))
        assert (found.grade, re.search(r"the least: Gmail tells nobody but its Postmaster Tools", found.said) is not None) == (grade, True)
