//! What a processor took, in one form for all of them.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde_json::Value;
use space::integrations::processor::ProcessorKind;

use super::both::Side;

/// A payment at a processor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Taken {
    pub(super) id: String,
    pub(super) account: String,
    pub(super) amount: i64,
    /// How much of it went back.
    pub(super) back: i64,
    /// The local day on which it is taken, by the processor's clock.
    pub(super) on: Date,
    pub(super) stage: Stage,
}

/// How far a payment is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stage {
    /// It can still be cancelled.
    Planned,
    /// It is at the bank.
    OnItsWay,
    /// It arrived.
    Here,
    /// It was cancelled, or could not be taken.
    Never,
}

impl Taken {
    /// Returns all payments, oldest first.
    pub(super) fn all(side: &Side) -> Vec<Self> {
        let mandates = side.there.all("mandates");
        let payments = side.there.payments();
        payments.iter().map(|it| Self::new(it, side, &mandates)).collect()
    }

    fn new(it: &Value, side: &Side, mandates: &[Value]) -> Self {
        let text = |name: &str| it[name].as_str().unwrap_or_default().to_owned();
        let number = |name: &str| it[name].as_i64().unwrap_or_default();
        let (id, amount) = (text("id"), number("amount"));
        let is_disputed = side.disputed.contains(&id) || it["status"] == "charged_back";
        let back = if is_disputed { amount } else { number("amount_refunded") };
        let (account, on, stage) = match side.kind {
            ProcessorKind::Stripe => {
                let at = Timestamp::from_second(number("created")).unwrap();
                let on = at.to_zoned(TimeZone::get("Europe/London").unwrap()).date();
                (text("customer"), on, Stage::Here)
            }
            ProcessorKind::GoCardless => {
                let own = mandates.iter().find(|mandate| mandate["id"] == it["links"]["mandate"]);
                let stage = match it["status"].as_str().unwrap() {
                    "pending_submission" => Stage::Planned,
                    "submitted" => Stage::OnItsWay,
                    "failed" | "cancelled" => Stage::Never,
                    _ => Stage::Here,
                };
                let account = own.unwrap()["links"]["customer"].as_str().unwrap().to_owned();
                (account, text("charge_date").parse().unwrap(), stage)
            }
        };
        Self { id, account, amount, back, on, stage }
    }

    /// Tells whether nobody can stop it any more.
    pub(super) fn is_final(&self) -> bool {
        matches!(self.stage, Stage::OnItsWay | Stage::Here)
    }
}
