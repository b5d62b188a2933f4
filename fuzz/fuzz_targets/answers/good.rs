//! What the services answer, as their references describe it.

use serde_json::{Value, json};

/// Returns what is answered to a path.
pub(crate) fn good(path: &str, url: &str) -> Value {
    let what = path.split('?').next().unwrap_or_default();
    if let Some(kind) = what.strip_prefix("/v1/") {
        return stripe(kind, url);
    }
    if let Some(method) = what.strip_prefix("/api/") {
        return slack(method, url);
    }
    if what == "/socket" {
        return json!({
            "type": "slash_commands", "envelope_id": "E1", "accepts_response_payload": true,
            "payload": {
                "team_id": "T1", "user_id": "U1", "command": "/space", "text": "dues",
                "response_url": "https://hooks.example.org/1", "channel_id": "C1",
            },
        });
    }
    gocardless(what.trim_matches('/'), url)
}

fn stripe(kind: &str, url: &str) -> Value {
    let list = |one: Value| json!({ "object": "list", "data": [one], "has_more": false });
    match kind.split('/').next().unwrap_or_default() {
        "customers" => {
            let mut one = json!({
                "id": "A", "name": "Ada", "email": "a@example.org",
                "metadata": { "reference": "SM1" },
                "invoice_settings": { "default_payment_method": "pm_1" },
            });
            one["data"] = json!([one.clone()]);
            one
        }
        "subscriptions" => {
            let item = json!({
                "id": "si_1", "quantity": 1, "current_period_end": 1_800_000_000,
                "price": { "currency": "gbp", "unit_amount": 2500,
                    "recurring": { "interval": "month", "interval_count": 1 } },
            });
            let mut one = json!({
                "id": "sub_1", "customer": "A", "status": "active", "cancel_at_period_end": false,
                "cancel_at": null, "items": list(item),
            });
            one["data"] = json!([one.clone()]);
            one
        }
        "events" => {
            let charge = json!({
                "id": "ch_1", "amount": 2500, "amount_refunded": 100, "currency": "gbp",
                "customer": "A", "created": 1_770_000_000, "status": "succeeded",
            });
            let dispute =
                json!({ "id": "dp_1", "charge": "ch_1", "amount": 2500, "status": "won" });
            let payout = json!({ "id": "po_1", "amount": 2442, "currency": "gbp", "status": "failed",
                "arrival_date": 1_770_000_000, "failure_message": "closed" });
            let kinds = [
                ("charge.succeeded", &charge),
                ("charge.failed", &charge),
                ("charge.refunded", &charge),
                ("charge.dispute.created", &dispute),
                ("charge.dispute.closed", &dispute),
                ("payout.paid", &payout),
                ("payout.failed", &payout),
            ];
            let all: Vec<Value> = (1..)
                .zip(kinds)
                .map(|(number, (kind, object))| {
                    json!({ "id": format!("EV{number}"), "type": kind, "created": 1_770_000_000,
                        "data": { "object": object } })
                })
                .collect();
            json!({ "data": all, "has_more": false })
        }
        "balance_transactions" => list(json!({
            "id": "txn_1", "amount": 2500, "fee": 58, "type": "charge", "source": "ch_1",
        })),
        _ => json!({ "id": "it_1", "url": format!("{url}/pay") }),
    }
}

fn gocardless(what: &str, url: &str) -> Value {
    let kind = what.split('/').next().unwrap_or_default();
    let one = match kind {
        "customers" => json!({
            "id": "A", "email": "a@example.org", "given_name": "Ada", "family_name": "L",
            "company_name": null, "metadata": { "reference": "SM1" },
        }),
        "mandates" => json!({
            "id": "MD1", "status": "active", "next_possible_charge_date": "2026-03-05",
            "links": { "customer": "A" },
        }),
        "subscriptions" => json!({
            "id": "SB1", "status": "active", "amount": 2500, "currency": "GBP",
            "interval_unit": "monthly", "interval": 1, "end_date": null,
            "upcoming_payments": [{ "charge_date": "2026-04-05", "amount": 2500 }],
            "links": { "mandate": "MD1" },
        }),
        "payments" => json!({
            "id": "PM1", "status": "confirmed", "amount": 2500, "amount_refunded": 100,
            "currency": "GBP", "charge_date": "2026-03-05",
            "links": { "mandate": "MD1", "subscription": "SB1" },
        }),
        "payouts" => json!({
            "id": "PO1", "amount": 2455, "deducted_fees": 45, "currency": "GBP",
            "arrival_date": "2026-03-09",
        }),
        "payout_items" => json!({
            "type": "payment_paid_out", "amount": "2500.0", "links": { "payment": "PM1" },
        }),
        "refunds" => json!({ "id": "RF1", "links": { "payment": "PM1" } }),
        "events" => {
            let event = |number: u8, kind: &str, action: &str, id: &str| {
                json!({
                    "id": format!("EV{number}"), "created_at": "2026-03-09T12:00:00.000Z",
                    "resource_type": kind, "action": action,
                    "links": { kind.trim_end_matches('s'): id },
                    "details": { "description": "words", "cause": "cause" },
                })
            };
            let all = [
                event(1, "payments", "confirmed", "PM1"),
                event(2, "payments", "failed", "PM2"),
                event(3, "payments", "charged_back", "PM1"),
                event(4, "refunds", "paid", "RF1"),
                event(5, "mandates", "cancelled", "MD1"),
                event(6, "payouts", "paid", "PO1"),
            ];
            return json!({ "events": all, "meta": { "cursors": { "before": null, "after": null } } });
        }
        _ => json!({ "id": "IT1", "authorisation_url": format!("{url}/flow") }),
    };
    if what.contains('/')
        || !matches!(kind, "customers" | "mandates" | "subscriptions" | "payments" | "payout_items")
    {
        return json!({ kind: one });
    }
    json!({ kind: [one], "meta": { "cursors": { "before": null, "after": null } } })
}

fn slack(method: &str, url: &str) -> Value {
    match method {
        "users.list" => json!({
            "ok": true, "members": [{
                "id": "U1", "name": "ada", "deleted": false, "is_bot": false, "is_admin": true,
                "is_owner": false, "is_email_confirmed": true,
                "profile": { "email": "a@example.org", "real_name": "Ada" },
            }],
            "response_metadata": { "next_cursor": "" },
        }),
        "conversations.list" => json!({
            "ok": true, "channels": [{
                "id": "C1", "name": "talk", "is_archived": false, "is_member": true,
                "is_private": false, "is_general": false,
            }],
            "response_metadata": { "next_cursor": "" },
        }),
        "conversations.members" => json!({
            "ok": true, "members": ["U1"], "response_metadata": { "next_cursor": "" },
        }),
        "apps.connections.open" => {
            json!({ "ok": true, "url": format!("{}/socket", url.replacen("http", "ws", 1)) })
        }
        _ => json!({ "ok": true, "channel": { "id": "C1" }, "ts": "1.0" }),
    }
}
