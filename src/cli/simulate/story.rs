//! A play as a story: a paragraph a day, then what it comes to.

use std::io::{self, Write};

use crate::simulation::{Report, Script};

/// A day, in seconds.
const DAY: i64 = 86_400;

/// Tells a play.
pub(super) fn tell(
    out: &mut Vec<u8>,
    report: &Report,
    script: &Script,
    shortest: Option<&Script>,
) -> io::Result<()> {
    let mut day = None;
    for told in &report.story {
        let this = told.second.div_euclid(DAY);
        if day != Some(this) {
            let date = Script::moment(this * DAY).strftime("%A, %-d %B");
            writeln!(out, "{}{date}", if day.is_some() { "\n" } else { "" })?;
            day = Some(this);
        }
        let clock = Script::moment(told.second).strftime("%H:%M");
        writeln!(out, "  {clock}  {}", told.words)?;
    }
    writeln!(out)?;
    for (what, count) in &report.activities {
        writeln!(out, "{count:>6}  {what}")?;
    }
    let Report { steps, checks, commits, .. } = report;
    writeln!(
        out,
        "\n{} days, {} doors: {steps} steps, {commits} commits, and {checks} moments at which \
         everything was as it should be",
        script.days, script.doors
    )?;
    let (Some(broken), Some(shortest)) = (&report.broken, shortest) else { return Ok(()) };
    let at = Script::moment(broken.second);
    writeln!(
        out,
        "\nbut at {at:.0}: {} [{}]; this is enough for it:\n",
        broken.words, broken.rule
    )?;
    write!(out, "{}", shortest.text())
}
