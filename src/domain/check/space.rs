//! Checks of the settings: the zone, the currency, the bank reference, and numbers in range.

use super::{facility, finding_collector::FindingCollector, tiny_amount};
use crate::{
    domain::{
        model::{Advice, AlarmRules, FindingCode, Months, RecordPath, Space, email, text},
        money::Currency,
        notices,
    },
    time_zones,
};

pub(super) fn check(space: &Space, findings: &mut FindingCollector<'_>) {
    findings.text("name", &space.name);
    if time_zones::find(&space.time_zone).is_none() {
        findings.error(
            FindingCode::UnknownTimeZone,
            format!(
                "`time_zone` is `{}`, which is not in the IANA time zone database: \
                 write a name like Europe/London",
                text::shown(&space.time_zone)
            ),
        );
    }
    if !Currency::exists(&space.currency) {
        findings.error(
            FindingCode::BadCurrency,
            format!(
                "`currency` is `{}`, which is not a currency: write the three capital letters of \
                 ISO 4217, like GBP",
                text::shown(&space.currency)
            ),
        );
    }
    let prefix = &space.reference_prefix;
    if !(1..=8).contains(&prefix.len()) || !prefix.bytes().all(|b| b.is_ascii_alphabetic()) {
        findings.error(
            FindingCode::BadPrefix,
            format!(
                "`reference_prefix` is `{}`: write one to eight letters, like SM; \
                 a member's number follows them in a bank reference",
                text::shown(prefix)
            ),
        );
    }
    ranges(space, findings);
    for (field, amount) in [
        ("dues.minimum", space.dues.minimum),
        ("dues.per_further_child", space.dues.per_further_child),
    ] {
        tiny_amount::check_in(space, field, Some(amount), "month", findings);
    }
    retention_days(space, findings);
    notice_rules(space, findings);
    alarm_rules(&space.alarms, findings);
    joining(space, findings);
    for name in space.self_service.guests.iter().flat_map(|it| &it.facilities) {
        facility::exists(name, "`self_service.guests` is for", findings);
    }
    for (level, name) in &space.levels {
        findings.text(&format!("levels.{level}"), name);
    }
}

fn joining(space: &Space, findings: &mut FindingCollector<'_>) {
    for tier in &space.joining.tiers {
        if !findings.records.exists(&RecordPath::Tier(tier.clone())) {
            findings.error_with(
                FindingCode::UnknownTier,
                format!("`joining.tiers` names {tier}, which is not a tier"),
                Advice::CorrectTier(tier.clone()),
            );
        }
    }
    for name in &space.joining.facilities_on_joining {
        facility::exists(name, "`joining.facilities_on_joining` names", findings);
    }
}

/// Tells whether it is the address of a page that nobody on the way can change.
fn is_web_page(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://localhost"));
    rest.is_some_and(|it| !it.is_empty())
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

fn notice_rules(space: &Space, findings: &mut FindingCollector<'_>) {
    let rules = &space.notices;
    let named = [("from", &rules.from), ("reply_to", &rules.reply_to)];
    let one = named.into_iter().filter_map(|(field, it)| Some((field, it.as_ref()?)));
    let all = one.chain(rules.directors.iter().map(|it| ("directors", it)));
    for (field, address) in all.filter(|(_, address)| !email::is_address(address)) {
        findings.error(
            FindingCode::BadEmail,
            format!(
                "`notices.{field}` contains `{}`, which is not a valid e-mail address: \
                 write one like members@example.org",
                text::shown(address)
            ),
        );
    }
    for line in rules.payment_details.iter().flat_map(|it| it.lines()) {
        if !line.trim().is_empty() {
            findings.text("notices.payment_details", line);
        }
    }
    if let Some(page) = rules.pay_page.as_ref().filter(|it| !is_web_page(it)) {
        findings.error(
            FindingCode::BadAddress,
            format!(
                "`notices.pay_page` is `{}`, which is not the address of a page: write one like \
                 https://space.example.org/profile/pay",
                text::shown(page)
            ),
        );
    }
    for line in rules.signature.iter().flat_map(|it| it.lines()) {
        if !line.trim().is_empty() {
            findings.text("notices.signature", line);
        }
    }
    if let Some(form) = rules.day_form.as_ref().filter(|form| !notices::is_day_form(form)) {
        findings.error(
            FindingCode::BadDayForm,
            format!(
                "`notices.day_form` is `{}`, which does not write a day: write one like %-d %B %Y, \
                 or null",
                text::shown(form)
            ),
        );
    }
    for days in &rules.reminder_days {
        if !(-366..=366).contains(days) {
            findings.error(
                FindingCode::NumberOutOfRange,
                format!("`notices.reminder_days` contains {days}: write numbers from -366 to 366"),
            );
        }
    }
}

fn alarm_rules(rules: &AlarmRules, findings: &mut FindingCollector<'_>) {
    for address in rules.to.iter().filter(|address| !email::is_address(address)) {
        findings.error(
            FindingCode::BadEmail,
            format!(
                "`alarms.to` contains `{}`, which is not a valid e-mail address: \
                 write one like board@example.org",
                text::shown(address)
            ),
        );
    }
    let Months { from, until } = rules.summer;
    if ![from, until].iter().all(|month| (1..=12).contains(month)) {
        findings.error(
            FindingCode::NumberOutOfRange,
            format!("`alarms.summer` is from {from} until {until}: write months from 1 to 12"),
        );
    }
}

/// The maximum retention: a hundred years, in days.
const MAX_RETENTION_DAYS: u32 = 36_525;

fn retention_days(space: &Space, findings: &mut FindingCollector<'_>) {
    let retention = &space.retention;
    for (field, days) in [
        ("contact_days", retention.contact_days),
        ("payment_days", retention.payment_days),
        ("member_days", retention.member_days),
        ("activity_days", retention.activity_days),
        ("letter_days", retention.letter_days),
        ("measurement_days", retention.measurement_days),
    ] {
        if let Some(days) = days.filter(|days| *days > MAX_RETENTION_DAYS) {
            findings.error(
                FindingCode::NumberOutOfRange,
                format!(
                    "`retention.{field}` is {days}, which is too large: \
                     write at most {MAX_RETENTION_DAYS}, or null to keep it for ever"
                ),
            );
        }
    }
}

fn ranges(space: &Space, findings: &mut FindingCollector<'_>) {
    let dues = &space.dues;
    for (field, value, limit) in [
        ("grace_days", i64::from(space.grace_days), 366),
        ("dues.minimum", dues.minimum, i64::MAX),
        ("dues.included_children", i64::from(dues.included_children), 100),
        ("dues.per_further_child", dues.per_further_child, i64::MAX),
        ("dues.concession_age", i64::from(dues.concession_age), 150),
        ("brake.percent", i64::from(space.brake.percent), 100),
    ] {
        if value < 0 {
            findings.error(
                FindingCode::NumberOutOfRange,
                format!("`{field}` is {value}: write 0 or more"),
            );
        } else if value > limit {
            findings.error(
                FindingCode::NumberOutOfRange,
                format!("`{field}` is {value}, which is too large: write at most {limit}"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::domain::{
        check,
        model::{Record, RecordPath},
        records::Catalogue,
    };

    /// Counts the findings in a space with these numbers.
    fn found(
        grace: i64,
        money: i64,
        children: i64,
        age: i64,
        retention_days: i64,
        days: [i64; 2],
    ) -> usize {
        let space: Value = json!({
            "name": "Space", "time_zone": "Europe/London", "currency": "GBP",
            "reference_prefix": "SM", "grace_days": grace,
            "dues": {
                "minimum": money, "included_children": children,
                "per_further_child": money, "concession_age": age,
            },
            "retention": {
                "contact_days": retention_days, "payment_days": retention_days,
                "member_days": retention_days, "activity_days": retention_days,
                "letter_days": retention_days,
            },
            "notices": { "reminder_days": days },
        });
        let space: Space = serde_json::from_value(space).unwrap();
        let all = Catalogue::default();
        check::record(&RecordPath::Space, &Record::Space(space), &all).len()
    }

    #[test]
    fn a_number_may_be_as_low_and_as_high_as_its_bounds() {
        assert_eq!(found(0, 0, 0, 0, 0, [-366, 366]), 0);
        assert_eq!(found(366, i64::MAX, 100, 150, 36_525, [0, 1]), 0);
        assert_eq!(found(367, 0, 101, 151, 36_526, [-367, 367]), 3 + 5 + 2);
        assert_eq!(found(0, -1, 0, 0, 0, [0, 1]), 2);
    }
}
