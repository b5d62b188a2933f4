//! When a requirement is active, in a form: always, every week, once, or as a calendar says.

use jiff::civil::{Time, Weekday};
use maud::{Markup, html};

use super::{
    desk::Desk,
    wrong::{At as _, Wrong},
};
use crate::{
    app::{AppError, view::local, when},
    domain::{
        model::Tag,
        schedule::{Days, Interval, Timespec, compose, decompose},
    },
    web::fields::Fields,
};

/// How many windows the preview shows.
const SHOWN: usize = 10;

/// The days of the week: how they are sent, and what people read.
const WEEK: [(&str, &str, Weekday); 7] = [
    ("mon", "Monday", Weekday::Monday),
    ("tue", "Tuesday", Weekday::Tuesday),
    ("wed", "Wednesday", Weekday::Wednesday),
    ("thu", "Thursday", Weekday::Thursday),
    ("fri", "Friday", Weekday::Friday),
    ("sat", "Saturday", Weekday::Saturday),
    ("sun", "Sunday", Weekday::Sunday),
];

/// Shows the fields.
pub(super) fn inputs(fields: &Fields) -> Markup {
    html! {
        fieldset.when {
            legend { "When" }
            (fields.radio("when", "weekly", "Every week"))
            (fields.radio("when", "once", "Once"))
            (fields.radio("when", "always", "Always"))
            (fields.radio("when", "calendar", "As a calendar says (iCalendar)"))
            (fields.below("when", ""))
            div.weekly {
                div.days role="group" aria-label="Days of the week" {
                    @for (value, name, _) in WEEK { (fields.tick("day", value, name)) }
                }
                (fields.below("day", ""))
            }
            div.once { (fields.input("date", "on", "Day", "today, unless given")) }
            div.times {
                div { (fields.input("time", "from", "From", "local time")) }
                div { (fields.input("time", "to", "To", "the next day, if it is not later")) }
            }
            div.weekly {
                (fields.input("date", "starting", "First day", "today, unless given"))
                (fields.input("date", "until", "Last day", "for ever, unless given"))
            }
            div.calendar {
                (fields.area("calendar", "Calendar", "from BEGIN:VCALENDAR to END:VCALENDAR"))
            }
        }
    }
}

/// Fills in the fields from a timespec: as days and times if a form has made it.
pub(super) fn fill_in(desk: &Desk<'_>, fields: &mut Fields, timespec: &str) {
    if timespec == "always" {
        return fields.set("when", "always");
    }
    fields.set("calendar", timespec);
    let Some((days, (from, to))) = decompose(timespec, &desk.zone) else {
        return fields.set("when", "calendar");
    };
    let short = |time: Time| time.strftime("%H:%M").to_string();
    fields.set("from", &short(from));
    fields.set("to", &short(to));
    match days {
        Days::Once(day) => {
            fields.set("when", "once");
            fields.set("on", &day.to_string());
        }
        Days::Weekly { days, starting, until } => {
            fields.set("when", "weekly");
            for (value, ..) in WEEK.iter().filter(|(.., day)| days.contains(day)) {
                fields.add("day", value);
            }
            fields.set("starting", &starting.to_string());
            fields.set("until", &until.map(|day| day.to_string()).unwrap_or_default());
        }
    }
}

/// Reads the timespec that was filled in.
///
/// # Errors
/// A field is missing or not valid, or the calendar is refused.
pub(super) fn read(desk: &Desk<'_>, fields: &Fields, tag: &Tag) -> Result<String, Wrong> {
    let days = match fields.text("when") {
        "always" => return Ok("always".into()),
        "calendar" => return calendar(desk, fields),
        "once" => Days::Once(desk.day(fields, "on")?),
        "weekly" => Days::Weekly {
            days: weekdays(fields)?,
            starting: desk.day(fields, "starting")?,
            until: desk.maybe_day(fields, "until")?,
        },
        _ => return Err(AppError::user("say when the requirement is active")).at("when"),
    };
    let time = |name: &'static str, what: &str| {
        let text = fields.get(name).ok_or_else(|| Wrong::missing(name, what))?;
        when::time(text).at(name)
    };
    let times = (time("from", "the time when it begins")?, time("to", "the time when it ends")?);
    let text = compose(tag.as_str(), &days, times, &desk.zone, desk.now);
    Timespec::parse(&text, &desk.zone).map_err(|refusal| refusal.to_string()).at("when")?;
    Ok(text)
}

/// Returns the former text if what was filled in says the same, so that nothing changes.
pub(super) fn read_over(
    desk: &Desk<'_>,
    fields: &Fields,
    tag: &Tag,
    former: &str,
) -> Result<Option<String>, Wrong> {
    let new = read(desk, fields, tag)?;
    let meant = |text: &str| decompose(text, &desk.zone);
    let same = new == former.replace("\r\n", "\n")
        || meant(&new).is_some_and(|it| Some(it) == meant(former));
    Ok((!same).then_some(new))
}

fn weekdays(fields: &Fields) -> Result<Vec<Weekday>, Wrong> {
    let ticked = |value: &str| fields.all("day").any(|it| it == value);
    let days = WEEK.iter().filter(|(value, ..)| ticked(value)).map(|(.., day)| *day);
    let days: Vec<Weekday> = days.collect();
    if days.is_empty() { Err(Wrong::missing("day", "the day of the week")) } else { Ok(days) }
}

fn calendar(desk: &Desk<'_>, fields: &Fields) -> Result<String, Wrong> {
    // Browsers send line breaks as CR LF, whatever they were.
    let text = fields.text("calendar").replace("\r\n", "\n");
    if text.trim().is_empty() {
        return Err(Wrong::missing("calendar", "the calendar"));
    }
    Timespec::parse(&text, &desk.zone).map_err(|refusal| refusal.to_string()).at("calendar")?;
    Ok(text)
}

/// Shows the next windows in which a timespec is active.
pub(super) fn windows(desk: &Desk<'_>, timespec: &str) -> Markup {
    let Ok(read) = Timespec::parse(timespec, &desk.zone) else { return html! {} };
    let all = read.next(desk.now, SHOWN);
    html! {
        @if all == [Interval::ALWAYS] {
            p { "It is always active." }
        } @else if all.is_empty() {
            p.note.warn { "It is not active within the next five years." }
        } @else {
            h2 { "The next times" }
            div.scroll tabindex="0" role="group" aria-label="The next times" { table {
                thead { tr { th scope="col" { "From" } th scope="col" { "Until" } } }
                tbody {
                    @for it in &all {
                        tr {
                            td.time data-label="From" { (local(it.start, &desk.zone)) }
                            td.time data-label="Until" { (local(it.end, &desk.zone)) }
                        }
                    }
                }
            } }
        }
        @for warning in read.warnings() { p.note.warn { (warning) } }
    }
}
