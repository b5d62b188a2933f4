//! Where each record lies: the layout of the data folder, in both directions.

use super::{Home, MemberId, RecordPath, Slug, path::PathKey as _, text};

/// Tells whether a top-level folder holds nothing but records.
#[must_use]
pub fn is_folder(name: &str) -> bool {
    let tops = RecordPath::PATTERNS.iter().filter_map(|pattern| pattern.split_once('/'));
    tops.map(|(top, _)| top).any(|top| top == name)
}

impl RecordPath {
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
    /// Returns `None` for a file that is not ours, such as `README.md`: anything outside the
    /// folders of records ([`is_folder`]) that is not a `.json` file.
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
    let ours = path.split_once('/').is_some_and(|(top, _)| is_folder(top));
    !ours && (path.starts_with('.') || !path.ends_with(".json"))
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
    const PATHS: [&str; 18] = [
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
        "messages/tags/2e/T1.json",
        "messages/members/38/3870.json",
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
            ("messages/tags/00/T1.json", "the tag T1 belongs in the folder "),
            ("messages/members/00/3870.json", "member 3870 belongs in members/38/3870"),
            ("messages/tags/T1.json", "no record belongs at messages/tags/T1.json; "),
            ("docs/x.json", "no record belongs at docs/x.json; "),
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
            "docs/extra.json",
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
        for path in ["README.md", ".github/workflows/x.json", "docs/rules.md", "members"] {
            assert_eq!(RecordPath::of(path), Ok(None), "{path}");
        }
    }
}
