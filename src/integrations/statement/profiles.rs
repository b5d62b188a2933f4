//! The profiles of usual banks and payment services, which come with the program.
//!
//! Each is a file in `profiles/`, like those in a space. They follow the header lines of files that
//! customers of these banks have published.

use crate::domain::model::{Slug, StatementProfile};

macro_rules! profiles {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("profiles/", $name, ".json")))),*]
    };
}

const PROFILES: &[(&str, &str)] = profiles![
    "barclays",
    "gocardless",
    "ing-de",
    "ing-nl",
    "lloyds",
    "monzo",
    "monzo-api",
    "n26",
    "n26-2023",
    "paypal",
    "paypal-us",
    "revolut",
    "revolut-business",
    "sparkasse-camt",
    "starling",
    "stripe",
    "stripe-balance",
    "wise",
    "wise-transfers",
];

/// Returns the profiles, sorted by name.
#[must_use]
pub fn shipped() -> Vec<(Slug, StatementProfile)> {
    let one = |(name, text): &(&str, &str)| {
        // A test reads them all.
        Some((name.parse().ok()?, serde_json::from_str(text).ok()?))
    };
    PROFILES.iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs};

    use super::*;

    #[test]
    fn all_can_be_read_and_none_is_forgotten() {
        let dir = "src/integrations/statement/profiles";
        let name = |entry: std::io::Result<fs::DirEntry>| {
            let name = entry.unwrap().file_name().into_string().unwrap();
            name.strip_suffix(".json").unwrap().to_owned()
        };
        let on_disk: BTreeSet<String> = fs::read_dir(dir).unwrap().map(name).collect();
        let read: Vec<String> = shipped().iter().map(|(name, _)| name.to_string()).collect();
        assert!(read.is_sorted());
        assert_eq!(read.into_iter().collect::<BTreeSet<_>>(), on_disk);
    }

    #[test]
    fn all_are_as_the_checks_demand() {
        use crate::domain::{
            check,
            model::{Record, RecordPath},
            records::Catalogue,
        };
        let mut records = Catalogue::default();
        for (name, profile) in shipped() {
            records.insert(RecordPath::Profile(name), Record::Profile(profile));
        }
        let findings = check::all(&records);
        let about = |it: &&crate::domain::model::Finding| it.path.contains("profile");
        assert_eq!(findings.iter().filter(about).collect::<Vec<_>>(), Vec::<&_>::new());
    }
}
