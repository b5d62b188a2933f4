//! Where a page of activities ends, so that the next one begins there, whatever happens meanwhile.

use std::{collections::BTreeMap, fmt, path::Path, str::FromStr};

use jiff::civil::Date;

/// A place in all journals: what is older comes after it. In a link it is `2026-11:door.4711`.
///
/// Positions are those in the uncompressed files, so it stays what it is when a month is compressed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The first day of a month; all of the months before it are older.
    pub(super) month: Date,
    /// The position in the file of each process in that month. A file that is not named here was
    /// begun later.
    pub(super) positions: BTreeMap<String, u64>,
}

impl Place {
    /// Returns the position in a file of the month, given its path.
    pub(super) fn position(&self, path: &Path) -> u64 {
        process(path).and_then(|it| self.positions.get(it)).copied().unwrap_or(0)
    }
}

/// Returns the process of a file, by the name of its uncompressed form: `door-2026-11.jsonl`.
pub(super) fn process(path: &Path) -> Option<&str> {
    let name = path.file_name()?.to_str()?.strip_suffix(".jsonl")?;
    name.get(..name.len().checked_sub("-2026-11".len())?)
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}:", self.month.year(), self.month.month())?;
        for (number, (process, position)) in self.positions.iter().enumerate() {
            let between = if number == 0 { "" } else { "," };
            write!(f, "{between}{process}.{position}")?;
        }
        Ok(())
    }
}

impl FromStr for Place {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || {
            let (month, positions) = text.split_once(':')?;
            let (year, month) = month.split_once('-')?;
            let month = Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
            let position = |it: &str| {
                let (process, position) = it.rsplit_once('.')?;
                Some((process.to_owned(), position.parse().ok()?))
            };
            let named = positions.split(',').filter(|it| !it.is_empty());
            Some(Self { month, positions: named.map(position).collect::<Option<_>>()? })
        };
        read().ok_or_else(|| "this is not a place in the journals".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_place_is_read_as_it_is_written() {
        for text in ["2026-11:door.4711,web-2.0", "2026-01:"] {
            let place: Place = text.parse().unwrap();
            assert_eq!(place.to_string(), text);
        }
        let place: Place = "2026-11:door.4711".parse().unwrap();
        assert_eq!(place.position(Path::new("a/door-2026-11.jsonl")), 4711);
        assert_eq!(place.position(Path::new("a/web-2026-11.jsonl")), 0);
        assert_eq!(process(Path::new("door-2-2026-11.jsonl")), Some("door-2"));
    }

    proptest! {
        #[test]
        fn garbage_is_refused_or_read(text in "\\PC{0,40}|[0-9:.,-]{0,30}") {
            if let Ok(place) = text.parse::<Place>() {
                prop_assert_eq!(place.to_string().parse(), Ok(place));
            }
        }
    }
}
