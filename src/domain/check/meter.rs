//! Checks of a meter: its unit, its source, its prices, and what it belongs to.

use super::{facility, finding_collector::FindingCollector, topic, zone};
use crate::domain::model::{
    Base, Decimal, FindingCode, HttpSource, Meter, MqttSource, Quantity, Source, Unit, text,
};

/// The longest address or pointer, in bytes.
const LONGEST: usize = 1_000;

/// A meter is asked at most this often, and at least that often, in seconds.
const SECONDS: std::ops::RangeInclusive<u32> = 5..=86_400;

/// How many kilowatt-hours can be in a cubic metre of some gas.
const CALORIFIC: std::ops::RangeInclusive<Decimal> = Decimal::whole(1)..=Decimal::whole(40);

pub(super) fn check(meter: &Meter, findings: &mut FindingCollector<'_>) {
    findings.text("name", &meter.name);
    let (measures, unit) = (meter.measures, meter.unit);
    if !measures.fits(unit) {
        let fitting: Vec<&str> =
            Unit::ALL.into_iter().filter(|it| measures.fits(*it)).map(Unit::word).collect();
        let fitting = fitting.join(", ");
        report(findings, format!("`unit` is {unit}, but {measures} is measured in {fitting}"));
    }
    if let Some(name) = &meter.zone {
        zone::exists(name, findings);
    }
    if let Some(name) = &meter.facility {
        facility::exists(name, "`facility` is", findings);
    }
    match &meter.source {
        None | Some(Source::Guard(_)) => {}
        Some(Source::Mqtt(it)) => mqtt(it, findings),
        Some(Source::Http(it)) => http(it, findings),
        Some(Source::W1(it)) => {
            let known = it.device.split_once('-').is_some_and(|(family, id)| {
                let hex = |it: &str| it.bytes().all(|byte| byte.is_ascii_hexdigit());
                family.len() == 2 && id.len() == 12 && hex(family) && hex(id)
            });
            if !known {
                report(
                    findings,
                    "`source.w1.device`: write the name of its folder, like 28-0123456789ab",
                );
            }
        }
    }
    costs(meter, findings);
    alarm(meter, findings);
    if meter.outside && measures != Quantity::Temperature {
        report(
            findings,
            "`outside` is for a thermometer, by which degree days are counted: remove it",
        );
    }
    let public = matches!(
        measures,
        Quantity::Power | Quantity::Temperature | Quantity::Humidity | Quantity::Co2
    );
    if meter.published && !public {
        findings.warning(
            FindingCode::BadMeter,
            format!("`published` does nothing, since the SpaceAPI has no place for {measures}"),
        );
    }
}

fn report(findings: &mut FindingCollector<'_>, message: impl Into<String>) {
    findings.error(FindingCode::BadMeter, message);
}

fn mqtt(source: &MqttSource, findings: &mut FindingCollector<'_>) {
    topic::check("source.mqtt.topic", &source.topic, FindingCode::BadMeter, findings);
    if let Some(it) = &source.pointer {
        pointer("source.mqtt.pointer", it, findings);
        if source.profile.is_some() {
            report(
                findings,
                "`source.mqtt`: a profile knows where the number stands: remove `pointer` or `profile`",
            );
        }
    }
    if source.channel > 0 && source.profile.is_none() {
        report(findings, "`source.mqtt.channel` needs a `profile`");
    }
}

fn http(source: &HttpSource, findings: &mut FindingCollector<'_>) {
    let url = &source.url;
    let known =
        ["http://", "https://"].iter().any(|it| url.len() > it.len() && url.starts_with(it));
    if !known || url.len() > LONGEST || url.contains(|c: char| text::is_control(c) || c == ' ') {
        report(
            findings,
            "`source.http.url`: write an address that begins with http:// or https://",
        );
    }
    if url.split_once("://").is_some_and(|(_, it)| it.split('/').next().unwrap_or("").contains('@'))
    {
        report(
            findings,
            "`source.http.url` has a password in it, which every clone would have: ask a device that needs none",
        );
    }
    pointer("source.http.pointer", &source.pointer, findings);
    if !SECONDS.contains(&source.seconds) {
        let (least, most) = (SECONDS.start(), SECONDS.end());
        report(
            findings,
            format!("`source.http.seconds` is {}: write {least} to {most}", source.seconds),
        );
    }
}

fn pointer(field: &str, pointer: &str, findings: &mut FindingCollector<'_>) {
    if !(pointer.is_empty() || pointer.starts_with('/')) || pointer.len() > LONGEST {
        report(
            findings,
            format!("`{field}`: write the way to the number with slashes, like /ENERGY/Power"),
        );
    }
}

fn costs(meter: &Meter, findings: &mut FindingCollector<'_>) {
    let mut days: Vec<_> = meter.prices.iter().map(|price| price.from).collect();
    days.sort_unstable();
    for pair in days.windows(2) {
        if pair[0] == pair[1] {
            report(
                findings,
                match pair[0] {
                    Some(day) => format!("`prices` has two prices from {day}: remove one"),
                    None => {
                        "`prices` has two prices without a day: write `from` for one".to_owned()
                    }
                },
            );
        }
    }
    if let (Some(None), Some(Some(first))) = (days.first(), days.get(1)) {
        findings.warning(
            FindingCode::BadMeter,
            format!(
                "`prices` has a price without a day, which counts for all time before {first}: \
                     write `from` if it does not"
            ),
        );
    }
    for day in days.into_iter().flatten() {
        findings.date("prices.from", day);
    }
    if !meter.prices.is_empty() && !meter.measures.is_used() {
        report(findings, format!("`prices`: {} costs nothing", meter.measures));
    }
    if let Some(calorific) = meter.calorific {
        let volume = meter.measures == Quantity::Gas && meter.unit.base() == Base::Litre;
        if !volume {
            report(
                findings,
                "`calorific` is for gas that is counted in cubic metres or feet: remove it",
            );
        } else if !CALORIFIC.contains(&calorific) {
            let message = format!(
                "`calorific` is {calorific}: natural gas has 8 to 12 kilowatt-hours in a cubic metre"
            );
            report(findings, message);
        }
    }
    if let Some(end) = meter.wraps_at
        && (!meter.measures.is_counted() || end <= Decimal::ZERO)
    {
        report(findings, "`wraps_at` is the number at which a counter begins again, like 100000");
    }
}

fn alarm(meter: &Meter, findings: &mut FindingCollector<'_>) {
    let Some(alarm) = &meter.alarm else { return };
    if let (Some(below), Some(above)) = (alarm.below, alarm.above)
        && below >= above
    {
        report(findings, format!("`alarm`: everything is below {below} or above {above}"));
    }
    if alarm.silent_minutes == Some(0) {
        report(findings, "`alarm.silent_minutes` is 0: write how many minutes it may say nothing");
    }
}
