//! The newest activities of all journals, a page at a time, without reading the older ones.
//!
//! Each process appends to its own file, so the ends of the files of one month are merged by time.
//! Within a file, the order is that in which its process wrote, even if its clock was set back.

use std::{collections::BTreeMap, path::Path, path::PathBuf};

use jiff::civil::Date;

use super::{
    backwards::{Backwards, Skipped},
    filter::Filter,
    month_file::{self, MonthFile},
    place::{Place, process},
};
use crate::{
    domain::model::Activity,
    store::{StoreError, disk::io_at},
};

/// Activities, the newest first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Page {
    /// The activities.
    pub activities: Vec<Activity>,
    /// Where older ones are, if there may be some.
    pub older: Option<Place>,
    /// Whether it ends early, because enough was read.
    pub cut: bool,
    /// What could not be read in between.
    pub skipped: Vec<Skipped>,
}

/// How much to read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// The maximum number of activities to return.
    pub count: usize,
    /// The number of bytes to read at most, give or take a block.
    pub bytes: u64,
}

/// Returns the newest activities that match, given the journals' folder; or those that follow
/// after a page.
///
/// # Errors
/// A file cannot be read.
pub fn newest(
    folder: &Path,
    filter: &Filter,
    after: Option<&Place>,
    limits: Limits,
) -> Result<Page, StoreError> {
    let mut journals = Newest::open(folder, filter, after)?;
    let mut page = Page::default();
    let (mut left, mut moved) = (limits.bytes, false);
    while page.activities.len() < limits.count {
        // Each page takes something, so that the pages come to an end.
        if left == 0 && moved && journals.is_hungry() {
            page.cut = true;
            break;
        }
        match journals.step(&mut page.skipped)? {
            Step::Read(bytes) => left = left.saturating_sub(bytes),
            Step::Took(activity) => {
                moved = true;
                page.activities.extend(Some(*activity).filter(|it| filter.matches(it)));
            }
            Step::Over => break,
        }
    }
    page.older = journals.place();
    page.activities.sort_by_key(|it| std::cmp::Reverse(it.time));
    Ok(page)
}

/// Returns the newest activity that is wanted, however old it is.
///
/// # Errors
/// A file cannot be read.
pub(super) fn find_newest(
    folder: &Path,
    wanted: impl Fn(&Activity) -> bool,
) -> Result<Option<Activity>, StoreError> {
    let mut journals = Newest::open(folder, &Filter::default(), None)?;
    loop {
        match journals.step(&mut Vec::new())? {
            Step::Took(activity) if wanted(&activity) => return Ok(Some(*activity)),
            Step::Over => return Ok(None),
            Step::Took(_) | Step::Read(_) => {}
        }
    }
}

/// All journals, read from their ends down to some place.
struct Newest {
    /// The months that were not begun.
    months: BTreeMap<Date, Vec<(PathBuf, MonthFile)>>,
    /// The month that is being read, and its files.
    month: Option<(Date, Vec<Backwards>)>,
}

/// What a step did.
enum Step {
    /// It read so many bytes.
    Read(u64),
    /// It took the newest activity.
    Took(Box<Activity>),
    /// There was nothing left to do.
    Over,
}

impl Newest {
    fn open(folder: &Path, filter: &Filter, after: Option<&Place>) -> Result<Self, StoreError> {
        let mut months = BTreeMap::<_, Vec<_>>::new();
        for (path, file) in month_file::list(folder)? {
            if filter.overlaps(file.month) && after.is_none_or(|it| file.month <= it.month) {
                months.entry(file.month).or_default().push((path, file));
            }
        }
        let mut month = None;
        if let Some(after) = after
            && let Some(files) = months.remove(&after.month)
        {
            let begun = |(path, file): (PathBuf, MonthFile)| {
                let position = after.position(&path);
                Backwards::new(path, !file.plain, Some(position))
            };
            month = Some((after.month, files.into_iter().map(begun).collect()));
        }
        Ok(Self { months, month })
    }

    /// Tells whether something has to be read before the newest activity is known.
    fn is_hungry(&self) -> bool {
        self.month.as_ref().is_none_or(|(_, files)| files.iter().any(Backwards::is_hungry))
    }

    /// Takes the newest activity, or reads what has to be read before it is known.
    fn step(&mut self, skipped: &mut Vec<Skipped>) -> Result<Step, StoreError> {
        loop {
            let Some((_, files)) = &mut self.month else {
                let Some((month, files)) = self.months.pop_last() else { return Ok(Step::Over) };
                let whole = |(path, file): (_, MonthFile)| Backwards::new(path, !file.plain, None);
                self.month = Some((month, files.into_iter().map(whole).collect()));
                continue;
            };
            if let Some(file) = files.iter_mut().find(|it| it.is_hungry()) {
                let read = file.fill(skipped).map_err(io_at(file.path()))?;
                return Ok(Step::Read(read));
            }
            // Of those of the same time, the last one of the last file comes first.
            let newest =
                files.iter_mut().max_by_key(|it| it.newest().map(|activity| activity.time));
            match newest.and_then(Backwards::take) {
                Some(activity) => return Ok(Step::Took(Box::new(activity))),
                None => self.month = None,
            }
        }
    }

    /// Returns the place down to which everything was taken; `None` if nothing is left.
    fn place(&self) -> Option<Place> {
        let (month, files) = self.month.as_ref()?;
        let left = |it: &Backwards| it.newest().is_some() || it.is_hungry();
        if !files.iter().any(left) && self.months.is_empty() {
            return None;
        }
        let position = |it: &Backwards| Some((process(it.path())?.to_owned(), it.taken()));
        Some(Place { month: *month, positions: files.iter().filter_map(position).collect() })
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, iter};

    use proptest::prelude::*;

    use super::{super::Tail, *};
    use crate::domain::model::{AccessResult, Reason};

    fn activity(second: i64, facility: &str) -> Activity {
        let time = "2026-01-31T23:50:00Z".parse::<jiff::Timestamp>().unwrap();
        let time = time + jiff::SignedDuration::from_secs(second);
        let facility = facility.parse().unwrap();
        Activity::new(time, facility, AccessResult::Denied, Reason::UnknownCredential)
    }

    /// Writes activities as processes do: each to its own file of their month.
    fn write(folder: &Path, process: &str, all: &[Activity]) {
        for it in all {
            let path = folder.join(super::super::line::file_name(process, it.time));
            let mut bytes = fs::read(&path).unwrap_or_default();
            bytes.extend(super::super::line::write(it));
            fs::write(path, bytes).unwrap();
        }
    }

    fn read_all(folder: &Path, filter: &Filter, limits: Limits) -> Vec<Activity> {
        let mut place = None;
        let mut begun = false;
        let pages = iter::from_fn(|| {
            if begun && place.is_none() {
                return None;
            }
            let page = newest(folder, filter, place.as_ref(), limits).unwrap();
            (begun, place) = (true, page.older);
            // It goes through a link.
            place = place.as_ref().map(|it: &Place| it.to_string().parse().unwrap());
            Some(page.activities)
        });
        pages.take(10_000).flatten().collect()
    }

    const NO_LIMIT: u64 = u64::MAX;

    #[test]
    fn what_is_appended_meanwhile_moves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path();
        let all: Vec<_> = (0..5).map(|it| activity(it, "laser")).collect();
        write(folder, "door", &all);
        let limits = Limits { count: 2, bytes: NO_LIMIT };
        let first = newest(folder, &Filter::default(), None, limits).unwrap();
        assert_eq!(first.activities, [all[4].clone(), all[3].clone()]);
        write(folder, "door", &[activity(9, "laser")]);
        write(folder, "web", &[activity(8, "laser")]);
        let second = newest(folder, &Filter::default(), first.older.as_ref(), limits).unwrap();
        assert_eq!(second.activities, [all[2].clone(), all[1].clone()]);
        let third = newest(folder, &Filter::default(), second.older.as_ref(), limits).unwrap();
        assert_eq!((third.activities, third.older), (vec![all[0].clone()], None));
    }

    /// A block is read, not the file.
    #[test]
    fn a_page_of_a_long_file_reads_its_end_only() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("door-2026-01.jsonl");
        let line = super::super::line::write(&activity(1, "laser"));
        let mut bytes = line.repeat(20_000);
        bytes.extend(vec![b'\n'; 70_000]);
        fs::write(path, &bytes).unwrap();
        let limits = Limits { count: 100, bytes: 300_000 };
        let page = newest(dir.path(), &Filter::default(), None, limits).unwrap();
        assert_eq!((page.activities.len(), page.cut), (100, false));
        // Nothing matches: it stops before it has read everything, and goes on from there.
        let filter = Filter { facility: "frontdoor".parse().ok(), ..Filter::default() };
        let page = newest(dir.path(), &filter, None, limits).unwrap();
        assert!(page.activities.is_empty() && page.cut && page.older.is_some());
        let limits = Limits { count: 7_000, ..limits };
        assert_eq!(read_all(dir.path(), &Filter::default(), limits).len(), 20_000);
    }

    #[test]
    fn a_torn_line_is_told_with_its_number() {
        let dir = tempfile::tempdir().unwrap();
        let line = super::super::line::write(&activity(1, "laser"));
        let bytes = [&line[..], &line[..40], b"\n", &line].concat();
        fs::write(dir.path().join("door-2026-01.jsonl"), bytes).unwrap();
        let limits = Limits { count: 9, bytes: NO_LIMIT };
        let page = newest(dir.path(), &Filter::default(), None, limits).unwrap();
        assert_eq!(page.activities.len(), 2);
        let findings: Vec<_> = page.skipped.iter().map(Skipped::finding).collect();
        assert_eq!(findings, Tail::new(dir.path(), Filter::default()).all().unwrap().1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Page by page, there is everything that there is at once, whatever the size of a page.
        #[test]
        fn pages_hold_everything_once(
            ours in prop::collection::vec((0_i64..1_500, "[ab]"), 0..30),
            theirs in prop::collection::vec((0_i64..1_500, "[ab]"), 0..30),
            count in 1_usize..9,
            bytes in prop_oneof![Just(NO_LIMIT), 1_u64..3],
            compress: bool,
            only in prop::option::of("[ab]"),
        ) {
            let dir = tempfile::tempdir().unwrap();
            for (process, mut all) in [("door", ours), ("web", theirs)] {
                all.sort();
                let all: Vec<_> = all.iter().map(|(at, facility)| activity(*at, facility)).collect();
                write(dir.path(), process, &all);
            }
            if compress {
                for file in fs::read_dir(dir.path()).unwrap() {
                    let path = file.unwrap().path();
                    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
                    std::io::Write::write_all(&mut gz, &fs::read(&path).unwrap()).unwrap();
                    fs::write(super::super::line::compressed_path(&path), gz.finish().unwrap()).unwrap();
                    fs::remove_file(path).unwrap();
                }
            }
            let filter = Filter { facility: only.and_then(|it| it.parse().ok()), ..Filter::default() };
            let (mut expected, _) = Tail::new(dir.path(), filter.clone()).all().unwrap();
            expected.reverse();
            let mut found = read_all(dir.path(), &filter, Limits { count, bytes });
            prop_assert!(found.windows(2).all(|it| it[0].time >= it[1].time));
            for all in [&mut expected, &mut found] {
                all.sort_by_key(|it| (it.time, it.facility.clone()));
            }
            prop_assert_eq!(found, expected);
        }
    }
}
