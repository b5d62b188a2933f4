//! Checks of a tier: its name and its prices.

use super::{finding_collector::FindingCollector, tiny_amount};
use crate::domain::model::{Advice, FindingCode, RecordPath, Slug, Tier};

pub(super) fn check(tier: &Tier, findings: &mut FindingCollector<'_>) {
    findings.text("name", &tier.name);
    for (field, amount, period) in [("price", tier.price, "month"), ("year", tier.year, "year")] {
        tiny_amount::check(field, amount, period, findings);
        if let Some(amount) = amount.filter(|amount| *amount < 0) {
            findings.error(
                FindingCode::BadPrice,
                format!("`{field}` is {amount}: write an amount above zero in minor units, or null for none"),
            );
        }
    }
    if tier.year.is_some() && matches!(tier.price, None | Some(0)) {
        findings.error(
            FindingCode::BadPrice,
            "`year` is set but `price` is not: write the monthly price too, or null for both",
        );
    }
}

/// Checks that a tier named in a record exists.
pub(super) fn exists(name: &Slug, where_named: &str, findings: &mut FindingCollector<'_>) {
    if !findings.records.exists(&RecordPath::Tier(name.clone())) {
        findings.error_with(
            FindingCode::UnknownTier,
            format!("{where_named} {name}, which is not a tier"),
            Advice::CorrectTier(name.clone()),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        check,
        model::{Record, RecordPath},
        records::Catalogue,
    };

    #[test]
    fn a_price_is_optional_and_a_yearly_price_needs_a_monthly_one() {
        let found = |price, year| {
            let tier = Tier { name: "Tier".into(), price, year, concessions: false };
            let path = RecordPath::Tier("tier".parse().unwrap());
            check::record(&path, &Record::Tier(tier), &Catalogue::default()).len()
        };
        for (price, year) in
            [(None, None), (Some(0), None), (Some(1), Some(0)), (Some(1), Some(10))]
        {
            assert_eq!(found(price, year), 0, "{price:?} {year:?}");
        }
        for (price, year) in
            [(Some(-1), None), (Some(1), Some(-1)), (None, Some(1)), (Some(0), Some(1))]
        {
            assert_eq!(found(price, year), 1, "{price:?} {year:?}");
        }
    }
}
