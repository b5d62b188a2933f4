//! The files of `data-template/`, embedded in the program.

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../../data-template/", $path)))),*]
    };
}

/// The files that every new space starts with.
const FILES: &[(&str, &[u8])] = files![
    ".forgejo/workflows/space.yml",
    ".gitattributes",
    ".github/workflows/space.yml",
    ".gitignore",
    "CODEOWNERS",
    "README.md",
    "space.json",
    "tiers/guest.json",
    "tiers/standard.json",
    "facilities/frontdoor/facility.json",
    "facilities/frontdoor/requirements/frontdoor-always.json",
    "facilities/health-and-safety/facility.json",
    "facilities/laser/facility.json",
    "facilities/laser/requirements/laser-always.json",
];

/// One example record of each remaining kind.
const EXAMPLES: &[(&str, &[u8])] = files![
    "channels/example-members.json",
    "facilities/frontdoor/requirements/example-open-house.json",
    "joining/house-rules.txt",
    "joining/privacy.txt",
    "members/00/0001/contact.json",
    "members/00/0001/credentials/example-fob.json",
    "members/00/0001/inductions/health-and-safety.json",
    "members/00/0001/inductions/laser.json",
    "members/00/0001/member.json",
    "members/00/0001/notices/welcome.json",
    "members/00/0001/payments/2026-01-05-example.json",
    "meters/example-electricity.json",
    "meters/example-workshop-temperature.json",
    "payers/example-payer.json",
    "statement-profiles/example-bank.json",
    "templates/announcement.txt",
    "unmatched/2026/example.json",
    "zones/example-workshop.json",
];

/// Returns the files of a new space, with or without the examples.
#[must_use]
pub fn files(example: bool) -> Vec<(String, Vec<u8>)> {
    let examples = if example { EXAMPLES } else { &[] };
    FILES.iter().chain(examples).map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect()
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    fn on_disk(dir: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                on_disk(&path, found);
            } else {
                let name = path.strip_prefix("data-template").unwrap();
                found.insert(name.to_str().unwrap().to_owned());
            }
        }
    }

    #[test]
    fn no_file_of_the_template_is_forgotten() {
        let mut found = BTreeSet::new();
        on_disk(Path::new("data-template"), &mut found);
        // What a machine needs is not part of the records: `space door service` writes it.
        found.retain(|path| !path.starts_with("systemd/"));
        let carried: BTreeSet<String> = files(true).into_iter().map(|(path, _)| path).collect();
        assert_eq!(carried, found);
    }
}
