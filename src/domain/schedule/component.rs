//! The components of a calendar, between BEGIN and END (RFC 5545 §3.4, §3.6).

use super::{TimespecError, content_line::ContentLine};
use crate::domain::model::text::shown;

/// The maximum nesting; no calendar needs more than four levels.
const DEEPEST: usize = 8;

/// A component with its properties and inner components.
#[derive(Debug)]
pub(super) struct Component {
    pub(super) name: String,
    /// The line number of its BEGIN.
    pub(super) number: u32,
    pub(super) lines: Vec<ContentLine>,
    pub(super) parts: Vec<Component>,
}

impl Component {
    /// Reads a text that consists of one component and nothing else.
    pub(super) fn read(text: &str) -> Result<Self, TimespecError> {
        let mut open: Vec<Self> = Vec::new();
        let mut whole: Option<Self> = None;
        for line in ContentLine::read_all(text)? {
            if let Some(done) = &whole {
                return Err(line.refuse(format!("there is text after END:{}", done.name)));
            }
            match line.name.as_str() {
                "BEGIN" => {
                    let name = line.value.trim().to_ascii_uppercase();
                    if open.is_empty() && name != "VCALENDAR" || name.is_empty() {
                        return Err(line.refuse("a calendar has to begin with BEGIN:VCALENDAR"));
                    }
                    if open.len() == DEEPEST {
                        return Err(line.refuse("components are nested too deeply"));
                    }
                    open.push(Self { name, number: line.number, lines: vec![], parts: vec![] });
                }
                "END" => {
                    let name = line.value.trim();
                    let done = open.pop().filter(|c| c.name.eq_ignore_ascii_case(name));
                    let done = done.ok_or_else(|| {
                        line.refuse(format!("END:{} has no matching BEGIN", shown(name)))
                    })?;
                    match open.last_mut() {
                        Some(parent) => parent.parts.push(done),
                        None => whole = Some(done),
                    }
                }
                _ => match open.last_mut() {
                    Some(component) => component.lines.push(line),
                    None => return Err(line.refuse("a calendar has to begin with BEGIN:VCALENDAR")),
                },
            }
        }
        if let Some(last) = open.last() {
            let message = format!("BEGIN:{0} has no END:{0}", shown(&last.name));
            return Err(TimespecError::at(last.number, message));
        }
        whole.ok_or_else(|| TimespecError::whole("the text is empty: write `always` or a calendar"))
    }

    /// Returns all properties with a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a ContentLine> {
        self.lines.iter().filter(move |line| line.name == name)
    }

    /// Returns the property with a name; refuses a second one.
    pub(super) fn one(&self, name: &str) -> Result<Option<&ContentLine>, TimespecError> {
        let mut found = self.lines.iter().filter(|line| line.name == name);
        let first = found.next();
        match found.next() {
            Some(second) => Err(second.refuse(format!("there is a second {name}"))),
            None => Ok(first),
        }
    }

    /// Makes a refusal about this component.
    pub(super) fn refuse(&self, message: impl Into<String>) -> TimespecError {
        TimespecError::at(self.number, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_nest() {
        let text = "BEGIN:VCALENDAR\nbegin:vevent\nUID:1\nBEGIN:VALARM\nEND:VALARM\nend:vevent\nEND:VCALENDAR\n";
        let calendar = Component::read(text).unwrap();
        assert_eq!(calendar.parts[0].name, "VEVENT");
        assert_eq!(calendar.parts[0].number, 2);
        assert_eq!(calendar.parts[0].parts.len(), 1);
    }

    #[test]
    fn what_is_not_one_calendar_is_refused() {
        for (text, line) in [
            ("", None),
            ("\r\n\n", None),
            ("BEGIN:VEVENT\nEND:VEVENT", Some(1)),
            ("VERSION:2.0\n", Some(1)),
            ("BEGIN:VCALENDAR\n", Some(1)),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", Some(3)),
            ("BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR\n", Some(3)),
            ("BEGIN:VCALENDAR\nEND:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR\n", Some(3)),
        ] {
            assert_eq!(Component::read(text).unwrap_err().line, line, "{text:?}");
        }
        let deep = "BEGIN:VCALENDAR\n".to_owned() + &"BEGIN:X\n".repeat(100_000);
        assert_eq!(Component::read(&deep).unwrap_err().line, Some(9));
    }
}
