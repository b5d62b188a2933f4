//! `space door status`: shows the state of the running door.

use std::io::Write as _;

use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;

use super::manual;
use crate::{
    app::{
        view::{CellStyle, Column, maybe, plain},
        when::{self, local},
    },
    cli::{CliError, Context, advice, input::machine::MachineArgs, output::table},
    control::Request,
    domain::model::Advice,
};

/// The arguments of `space door status`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    machine: MachineArgs,
}

const DOORS: &[Column<Value>] = &[
    Column::new("DOOR", |row| plain(text(&row["door"]))),
    Column::new("FACILITY", |row| plain(text(&row["facility"]))),
    Column::new("STATE", |row| match text(&row["state"]) {
        "locked" => plain("locked"),
        "locked-by-hand" => ("locked by hand".into(), CellStyle::Warning),
        "held" => ("held unlocked".into(), CellStyle::Warning),
        other => (other.into(), CellStyle::Good),
    }),
    Column::new("UNTIL", |row| maybe(moment(&row["until"]))),
    Column::new("BY", |row| maybe(row["requirement"].as_str().or(row["by"].as_str()))),
    Column::new("STRIKE", |row| match text(&row["strike"]) {
        "unknown" => ("unknown".into(), CellStyle::Bad),
        "none" => ("-".into(), CellStyle::Faint),
        other => plain(other),
    }),
    Column::new("CONTACT", |row| {
        maybe(row["open"].as_bool().map(|open| if open { "open" } else { "closed" }))
    }),
    Column::new("NEXT CHANGE", |row| maybe(moment(&row["next_change"]))),
];

const DEVICES: &[Column<Value>] = &[
    Column::new("DEVICE", |row| plain(text(&row["device"]))),
    Column::new("CONNECTED SINCE", |row| match moment(&row["connected"]) {
        Some(since) => (since, CellStyle::Good),
        None => ("not connected".into(), CellStyle::Bad),
    }),
    Column::new("WHAT IT IS", |row| maybe(row["what"].as_str())),
    Column::new("LAST FAILURE", |row| maybe(moment(&row["failed"]))),
    Column::new("BECAUSE", |row| maybe(row["error"].as_str())),
];

/// Shows doors, devices, what is in force, the clock and the journal.
///
/// # Errors
/// Fails if no door is listening.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let status = manual::ask(ctx, &args.machine, &Request::Status {})?;
    if ctx.json {
        return Ok(table::write_json(&mut ctx.out(), &status)?);
    }
    let empty = Vec::new();
    let rows = |name: &str| status[name].as_array().unwrap_or(&empty);
    let mut out = ctx.out();
    table::write(&mut out, rows("doors"), DOORS, None, ctx.colour())?;
    if !rows("devices").is_empty() {
        writeln!(out)?;
        table::write(&mut out, rows("devices"), DEVICES, None, ctx.colour())?;
    }
    writeln!(out)?;
    let pauses: Vec<String> = rows("pauses")
        .iter()
        .map(|it| {
            let until = moment(&it["until"]).unwrap_or_default();
            format!("{} ignores every {} until {until}", text(&it["reader"]), text(&it["type"]))
        })
        .collect();
    let lines = [
        ("time", moment(&status["time"]).unwrap_or_default()),
        ("clock", describe_clock(&status["doubt"])),
        ("commit", in_force(&status)),
        ("trouble", text(&status["in_force"]["trouble"]).to_owned()),
        ("server", server(&status["clone"])),
        ("warnings", notes(&status["clone"]["notes"])),
        ("pausing", pauses.join(", ")),
        ("journal", journal(&status["journal"])),
    ];
    table::write_record(&mut out, &lines)?;
    Ok(out.flush()?)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn timestamp(value: &Value) -> Option<Timestamp> {
    value.as_str()?.parse().ok()
}

fn moment(value: &Value) -> Option<String> {
    Some(local(timestamp(value)?, &TimeZone::system()))
}

fn in_force(status: &Value) -> String {
    let Some(commit) = status["commit"].as_str() else { return "none".to_owned() };
    let since = moment(&status["in_force"]["since"]).unwrap_or_default();
    let made = timestamp(&status["in_force"]["committed"]).zip(timestamp(&status["time"]));
    let made = made.map_or_else(String::new, |(made, now)| {
        format!(" (made {})", when::ago(now.duration_since(made)))
    });
    format!("{}{made}, in force since {since}", commit.get(..7).unwrap_or(commit))
}

fn server(clone: &Value) -> String {
    let Some(url) = clone["upstream"]["url"].as_str() else { return String::new() };
    let fetched =
        moment(&clone["upstream"]["fetched"]).unwrap_or_else(|| "at no known time".to_owned());
    format!("{url}: {}, fetched {fetched}", text(&clone["compared"]))
}

fn notes(notes: &Value) -> String {
    let notes: Vec<&str> = notes.as_array().into_iter().flatten().map(text).collect();
    notes.join("\n")
}

fn describe_clock(doubt: &Value) -> String {
    let shows = |which: &str, from: &str, to: &str| {
        let it = &doubt[which];
        (!it.is_null()).then(|| (text(&it[from]).to_owned(), text(&it[to]).to_owned()))
    };
    if let Some((shows, latest)) = shows("behind", "shows", "latest") {
        format!(
            "shows {shows}, but {latest} is already past: nothing is held unlocked until it is set\n{}",
            advice::words(&Advice::TrustClock)
        )
    } else if let Some((from, to)) = shows("leapt", "from", "to") {
        format!("jumped from {from} to {to}: nothing is held unlocked until it is steady or set")
    } else if let Some((shows, commit)) = shows("ahead", "shows", "commit") {
        format!(
            "shows {shows}, but the newest commit is dated {commit}: nothing is held unlocked\n{}",
            advice::words(&Advice::TrustClock)
        )
    } else {
        "trusted".to_owned()
    }
}

fn journal(journal: &Value) -> String {
    let [pending, dropped] = [&journal["pending"], &journal["dropped"]];
    match journal["trouble"]["words"].as_str() {
        Some(why) => format!("{why}; {pending} activities wait in memory, {dropped} were lost"),
        None => "written".to_owned(),
    }
}
