//! All activities of some time, the oldest first, a piece at a time: a year takes no more memory than
//! a minute.

use std::path::Path;

use jiff::Timestamp;

use super::{Backlog, cursor::Cursor, filter::Filter, line};
use crate::{
    domain::model::{Activity, Finding},
    store::StoreError,
};

/// The number of activities read at once.
const PIECE: usize = 4096;

/// Passes every activity that matches to `f`, until that returns false. Returns warnings for lines
/// that could not be read.
///
/// # Errors
/// A file cannot be read.
pub fn each(
    folder: &Path,
    filter: &Filter,
    mut f: impl FnMut(Activity) -> bool,
) -> Result<Vec<Finding>, StoreError> {
    let since = filter.from.unwrap_or(Timestamp::MIN);
    let mut all = Backlog::new(Path::new(""), folder, Cursor::new(since));
    let mut findings = Vec::new();
    loop {
        let (found, skipped) = all.next(PIECE)?;
        findings.extend(skipped);
        if found.is_empty() {
            return Ok(findings);
        }
        all.pass(found.len());
        for it in found {
            // Months come one after the other; within one, a clock may have been set back.
            let is_later = filter.until.is_some_and(|until| until <= it.activity.time);
            if is_later && !filter.overlaps(line::month(it.activity.time)) {
                return Ok(findings);
            }
            if filter.matches(&it.activity) && !f(it.activity) {
                return Ok(findings);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::domain::model::{AccessResult, Reason};

    #[test]
    fn what_is_in_the_span_comes_in_the_order_of_time() {
        let dir = tempfile::tempdir().unwrap();
        let activity = |time: &str| {
            let (time, facility) = (time.parse().unwrap(), "laser".parse().unwrap());
            Activity::new(time, facility, AccessResult::Exit, Reason::Exit)
        };
        let days = ["2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01", "2026-03-01"];
        for (number, day) in days.iter().enumerate() {
            let it = activity(&format!("{day}T12:00:00Z"));
            let process = if number % 2 == 0 { "door" } else { "web" };
            let path = dir.path().join(line::file_name(process, it.time));
            fs::write(path, line::write(&it)).unwrap();
        }
        let filter = Filter {
            from: "2026-01-01T00:00:00Z".parse().ok(),
            until: "2026-02-01T12:00:00Z".parse().ok(),
            ..Filter::default()
        };
        let mut seen = Vec::new();
        let findings = each(dir.path(), &filter, |it| {
            seen.push(it.time.to_string());
            true
        });
        assert_eq!(findings.unwrap(), []);
        assert_eq!(seen, ["2026-01-01T12:00:00Z", "2026-01-31T12:00:00Z"]);
        let mut count = 0;
        let stop = |_| {
            count += 1;
            count < 2
        };
        each(dir.path(), &Filter::default(), stop).unwrap();
        assert_eq!(count, 2);
        assert!(!Path::new("").exists() && fs::read_dir(dir.path()).unwrap().count() == 5);
    }
}
