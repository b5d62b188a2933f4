//! Splits the bytes of a file into lines: complete ones, torn ones, and one that may still be
//! growing.

use std::ops::Range;

use super::line;
use crate::domain::model::Activity;

/// What a line is: an activity, or the reason why not.
pub(super) type ParsedLine = Result<Activity, String>;

/// A line that is not blank.
#[derive(Debug)]
pub(super) struct ScannedLine {
    /// Its number, counted from 1 at the position where reading began.
    pub(super) number: u32,
    /// Its bytes, with its line break.
    pub(super) span: Range<usize>,
    pub(super) read: ParsedLine,
}

/// The content of a file from some position on.
#[derive(Debug, Default)]
pub(super) struct ScannedLines {
    pub(super) lines: Vec<ScannedLine>,
    /// The number of bytes and lines read; what follows has to be read again.
    pub(super) end: (u64, u32),
    /// A last line that may still be growing, because nothing follows it.
    pub(super) unfinished: Option<ScannedLine>,
    /// The number of lines, and the position, before anything that no writer leaves behind:
    /// something that is not an activity, or a gap, before another line.
    sound: Option<(usize, (u64, u32))>,
}

impl ScannedLines {
    /// Reads lines.
    pub(super) fn new(bytes: &[u8]) -> Self {
        let mut scan = Self::default();
        let (mut at, mut number) = (0_usize, 0_u32);
        for text in bytes.split_inclusive(|byte| *byte == b'\n') {
            let (span, before) = (at..at + text.len(), (at as u64, number));
            at = span.end;
            number = number.saturating_add(1);
            if text.trim_ascii().is_empty() {
                continue;
            }
            // Something follows the last line, so that line was not still growing.
            if let Some(unfinished) = scan.unfinished.take() {
                scan.doubt();
                scan.lines.push(unfinished);
            } else if before != scan.end {
                scan.doubt();
            }
            let read = line::parse(text.trim_ascii());
            let line = ScannedLine { number, span, read };
            if line.read.is_ok() && text.ends_with(b"\n") {
                scan.lines.push(line);
                scan.end = (at as u64, number);
            } else {
                scan.end = before;
                scan.unfinished = Some(line);
            }
        }
        scan
    }

    /// Tells whether it saw something that no writer leaves behind unless interrupted. Seen once,
    /// it may be a line being written; seen twice, it is damage.
    pub(super) const fn is_doubtful(&self) -> bool {
        self.sound.is_some()
    }

    /// Keeps what comes before anything doubtful.
    pub(super) fn keep_sound(&mut self) {
        if let Some((count, end)) = self.sound.take() {
            self.lines.truncate(count);
            self.end = end;
            self.unfinished = None;
        }
    }

    fn doubt(&mut self) {
        let here = (self.lines.len(), self.end);
        self.sound.get_or_insert(here);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "{\"time\":\"2026-01-15T18:00:00Z\",\"facility\":\"laser\",\
                         \"member\":\"unknown\",\"result\":\"denied\",\"reason\":\"expired\",\
                         \"commit\":\"0000000000000000000000000000000000000000\"}\n";

    fn numbers(scan: &ScannedLines) -> Vec<(u32, bool)> {
        scan.lines.iter().map(|it| (it.number, it.read.is_ok())).collect()
    }

    #[test]
    fn the_blank_tail_is_looked_at_again() {
        let scan = ScannedLines::new(format!("{WHOLE}{WHOLE}\n\n\n").as_bytes());
        assert_eq!(numbers(&scan), [(1, true), (2, true)]);
        assert_eq!(scan.end, (2 * WHOLE.len() as u64, 2));
        assert!(scan.unfinished.is_none() && !scan.is_doubtful());
    }

    #[test]
    fn half_a_line_is_one_on_its_way_until_something_follows() {
        let half = &WHOLE[..40];
        for end in ["", "\n\n\n"] {
            let scan = ScannedLines::new(format!("{WHOLE}{half}{end}").as_bytes());
            assert_eq!(numbers(&scan), [(1, true)]);
            assert_eq!(scan.end, (WHOLE.len() as u64, 1));
            let torn = matches!(scan.unfinished, Some(ScannedLine { number: 2, read: Err(_), .. }));
            assert!(torn && !scan.is_doubtful());
        }
        let mut scan = ScannedLines::new(format!("{WHOLE}{half}\n{WHOLE}").as_bytes());
        assert_eq!(numbers(&scan), [(1, true), (2, false), (3, true)]);
        assert!(scan.is_doubtful());
        scan.keep_sound();
        assert_eq!(numbers(&scan), [(1, true)]);
        assert_eq!(scan.end, (WHOLE.len() as u64, 1));
    }

    #[test]
    fn a_hole_before_a_line_is_doubtful() {
        let mut scan = ScannedLines::new(format!("\n\n{WHOLE}").as_bytes());
        assert_eq!(numbers(&scan), [(3, true)]);
        assert!(scan.is_doubtful());
        scan.keep_sound();
        assert_eq!((scan.lines.len(), scan.end), (0, (0, 0)));
    }

    #[test]
    fn a_whole_line_without_its_end_is_whole_at_the_last_look() {
        let scan = ScannedLines::new(WHOLE.trim_end().as_bytes());
        assert!(matches!(scan.unfinished, Some(ScannedLine { number: 1, read: Ok(_), .. })));
        assert_eq!(scan.end, (0, 0));
    }
}
