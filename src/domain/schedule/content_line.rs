//! The unfolded content lines of a calendar text, with their line numbers (RFC 5545 §3.1).

use super::TimespecError;
use crate::domain::model::text::shown;

/// One content line: `DTSTART;TZID=Europe/London:20260105T190000`.
#[derive(Clone, Debug)]
pub(super) struct ContentLine {
    /// The number of its first line in the original text, counted from 1.
    pub(super) number: u32,
    /// The property's name in upper case.
    pub(super) name: String,
    /// The parameters: names in upper case, values without quotes.
    params: Vec<(String, String)>,
    /// Everything after the colon.
    pub(super) value: String,
}

impl ContentLine {
    /// Reads the lines of a text, unfolding continued lines and skipping empty ones.
    pub(super) fn read_all(text: &str) -> Result<Vec<Self>, TimespecError> {
        let mut lines = Vec::new();
        let mut open: Option<(u32, String)> = None;
        for (physical, number) in text.split('\n').zip(1..) {
            let physical = physical.strip_suffix('\r').unwrap_or(physical);
            if let Some(c) = physical.chars().find(|c| c.is_control() && *c != '\t') {
                let code = u32::from(c);
                return Err(TimespecError::at(
                    number,
                    format!("the line contains the control character U+{code:04X}"),
                ));
            }
            if let Some(rest) = physical.strip_prefix([' ', '\t']) {
                match &mut open {
                    Some((_, whole)) => whole.push_str(rest),
                    None if rest.trim().is_empty() => {}
                    None => {
                        return Err(TimespecError::at(
                            number,
                            "the first line starts with a blank, as if it continued another",
                        ));
                    }
                }
            } else if !physical.is_empty()
                && let Some((first, whole)) = open.replace((number, physical.to_owned()))
            {
                lines.push(Self::read(first, &whole)?);
            }
        }
        if let Some((first, whole)) = open {
            lines.push(Self::read(first, &whole)?);
        }
        Ok(lines)
    }

    fn read(number: u32, text: &str) -> Result<Self, TimespecError> {
        let wrong = || {
            TimespecError::at(
                number,
                format!("`{}` is not a valid calendar line (NAME:value)", shown(text)),
            )
        };
        let end = text.find([':', ';']).ok_or_else(wrong)?;
        let (name, mut rest) = text.split_at(end);
        if !is_name(name) {
            return Err(wrong());
        }
        let mut params = Vec::new();
        while let Some(after) = rest.strip_prefix(';') {
            let (param, after) = after.split_once('=').ok_or_else(wrong)?;
            if !is_name(param) {
                return Err(wrong());
            }
            let end = end_of_value(after).ok_or_else(wrong)?;
            let (value, next) = after.split_at(end);
            params.push((param.to_ascii_uppercase(), value.replace('"', "")));
            rest = next;
        }
        let value = rest.strip_prefix(':').ok_or_else(wrong)?.to_owned();
        Ok(Self { number, name: name.to_ascii_uppercase(), params, value })
    }

    /// Returns a parameter's value; refuses a repeated parameter.
    pub(super) fn param(&self, name: &str) -> Result<Option<&str>, TimespecError> {
        let mut found = self.params.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str());
        let first = found.next();
        if found.next().is_some() {
            return Err(self.refuse(format!("{name} is given twice")));
        }
        Ok(first)
    }

    /// Makes a refusal about this line.
    pub(super) fn refuse(&self, message: impl Into<String>) -> TimespecError {
        TimespecError::at(self.number, message)
    }

    /// Makes a refusal about a value of this line.
    pub(super) fn refuse_value(&self, value: &str, expected: &str) -> TimespecError {
        self.refuse(format!("{} is `{}`, which is not a valid {expected}", self.name, shown(value)))
    }
}

/// Finds the `;` or `:` that ends a parameter's value, skipping quoted text.
fn end_of_value(text: &str) -> Option<usize> {
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b';' | b':' if !quoted => return Some(at),
            _ => {}
        }
    }
    None
}

/// Letters, digits and `-`; also `_`, which some programs use in their own names.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_lines_are_joined_and_keep_the_number_of_their_beginning() {
        let lines =
            ContentLine::read_all("A:1\r\nB;X=\"a;b:c\":2\r\n 3\r\n\t4\r\n\r\nc:5\r\n").unwrap();
        let seen: Vec<_> =
            lines.iter().map(|l| (l.number, l.name.as_str(), l.value.as_str())).collect();
        assert_eq!(seen, [(1, "A", "1"), (2, "B", "234"), (6, "C", "5")]);
        assert_eq!(lines[1].param("X").unwrap(), Some("a;b:c"));
    }

    #[test]
    fn an_invalid_content_line_is_refused_with_its_number() {
        for bad in
            ["A:1\nevery tuesday", "A:1\nB;X:1", "A:1\nB;X=\"1:2", "A:1\nB\u{7}:1", "A:1\nÄ:1"]
        {
            assert_eq!(ContentLine::read_all(bad).unwrap_err().line, Some(2), "{bad}");
        }
        assert!(ContentLine::read_all(" folded").is_err());
    }
}
