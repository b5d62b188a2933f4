//! Reads a recurrence rule from its line, `RRULE:FREQ=WEEKLY;BYDAY=WE`.

use super::{
    TimespecError,
    content_line::ContentLine,
    part,
    rule::{Frequency, Rule},
};

impl Rule {
    /// Reads the value of an RRULE line.
    pub(super) fn read(line: &ContentLine) -> Result<Self, TimespecError> {
        let mut rule = Self::new(Frequency::Daily);
        let mut seen: Vec<String> = Vec::new();
        let text = line.value.trim().to_ascii_uppercase();
        for part in text.strip_suffix(';').unwrap_or(&text).split(';') {
            let wrong = || line.refuse_value(part, "part of a rule (NAME=value)");
            let (name, value) = part.split_once('=').ok_or_else(wrong)?;
            if seen.iter().any(|s| s == name) {
                return Err(line.refuse(format!("{name} is given twice")));
            }
            part::take(&mut rule, line, name, value)?.ok_or_else(wrong)?;
            seen.push(name.to_owned());
        }
        let has = |name| seen.iter().any(|s| s == name);
        if !has("FREQ") {
            return Err(line.refuse("the rule has no FREQ"));
        }
        if has("COUNT") && has("UNTIL") {
            return Err(line.refuse("the rule has both COUNT and UNTIL: remove one of them"));
        }
        rule.complaint().map_or(Ok(rule), |message| Err(line.refuse(message)))
    }
}
