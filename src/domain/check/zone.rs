//! Checks of a zone: its bounds, its wishes, its facilities, and where its set point goes.

use super::{facility, finding_collector::FindingCollector, schedule, topic};
use crate::domain::model::{Advice, Decimal, FindingCode, RecordPath, Slug, Zone};

/// Nothing indoors is colder by intent, and water freezes.
const LEAST: Decimal = Decimal::whole(1);

/// Nothing indoors is heated to more.
const MOST: Decimal = Decimal::whole(35);

pub(super) fn check(zone: &Zone, findings: &mut FindingCollector<'_>) {
    findings.text("name", &zone.name);
    let (frost, ceiling) = (zone.frost, zone.ceiling);
    if frost < LEAST || ceiling > MOST || frost >= ceiling {
        let message = format!(
            "`frost` is {frost} and `ceiling` {ceiling}: write degrees Celsius, {LEAST} or more for \
             `frost`, {MOST} or less for `ceiling`, and `ceiling` above `frost`"
        );
        findings.error(FindingCode::BadZone, message);
    }
    for name in &zone.facilities {
        facility::exists(name, "`facilities` names", findings);
    }
    for (number, wish) in zone.wishes.iter().enumerate() {
        let field = |name: &str| format!("wishes[{number}].{name}");
        findings.optional_text(&field("description"), wish.description.as_deref());
        if !(frost..=ceiling).contains(&wish.temperature) {
            let message = format!(
                "`{}` is {}, which is not between `frost` ({frost}) and `ceiling` ({ceiling})",
                field("temperature"),
                wish.temperature
            );
            findings.error(FindingCode::BadZone, message);
        }
        schedule::check(&field("timespec"), &wish.timespec, findings);
    }
    if let Some(set_point) = &zone.set_point {
        topic::check("set_point.topic", &set_point.topic, FindingCode::BadZone, findings);
        findings.optional_text("set_point.key", set_point.key.as_deref());
    }
}

/// Checks that the zone of a meter exists.
pub(super) fn exists(name: &Slug, findings: &mut FindingCollector<'_>) {
    if !findings.records.exists(&RecordPath::Zone(name.clone())) {
        findings.error_with(
            FindingCode::UnknownZone,
            format!("`zone` is {name}, which is not a zone"),
            Advice::CorrectZone(name.clone()),
        );
    }
}
