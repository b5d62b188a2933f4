//! A play as a story: a paragraph a day, then what it comes to.

use std::io::{self, Write};

use crate::simulation::{Report, Script};

/// Tells a play.
pub(super) fn tell(
    out: &mut Vec<u8>,
    report: &Report,
    script: &Script,
    shortest: Option<&Script>,
) -> io::Result<()> {
    let mut day = None;
    for told in &report.story {
        let today = Script::moment(told.second).strftime("%A, %-d %B").to_string();
        if day.as_ref() != Some(&today) {
            writeln!(out, "{}{today}", if day.is_some() { "\n" } else { "" })?;
            day = Some(today);
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
        "\n{} day{}, {} door{}: {steps} steps, {commits} commits, and {checks} moments at which \
         everything was as it should be",
        script.days,
        if script.days == 1 { "" } else { "s" },
        script.doors,
        if script.doors == 1 { "" } else { "s" },
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
