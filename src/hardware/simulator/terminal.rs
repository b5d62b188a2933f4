//! Readings typed at a terminal, one per line.

use std::{
    io::{BufRead as _, BufReader, Read},
    thread,
};

use tokio::sync::mpsc::{self, UnboundedReceiver};

use crate::domain::{
    access::{Reading, Side},
    model::{Code, CredentialType, Slug},
};

/// The help for typing.
pub const HELP: &str = "\
type a fob's number, as if it were held to the reader: 15408774
at another facility:                                  laser 15408774
a passcode:                                           laser passcode 4455661
at the reader inside:                                 exit 15408774
the facility that was named last is meant where none is; Ctrl-D ends";

/// The maximum length of a line, in bytes.
const LONGEST: usize = 1000;

/// A reader for every facility, operated by typing.
#[derive(Debug)]
pub struct Terminal {
    lines: UnboundedReceiver<String>,
    facility: Option<Slug>,
}

impl Terminal {
    /// Reads lines in a separate thread; the facility is the default until another is typed.
    pub fn new(input: impl Read + Send + 'static, facility: Option<Slug>) -> Self {
        let (sender, lines) = mpsc::unbounded_channel();
        // The thread may wait for a line for ever, so it is never joined.
        thread::spawn(move || {
            let mut input = BufReader::new(input);
            loop {
                let mut line = Vec::new();
                let read = input.by_ref().take(LONGEST as u64).read_until(b'\n', &mut line);
                let line = String::from_utf8_lossy(&line).into_owned();
                if !matches!(read, Ok(1..)) || sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self { lines, facility }
    }

    /// Waits for the next line: a reading, or a sentence about what could not be understood. `None`
    /// means that there will be no more.
    pub async fn next(&mut self) -> Option<Result<Reading, String>> {
        let line = self.lines.recv().await?;
        Some(self.parse(&line))
    }

    fn parse(&mut self, line: &str) -> Result<Reading, String> {
        let mut words: Vec<&str> = line.split_whitespace().collect();
        let side = match words.first() {
            Some(&"exit") => {
                words.remove(0);
                Side::Exit
            }
            _ => Side::Entry,
        };
        let kind = |word: &str| match word {
            "fob" => Some(CredentialType::Fob),
            "passcode" => Some(CredentialType::Passcode),
            _ => None,
        };
        let (facility, kind, code) = match words.as_slice() {
            [] | ["help" | "?"] => return Err(HELP.to_owned()),
            [code] => (None, None, *code),
            [word, code] => match kind(word) {
                Some(kind) => (None, Some(kind), *code),
                None => (Some(*word), None, *code),
            },
            [facility, word, code] if kind(word).is_some() => (Some(*facility), kind(word), *code),
            _ => return Err(format!("type one reading per line\n{HELP}")),
        };
        if let Some(facility) = facility {
            self.facility = Some(facility.parse()?);
        }
        let facility = self.facility.clone();
        let facility = facility.ok_or_else(|| format!("say at which facility\n{HELP}"))?;
        let code = Code::parse(kind.unwrap_or(CredentialType::Fob), code)?;
        Ok(Reading { facility, side, code })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terminal() -> Terminal {
        Terminal::new(std::io::empty(), "frontdoor".parse().ok())
    }

    #[test]
    fn a_line_is_a_reading() {
        for (line, facility, side, code) in [
            ("15408774", "frontdoor", Side::Entry, Code::fob("15408774")),
            (" laser  15408774\n", "laser", Side::Entry, Code::fob("15408774")),
            ("laser passcode 0042", "laser", Side::Entry, Code::passcode("0042")),
            ("passcode 0042", "frontdoor", Side::Entry, Code::passcode("0042")),
            ("fob 235,7814", "frontdoor", Side::Entry, Code::fob("15408774")),
            ("exit 15408774", "frontdoor", Side::Exit, Code::fob("15408774")),
            ("exit laser fob 1", "laser", Side::Exit, Code::fob("1")),
        ] {
            let code = code.unwrap();
            let expected = Reading { facility: facility.parse().unwrap(), side, code };
            assert_eq!(terminal().parse(line), Ok(expected), "{line}");
        }
    }

    #[test]
    fn the_facility_named_last_is_meant() {
        let mut terminal = terminal();
        terminal.parse("laser 1").unwrap();
        assert_eq!(terminal.parse("2").unwrap().facility.as_str(), "laser");
    }

    #[test]
    fn without_any_facility_one_has_to_be_named() {
        let mut terminal = Terminal::new(std::io::empty(), None);
        assert!(terminal.parse("1").unwrap_err().contains("at which facility"));
        assert_eq!(terminal.parse("laser 1").unwrap().facility.as_str(), "laser");
    }

    #[test]
    fn an_invalid_reading_is_answered_without_repeating_a_passcode() {
        for line in ["", "help", "?", "a b c d", "Front 1", "laser passcode 44x55661"] {
            let answer = terminal().parse(line).unwrap_err();
            assert!(!answer.is_empty() && !answer.contains("44x55661"), "{line}: {answer}");
        }
    }
}
