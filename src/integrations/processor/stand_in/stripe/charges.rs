//! Money: charges, refunds, and what is paid out to the space.

use serde_json::{Value, json};

use super::forms::{failure, missing};
use crate::integrations::processor::stand_in::{
    answered::{Answered, good},
    asked::Fields,
    books::Books,
};

/// What the stand-in keeps of each charge: 1.5 % and 20 minor units, as Stripe does for British cards.
fn fee(amount: i64) -> i64 {
    (amount * 15 + 500) / 1000 + 20
}

impl Books {
    /// Charges for a month of a subscription.
    pub(super) fn charge_for(&mut self, subscription: &Value) {
        let price = &subscription["items"]["data"][0]["price"];
        let customer = subscription["customer"].as_str().unwrap_or_default();
        let currency = price["currency"].as_str().unwrap_or_default();
        let amount = price["unit_amount"].as_i64().unwrap_or_default();
        self.charge(customer, amount, currency);
    }

    /// Charges an account.
    pub(super) fn charge(&mut self, customer: &str, amount: i64, currency: &str) {
        let (id, created) = (self.id("ch_"), self.now.as_second());
        let charge = json!({
            "id": id, "object": "charge", "amount": amount, "amount_refunded": 0,
            "currency": currency, "customer": customer, "created": created, "paid": true,
            "status": "succeeded", "refunded": false,
        });
        self.add("charges", charge.clone());
        let transaction = self.id("txn_");
        self.add(
            "balance_transactions",
            json!({
                "id": transaction, "object": "balance_transaction", "amount": amount,
                "fee": fee(amount), "net": amount - fee(amount), "source": id, "type": "charge",
                "currency": currency, "created": created, "payout": null,
            }),
        );
        self.happened("charge.succeeded", charge);
    }

    /// Begins a dispute about a charge, or ends the one there is.
    pub(super) fn dispute(&mut self, id: &str, status: &str) {
        let Some(charge) = self.object("charges", id) else { return };
        let (amount, currency) = (charge["amount"].clone(), charge["currency"].clone());
        let dispute = self.id("dp_");
        let kind = if status == "needs_response" { "created" } else { "closed" };
        let object = json!({
            "id": dispute, "object": "dispute", "charge": id, "amount": amount,
            "currency": currency, "status": status, "reason": "fraudulent",
        });
        self.happened(&format!("charge.dispute.{kind}"), object);
    }

    /// Fails to charge an account.
    pub(super) fn decline(&mut self, customer: &str, why: &str) {
        let (id, created) = (self.id("ch_"), self.now.as_second());
        let charge = json!({
            "id": id, "object": "charge", "amount": 2500, "amount_refunded": 0, "currency": "gbp",
            "customer": customer, "created": created, "paid": false, "status": "failed",
            "failure_message": why,
        });
        self.happened("charge.failed", charge);
    }

    pub(super) fn new_refund(&mut self, form: &Fields) -> Answered {
        self.refund(form.get("charge").unwrap_or_default(), form.number("amount"))
    }

    /// Gives a charge back, or a part of it.
    pub(super) fn refund(&mut self, id: &str, amount: Option<i64>) -> Answered {
        let Some(charge) = self.object("charges", id) else { return missing("charge", id) };
        let left = charge["amount"].as_i64().unwrap_or_default()
            - charge["amount_refunded"].as_i64().unwrap_or_default();
        let amount = amount.unwrap_or(left);
        if !(1..=left).contains(&amount) {
            return failure(400, "charge_already_refunded", "Charge has already been refunded.");
        }
        let back = charge["amount_refunded"].as_i64().unwrap_or_default() + amount;
        charge["amount_refunded"] = back.into();
        charge["refunded"] = (amount == left).into();
        let after = charge.clone();
        let (refund, created) = (self.id("re_"), self.now.as_second());
        let transaction = self.id("txn_");
        self.add(
            "balance_transactions",
            json!({
                "id": transaction, "object": "balance_transaction", "amount": -amount, "fee": 0,
                "net": -amount, "source": refund, "type": "refund", "currency": after["currency"],
                "created": created, "payout": null,
            }),
        );
        self.happened("charge.refunded", after);
        good(json!({ "id": refund, "object": "refund", "charge": id, "amount": amount,
            "status": "succeeded" }))
    }

    /// Pays out what was not paid out yet.
    pub(super) fn pay_out(&mut self) -> Option<i64> {
        let payout = self.id("po_");
        let (mut amount, mut currency) = (0, serde_json::Value::Null);
        for it in
            self.all_mut("balance_transactions").iter_mut().filter(|it| it["payout"].is_null())
        {
            it["payout"] = payout.clone().into();
            amount += it["net"].as_i64().unwrap_or_default();
            currency = it["currency"].clone();
        }
        if amount <= 0 {
            return None;
        }
        let created = self.now.as_second();
        let object = json!({
            "id": payout, "object": "payout", "amount": amount, "currency": currency,
            "created": created, "arrival_date": created, "status": "paid",
        });
        self.add("payouts", object.clone());
        let own = self.id("txn_");
        self.add(
            "balance_transactions",
            json!({
                "id": own, "object": "balance_transaction", "amount": -amount, "fee": 0,
                "net": -amount, "source": payout, "type": "payout", "currency": currency,
                "created": created, "payout": payout,
            }),
        );
        self.happened("payout.paid", object);
        Some(amount)
    }

    /// Lets the last payout come back: the next one pays it out again.
    pub(super) fn bounce(&mut self, why: &str) -> bool {
        let Some(payout) = self.all_mut("payouts").last_mut().filter(|it| it["status"] == "paid")
        else {
            return false;
        };
        (payout["status"], payout["failure_message"]) = ("failed".into(), why.into());
        let after = payout.clone();
        let (transaction, created) = (self.id("txn_"), self.now.as_second());
        self.add(
            "balance_transactions",
            json!({
                "id": transaction, "object": "balance_transaction", "amount": after["amount"],
                "fee": 0, "net": after["amount"], "source": after["id"], "type": "payout_failure",
                "currency": after["currency"], "created": created, "payout": null,
            }),
        );
        self.happened("payout.failed", after);
        true
    }
}
