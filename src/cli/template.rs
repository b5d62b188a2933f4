//! The files of `data-template/`, which `space init` lays down.

use crate::domain::model::{Place, Record};

/// One file of the template.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TemplateFile {
    /// Where it lies, from the top of the data folder.
    pub path: &'static str,
    /// What it says.
    pub text: &'static str,
}

impl TemplateFile {
    /// Tells whether it is there only to show a kind of record: a real space does not want a
    /// member who does not exist, nor an open house that nobody planned.
    #[must_use]
    pub fn is_example(&self) -> bool {
        self.path.starts_with("members/")
            || self.path.starts_with("unmatched/")
            || self.path.contains("/example-")
    }
}

macro_rules! files {
    ($($path:literal)*) => {
        &[$(TemplateFile {
            path: $path,
            text: include_str!(concat!("../../data-template/", $path)),
        }),*]
    };
}

/// All files, sorted by path.
pub const FILES: &[TemplateFile] = files! {
    ".gitattributes"
    ".gitignore"
    "README.md"
    "facilities/frontdoor/facility.json"
    "facilities/frontdoor/requirements/example-open-house.json"
    "facilities/frontdoor/requirements/frontdoor-always.json"
    "facilities/health-and-safety/facility.json"
    "facilities/laser/facility.json"
    "facilities/laser/requirements/laser-always.json"
    "members/00/0001/contact.json"
    "members/00/0001/credentials/example-fob.json"
    "members/00/0001/inductions/health-and-safety.json"
    "members/00/0001/inductions/laser.json"
    "members/00/0001/member.json"
    "members/00/0001/payments/2026-01-05-example.json"
    "space.json"
    "tiers/guest.json"
    "tiers/standard.json"
    "unmatched/2026/example.json"
};

/// Returns the files that are no records, such as `README.md`.
pub fn plain_files() -> impl Iterator<Item = TemplateFile> {
    FILES.iter().copied().filter(|file| matches!(Place::of(file.path), Ok(None)))
}

/// Returns the records, with or without the examples, sorted by path.
#[must_use]
pub fn records(examples: bool) -> Vec<(Place, Record)> {
    let wanted = |file: &&TemplateFile| examples || !file.is_example();
    let read = |file: &TemplateFile| {
        let place = Place::of(file.path).ok().flatten()?;
        let record = parse(&place, file.text).expect("a test parses every file of the template");
        Some((place, record))
    };
    FILES.iter().filter(wanted).filter_map(read).collect()
}
