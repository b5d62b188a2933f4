//! Shows what happens at the doors to whoever is watching: in words, or as JSON lines.

use std::{
    fmt::Write as _,
    io::Write,
    path::Path,
    sync::{Arc, OnceLock},
};

use anstyle::{AnsiColor, Style};
use jiff::{Timestamp, tz::TimeZone};

use super::{
    advice::advice,
    event::{HeldBy, ScreenLine},
    row,
};
use crate::{
    domain::model::{AccessResult, Activity, Advice, CommitId, MemberId, Record, RecordPath, text},
    service::{LogFile, Show},
    store::Store,
    time_zones,
};

/// The maximum number of findings shown; a check shows all.
const MAX_FINDINGS: usize = 5;

/// The repository, once it can be read.
pub(super) type Shelf = Arc<OnceLock<Arc<Store>>>;

/// Writes what happens. On a screen, members' names are looked up in the commit that the decision was
/// based on; a log is kept, and so it has their numbers only.
pub(super) struct Screen<W> {
    store: Shelf,
    show: Show,
    words: fn(&Advice) -> String,
    zone: TimeZone,
    out: W,
    /// Where it is kept, if the system does not keep it.
    file: Option<LogFile>,
}

/// Who reads the words.
#[derive(Clone, Copy)]
enum Reader {
    /// A person at a terminal, who sees names, and perhaps colours.
    Terminal { colour: bool },
    /// Whoever looks later: a log has numbers in place of names.
    Log,
}

impl<W: Write> Screen<W> {
    /// Shows lines, and keeps them in a folder unless the system does.
    pub(super) fn new(
        store: Shelf,
        show: Show,
        words: fn(&Advice) -> String,
        out: W,
        folder: &Path,
    ) -> Self {
        let file = (!show.is_kept()).then(|| LogFile::open(folder, "door"));
        Self { store, show, words, zone: TimeZone::UTC, out, file }
    }

    /// Writes a line. A lost output is no reason for a door to stop.
    pub(super) fn show(&mut self, now: Timestamp, line: &ScreenLine) {
        let text = match self.show {
            Show::Json => row::write(now, line),
            Show::Words { colour } => {
                if let ScreenLine::InForce(commit, _) = line {
                    self.zone = self.zone_of(*commit).unwrap_or(TimeZone::UTC);
                }
                let reader = Reader::Terminal { colour };
                text::printable(&self.words(now, line, reader)).into_owned()
            }
            Show::Log => format!("<{}>{}\n", severity(line), self.for_log(now, line)),
        };
        let _ = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
        if let Some(file) = &self.file {
            file.write(now, severity(line), &self.for_log(now, line));
        }
    }

    /// Returns the words for a log, in which each line stands alone, and has its time already.
    fn for_log(&self, now: Timestamp, line: &ScreenLine) -> String {
        let words = self.words(now, line, Reader::Log);
        // What follows is advice for a terminal.
        let first = words.lines().next().unwrap_or_default();
        let timed = !matches!(line, ScreenLine::Note(_));
        let rest = first.split_once(' ').filter(|_| timed).map_or(first, |(_, it)| it);
        text::printable(rest.trim_start()).into_owned()
    }

    fn words(&self, now: Timestamp, line: &ScreenLine, reader: Reader) -> String {
        let colour = matches!(reader, Reader::Terminal { colour: true });
        let paint = |style: AnsiColor, text: &str| {
            let style = if colour { style.on_default() } else { Style::new() };
            format!("{style}{text}{style:#}")
        };
        let time = now.to_zoned(self.zone.clone()).strftime("%H:%M:%S").to_string();
        match line {
            ScreenLine::Reading(activity) => self.reading(&time, activity, reader, &paint),
            ScreenLine::NotServed(facility) => {
                format!("{time} {facility:<9}  is not served here\n")
            }
            ScreenLine::Activity(activity) => self.activity(&time, activity, &paint),
            ScreenLine::Noise(reader, words, more) => {
                let more =
                    if *more == 0 { String::new() } else { format!(" ({more} more like that)") };
                format!("{time} {reader:<9}  not a credential: {words}{more}\n")
            }
            ScreenLine::Connected(device, what) => {
                format!("{time} {device:<9}  connected: {what}\n")
            }
            ScreenLine::Clock(Some(doubt)) => {
                let step = (self.words)(&Advice::TrustClock);
                format!("{time} {}: {doubt}; {step}\n", paint(AnsiColor::Red, "trouble"))
            }
            ScreenLine::Clock(None) => format!("{time} the clock is trusted again\n"),
            ScreenLine::Unlocked(facility) => format!("{time} {facility:<9}  unlocked\n"),
            ScreenLine::Held(facility, holder, until) => {
                let held = paint(AnsiColor::Green, "held unlocked");
                let until = if *until == Timestamp::MAX {
                    String::new()
                } else {
                    format!(" until {}", self.moment(now, *until))
                };
                let by = match holder {
                    HeldBy::Requirement(tag) => format!("requirement {}", tag.short()),
                    HeldBy::Person(by) => text::shown(by),
                };
                format!("{time} {facility:<9}  {held}{until} by {by}\n")
            }
            ScreenLine::Locked(facility) => format!("{time} {facility:<9}  locked\n"),
            ScreenLine::InForce(commit, findings) => {
                let mut text = format!("{time} in force: commit {}\n", commit.short());
                for finding in findings.iter().take(MAX_FINDINGS) {
                    let _ = writeln!(
                        text,
                        "         {}",
                        paint(AnsiColor::Yellow, &finding.to_string())
                    );
                }
                if let Some(more) = findings.len().checked_sub(MAX_FINDINGS).filter(|it| *it > 0) {
                    let all = (self.words)(&Advice::CheckAll);
                    let _ = writeln!(text, "         and {more} more: {all}");
                }
                text
            }
            ScreenLine::Trouble(words) => {
                format!("{time} {}: {words}\n", paint(AnsiColor::Red, "trouble"))
            }
            ScreenLine::Note(words) => format!("{words}\n"),
            ScreenLine::Stopped => format!("{time} stopped; every door is locked\n"),
        }
    }

    fn reading(
        &self,
        time: &str,
        activity: &Activity,
        reader: Reader,
        paint: &dyn Fn(AnsiColor, &str) -> String,
    ) -> String {
        let colour = match activity.result {
            AccessResult::Granted => AnsiColor::Green,
            AccessResult::Denied => AnsiColor::Red,
            AccessResult::Exit | AccessResult::Operated => AnsiColor::Cyan,
        };
        let result = paint(colour, &format!("{:<7}", activity.result.to_string()));
        let who = match activity.member {
            Some(id) => match self.name(activity.commit, id, reader) {
                Some(name) => format!("{id} {name}"),
                None => id.to_string(),
            },
            None => activity.stranger(),
        };
        let why = match (activity.priority, activity.required) {
            (Some(priority), Some(required)) => format!("priority {priority}, required {required}"),
            _ => activity.reason.words().to_owned(),
        };
        let commit = activity.commit.short();
        let mut text =
            format!("{time} {:<9}  {result}  {who}: {why} (commit {commit})\n", activity.facility);
        if let Some(advice) = advice(activity).filter(|_| activity.result == AccessResult::Denied) {
            let _ = writeln!(text, "         {}", (self.words)(&advice));
        }
        text
    }

    /// Describes what was not a reading: a button, a forced door, something done by hand.
    fn activity(
        &self,
        time: &str,
        activity: &Activity,
        paint: &dyn Fn(AnsiColor, &str) -> String,
    ) -> String {
        let colour = match activity.result {
            AccessResult::Granted | AccessResult::Exit | AccessResult::Operated => AnsiColor::Cyan,
            AccessResult::Denied => AnsiColor::Red,
        };
        let what = paint(colour, activity.reason.words());
        let by = [&activity.by, &activity.reader].into_iter().flatten().map(|by| text::shown(by));
        let by: Vec<String> = by.collect();
        let by = if by.is_empty() { String::new() } else { format!(": {}", by.join(", ")) };
        format!("{time} {:<9}  {what}{by}\n", activity.facility)
    }

    fn name(&self, commit: CommitId, id: MemberId, reader: Reader) -> Option<String> {
        if matches!(reader, Reader::Log) {
            return None;
        }
        match self.store.get()?.read(commit).ok()?.record(&RecordPath::Member(id)) {
            Ok(Some(Record::Member(member))) => Some(text::shown(&member.name)),
            _ => None,
        }
    }

    fn zone_of(&self, commit: CommitId) -> Option<TimeZone> {
        match self.store.get()?.read(commit).ok()?.record(&RecordPath::Space) {
            Ok(Some(Record::Space(space))) => time_zones::find(&space.time_zone),
            _ => None,
        }
    }

    /// Formats an instant as local time, with the date if it is another day.
    fn moment(&self, now: Timestamp, at: Timestamp) -> String {
        let [now, at] = [now, at].map(|it| it.to_zoned(self.zone.clone()));
        let form = if now.date() == at.date() { "%H:%M" } else { "%Y-%m-%d %H:%M" };
        at.strftime(form).to_string()
    }
}

/// Returns the severity of a line in the numbers of the system's journal: 4 is a warning, 6 is
/// informational.
const fn severity(line: &ScreenLine) -> u8 {
    match line {
        ScreenLine::Trouble(_) | ScreenLine::Clock(Some(_)) => 4,
        ScreenLine::Reading(it) | ScreenLine::Activity(it)
            if matches!(it.result, AccessResult::Denied) =>
        {
            5
        }
        _ => 6,
    }
}
