//! Where each record lies: the layout of the data folder, in both directions.

use super::{Home, MemberId, RecordPath, Slug, budget, path::PathKey as _, text};

/// Tells whether a top-level folder holds nothing but records.
#[must_use]
pub fn is_folder(name: &str) -> bool {
    let tops = RecordPath::PATTERNS.iter().filter_map(|pattern| pattern.split_once('/'));
    tops.map(|(top, _)| top).any(|top| top == name)
}

/// Returns the folder of records that is almost called like a folder at the top: `Members`, `member`.
#[must_use]
pub fn meant(name: &str) -> Option<&'static str> {
    let plain = |name: &str| name.to_ascii_lowercase().trim_end_matches('s').to_owned();
    let tops = RecordPath::PATTERNS.iter().filter_map(|pattern| pattern.split_once('/'));
    let mut tops = tops.map(|(top, _)| top);
    tops.find(|top| *top != name && plain(top) == plain(name)).filter(|_| !is_folder(name))
}

/// Tells whether records may lie in a folder, or in folders below it. In any other nobody looks.
#[must_use]
pub fn holds(folder: &str) -> bool {
    RecordPath::PATTERNS.iter().zip(RecordPath::NAMES).any(|(pattern, keys)| {
        let (mut names, mut keys) = (folder.split('/'), keys.iter());
        let mut parts = pattern.split('/');
        let file = parts.next_back();
        for (part, is_file) in parts.map(|it| (it, false)).chain(file.map(|it| (it, true))) {
            let key = part.starts_with('{');
            let count = if key { keys.next().copied().unwrap_or(1) } else { 1 };
            // The last name is that of the file itself.
            for _ in 0..count - usize::from(is_file) {
                match names.next() {
                    None => return true,
                    Some(name) if key || name == part => {}
                    Some(_) => return false,
                }
            }
        }
        names.next().is_none()
    })
}

impl RecordPath {
    /// Returns the greatest length of its file in bytes; a longer one is not read.
    #[must_use]
    pub const fn most_bytes(&self) -> usize {
        match self {
            Self::Member(_) | Self::Credential(..) | Self::Induction(..) => {
                budget::MEMBER_RECORD_BYTES
            }
            _ => budget::RECORD_BYTES,
        }
    }

    /// Returns the member whose folder the record lies in.
    #[must_use]
    pub const fn member(&self) -> Option<MemberId> {
        match self.home() {
            Home::Member(id) => Some(id),
            Home::Space | Home::Facility(_) => None,
        }
    }

    /// Returns the facility whose folder the record lies in.
    #[must_use]
    pub const fn facility(&self) -> Option<&Slug> {
        match self.home() {
            Home::Facility(name) => Some(name),
            Home::Space | Home::Member(_) => None,
        }
    }

    /// Finds out which record a path stands for, with `/` between its parts.
    ///
    /// Returns `None` for a file that is not ours, such as `README.md`: anything in other folders
    /// than those of records ([`is_folder`]), and at the top whatever is not a `.json` file.
    ///
    /// # Errors
    /// A sentence about the name or folder that is not valid.
    pub fn of(path: &str) -> Result<Option<Self>, String> {
        match Self::read(path) {
            Ok(record_path) => Ok(Some(record_path)),
            Err(None) if is_foreign(path) => Ok(None),
            Err(wrong) => Err(wrong
                .or_else(|| describe_wrong_member(path))
                .unwrap_or_else(|| describe_stray(path))),
        }
    }
}

/// Tells whether a file that is not a record may lie at the path.
fn is_foreign(path: &str) -> bool {
    match path.split_once('/') {
        Some((top, _)) => !is_folder(top),
        None => path.starts_with('.') || !path.ends_with(".json"),
    }
}

/// Describes what is wrong with the folder of a member, whatever lies in it.
fn describe_wrong_member(path: &str) -> Option<String> {
    let path = path.strip_prefix("members/")?;
    let end = path.match_indices('/').nth(1).map_or(path.len(), |(end, _)| end);
    MemberId::read(&path[..end]).err().flatten()
}

fn describe_stray(path: &str) -> String {
    format!(
        "no record belongs at {}; see the list of files in README.md, section Data",
        text::shown(path)
    )
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// At least one path of each kind.
    const PATHS: [&str; 22] = [
        "space.json",
        "tiers/standard.json",
        "facilities/frontdoor/facility.json",
        "facilities/frontdoor/requirements/556aba4d-4d5f-4779-a914-d80e73b2696b.json",
        "members/00/0042/member.json",
        "members/1234/123456/contact.json",
        "members/38/3870/credentials/T1.json",
        "members/38/3870/inductions/laser.json",
        "members/38/3870/payments/2018-05-09-x1.json",
        "unmatched/2018/abc.json",
        "payers/0123abcd.json",
        "statement-profiles/our-bank.json",
        "members/38/3870/notices/reminder.json",
        "notices/review.json",
        "templates/reminder.txt",
        "templates/reminder.html",
        "templates/de/reminder.txt",
        "messages/tags/2e/T1.json",
        "messages/members/38/3870.json",
        "meters/gas.json",
        "zones/workshop.json",
        "channels/laser.json",
    ];

    #[test]
    fn every_place_is_found_again_by_its_path() {
        for path in PATHS {
            assert_eq!(RecordPath::of(path).unwrap().unwrap().to_string(), path);
        }
    }

    #[test]
    fn every_kind_is_among_these_paths() {
        let kind = |record_path: &RecordPath| std::mem::discriminant(record_path);
        let found: HashSet<_> =
            PATHS.iter().map(|path| kind(&RecordPath::of(path).unwrap().unwrap())).collect();
        assert_eq!(found.len(), RecordPath::PATTERNS.len());
    }

    #[test]
    fn a_record_lies_in_the_folder_that_its_path_begins_with() {
        for path in PATHS {
            let record_path = RecordPath::of(path).unwrap().unwrap();
            let id = record_path.member().map(|id| format!("members/{}/{id}/", id.bucket()));
            let name = record_path.facility().map(|name| format!("facilities/{name}/"));
            let shared = !["members/", "facilities/"].iter().any(|top| path.starts_with(top));
            match (id, name) {
                (Some(home), None) | (None, Some(home)) => {
                    assert!(path.starts_with(&home), "{path}")
                }
                (None, None) => assert!(shared, "{path}"),
                (Some(_), Some(_)) => panic!("{path} lies in two folders"),
            }
        }
    }

    #[test]
    fn an_invalid_name_is_explained_by_its_type() {
        for (path, reason) in [
            ("members/01/0042/member.json", "member 0042 belongs in members/00/0042"),
            ("members/00/42/member.json", "the member folder `42` must be written `0042`"),
            ("members/00/00042/notes.txt", "the member folder `00042` must be written `0042`"),
            (
                "members/00/ada/notes.txt",
                "`ada` is not a member number: use digits only, like 0042",
            ),
            ("members/00/0042/notes.txt", "no record belongs at members/00/0042/notes.txt; "),
            ("tiers/Standard.json", "`Standard` is not a valid short name: "),
            ("facilities/frontdoor/requirements/a b.json", "`a b` is not a valid tag: "),
            ("notices/remindr.json", "`remindr` is not a kind of notice; "),
            ("templates/reminder.json", "no record belongs at templates/reminder.json; "),
            ("unmatched/1066/x.json", "no record belongs at unmatched/1066/x.json; "),
            ("unmatched/+2018/x.json", "no record belongs at unmatched/+2018/x.json; "),
            ("templates/xx/reminder.txt", "`xx` is not a language that is spoken here: "),
            ("messages/tags/00/T1.json", "the tag T1 belongs in the folder "),
            ("messages/members/00/3870.json", "member 3870 belongs in members/38/3870"),
            ("messages/tags/T1.json", "no record belongs at messages/tags/T1.json; "),
            ("member.json", "no record belongs at member.json; "),
        ] {
            let sentence = RecordPath::of(path).unwrap_err();
            assert!(sentence.starts_with(reason), "{path}: {sentence}");
        }
    }

    #[test]
    fn a_file_in_the_wrong_folder_is_refused_with_a_sentence() {
        for path in [
            "members/01/0042/member.json",
            "members/00/42/member.json",
            "members/00/0042/credential/x.json",
            "members/00/0042/notes.txt",
            "members/0042.json",
            "facilities/frontdoor.json",
            "facilities/Front Door/facility.json",
            "tiers/standard.yaml",
            "tiers/a/b.json",
            "standard.json",
            "unmatched/abcd/x.json",
            "templates/remindr.txt",
            "templates/reminder.json",
            "members/00/0042/notices/hello.json",
        ] {
            assert!(RecordPath::of(path).is_err(), "{path}");
        }
    }

    #[test]
    fn foreign_files_are_left_alone() {
        for path in
            ["README.md", ".github/workflows/x.json", "docs/rules.md", "docs/extra.json", "members"]
        {
            assert_eq!(RecordPath::of(path), Ok(None), "{path}");
        }
    }

    #[test]
    fn a_folder_that_is_almost_called_like_one_of_records_is_noticed() {
        assert_eq!(meant("Members"), Some("members"));
        assert_eq!(meant("tier"), Some("tiers"));
        for name in ["members", "tiers", "docs", "", "s", "membersx"] {
            assert_eq!(meant(name), None, "{name}");
        }
    }

    #[test]
    fn records_lie_in_these_folders_and_in_no_others() {
        for path in PATHS {
            for (end, _) in path.match_indices('/') {
                assert!(holds(&path[..end]), "{}", &path[..end]);
            }
            // A folder of templates may be called like any language, also one of later programs.
            assert!(!holds(path) || path.starts_with("templates/"), "{path}");
        }
        for folder in [
            "",
            "docs",
            "docs/members",
            "tiers/a",
            "facilities/frontdoor/credentials",
            "facilities/frontdoor/requirements/x",
            "members/00/0042/photos",
            "members/00/0042/credentials/x",
            "unmatched/2018/x",
        ] {
            assert!(!holds(folder), "{folder}");
        }
    }
}
