//! Warns of an amount below one unit of the currency: `25` in a record is 25 pence, not 25 pounds.

use super::finding_collector::FindingCollector;
use crate::domain::{
    model::{FindingCode, Money, Record, RecordPath, Space},
    money::Currency,
};

/// Looks at an amount of a member or a tier, which is paid once a `period`: `month`, `year`.
pub(super) fn check(
    field: &str,
    amount: Option<Money>,
    period: &str,
    findings: &mut FindingCollector<'_>,
) {
    if let Some(Record::Space(space)) = findings.records.record(&RecordPath::Space) {
        check_in(&space, field, amount, period, findings);
    }
}

/// Looks at an amount in these settings.
pub(super) fn check_in(
    space: &Space,
    field: &str,
    amount: Option<Money>,
    period: &str,
    findings: &mut FindingCollector<'_>,
) {
    let currency = Currency::named(&space.currency);
    let unit = 10_i64.pow(u32::from(currency.digits));
    if let Some(amount) = amount.filter(|amount| (1..unit).contains(amount)) {
        let (code, meant) = (&currency.code, amount.saturating_mul(unit));
        findings.warning(
            FindingCode::TinyAmount,
            format!(
                "`{field}` is {amount}, which is {} {code} a {period}: if you mean {} {code}, \
                 write {meant}, since amounts are in minor units",
                currency.amount(amount),
                currency.amount(meant),
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::{
        check,
        model::{FindingCode, Record, RecordPath, Space, Tier},
        records::Catalogue,
    };

    fn space_in(currency: &str) -> Space {
        let space = serde_json::json!({
            "name": "Space", "time_zone": "Europe/London", "currency": currency,
            "reference_prefix": "SM", "grace_days": 14,
            "dues": {
                "minimum": 0, "included_children": 0, "per_further_child": 0,
                "concession_age": 65,
            },
        });
        serde_json::from_value(space).unwrap()
    }

    #[test]
    fn less_than_one_unit_is_worth_a_question() {
        let found = |price, currency: &str| {
            let tier = Tier { name: "Tier".into(), price, year: None, concessions: false };
            let path = RecordPath::Tier("tier".parse().unwrap());
            let all: Catalogue =
                [(RecordPath::Space, Record::Space(space_in(currency)))].into_iter().collect();
            let found = check::record(&path, &Record::Tier(tier), &all);
            found.iter().filter(|it| it.code == FindingCode::TinyAmount).count()
        };
        for (price, currency, expected) in [
            (Some(25), "GBP", 1),
            (Some(99), "GBP", 1),
            (Some(100), "GBP", 0),
            (Some(0), "GBP", 0),
            (None, "GBP", 0),
            (Some(25), "JPY", 0),
            (Some(999), "KWD", 1),
        ] {
            assert_eq!(found(price, currency), expected, "{price:?} {currency}");
        }
    }
}
