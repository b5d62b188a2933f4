//! The letters that were put into a folder and are still there.

use std::{
    fs,
    io::{self, BufRead as _, BufReader},
    path::{Path, PathBuf},
};

use jiff::{Timestamp, fmt::rfc2822};

use crate::domain::model::{MemberId, NoticeKind};

/// The maximum size of a header that is searched for the date, in bytes.
const LONGEST_HEADER: u64 = 64 * 1024;

/// A letter in a folder.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct KeptLetter {
    /// Its file.
    pub path: PathBuf,
    /// The recipient; `None` for the people who run the space.
    pub member: Option<MemberId>,
    /// Its date.
    pub at: Timestamp,
}

impl KeptLetter {
    /// Lists the letters in a folder by their files; other files are left alone.
    ///
    /// # Errors
    /// The folder or a file cannot be read.
    pub fn list(folder: &Path) -> io::Result<Vec<Self>> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut found = Vec::new();
        for entry in entries {
            let entry = entry?;
            let Some(member) = entry.file_name().to_str().and_then(addressee) else { continue };
            let path = entry.path();
            let at = match date(&path)? {
                Some(at) => at,
                // A draft that a crash left behind may end anywhere.
                None => entry.metadata()?.modified()?.try_into().unwrap_or(Timestamp::UNIX_EPOCH),
            };
            found.push(Self { path, member, at });
        }
        found.sort();
        Ok(found)
    }

    /// Removes the letter, unless it is gone already.
    ///
    /// # Errors
    /// The system reported an error.
    pub fn remove(&self) -> io::Result<()> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Reads the recipient in the name of a letter's file, `0042.reminder.2026-03-01.1.eml`; `None` if
/// it is not one.
fn addressee(name: &str) -> Option<Option<MemberId>> {
    let name = name.strip_suffix(".eml").or_else(|| name.strip_suffix(".new"))?;
    let (first, rest) = name.split_once('.')?;
    if first.parse::<NoticeKind>().is_ok() {
        return Some(None);
    }
    let (kind, _) = rest.split_once('.')?;
    let member = first.parse().ok().filter(|id: &MemberId| id.to_string() == first)?;
    kind.parse::<NoticeKind>().is_ok().then_some(Some(member))
}

/// Reads the date in the header of a letter, if there is one (RFC 5322 §3.6.1).
fn date(path: &Path) -> io::Result<Option<Timestamp>> {
    let header = io::Read::take(fs::File::open(path)?, LONGEST_HEADER);
    for line in BufReader::new(header).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some(date) = line.strip_prefix("Date:") {
            return Ok(rfc2822::parse(date.trim()).ok().map(|it| it.timestamp()));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_letters_are_listed_with_recipient_and_date() {
        let dir = tempfile::tempdir().unwrap();
        let letter = "Date: Mon, 02 Mar 2026 18:00:00 +0000\r\nTo: x\r\n\r\nDate: no\r\n";
        for (name, text) in [
            ("0042.reminder.2026-03-01.1.eml", letter),
            ("review.2026-02.0123abcd.eml", letter),
            ("0042.welcome.2026-03-01.new", "Da"),
            ("notes.txt", letter),
            ("holiday.eml", letter),
            ("42.reminder.2026-03-01.1.eml", letter),
            ("0042.invoice.2026.eml", letter),
        ] {
            fs::write(dir.path().join(name), text).unwrap();
        }
        let found = KeptLetter::list(dir.path()).unwrap();
        let name = |it: &KeptLetter| it.path.file_name().unwrap().to_str().unwrap().to_owned();
        let names: Vec<String> = found.iter().map(name).collect();
        assert_eq!(
            names,
            [
                "0042.reminder.2026-03-01.1.eml",
                "0042.welcome.2026-03-01.new",
                "review.2026-02.0123abcd.eml"
            ]
        );
        let ada = "0042".parse().ok();
        assert_eq!([found[0].member, found[1].member, found[2].member], [ada, ada, None]);
        assert_eq!(found[0].at, "2026-03-02T18:00:00Z".parse().unwrap());
        found[0].remove().unwrap();
        found[0].remove().unwrap();
        assert_eq!(KeptLetter::list(dir.path()).unwrap().len(), 2);
        assert_eq!(KeptLetter::list(&dir.path().join("none")).unwrap(), []);
    }
}
