"""The JSON twin: the same answers for programs."""

from __future__ import annotations

from starlette.testclient import TestClient

from tests.web.paper import PaperDesk


def test_the_plan_adds_up_and_names_its_reasons(client: TestClient) -> None:
    plan = client.get("/api/plan?on=2017-11-02").json()
    assert plan["on"] == "2017-11-02"
    assert plan["touches"] + plan["silences"] == plan["customers"] == 2469
    assert sum(plan["reasons"].values()) == plan["silences"]
    assert next(iter(plan["reasons"])) == "not_worth_her_attention"


def test_a_decision_names_every_reason(client: TestClient) -> None:
    decision = client.get("/api/customers/0/decision").json()
    assert (decision["customer_key"], decision["reason"], decision["chosen"]["reason"]) == ("0", "said", "said")
    assert [verdict["reason"] for verdict in decision["others"]] == ["already_bought", "not_worth_her_attention", "not_due", "not_due", "not_concerned"]
    assert decision["chosen"]["terms"]["buy_percent"] == 41.0


def test_a_card_is_in_the_language_asked_for_and_without_our_own_numbers(client: TestClient) -> None:
    answer = client.get("/api/customers/0/card?lang=fr")
    assert answer.headers["content-type"] == "application/json"
    card = answer.json()
    assert card["facts"][0] == {"heading": "Comes", "text": "Thursdays, late morning", "proof": "19 of her last 30 big baskets; next expected today"}
    assert "customer_id" not in card


def test_an_unknown_customer_is_a_sentence(client: TestClient, desk: PaperDesk) -> None:
    answer = client.get("/api/customers/nobody/card")
    assert answer.status_code == 404
    assert answer.json() == {"error": "No customer has the number nobody."}
    assert client.get("/api/nothing").json() == {"error": "There is no such page."}
