//! Checks that the file of a record can be checked out on other systems.

use super::finding_collector::FindingCollector;
use crate::domain::model::{FindingCode, RecordPath};

/// Names that stand for devices on Windows, with any ending and in upper and lower case.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Checks the name of the record that findings are collected about.
pub(super) fn check(findings: &mut FindingCollector<'_>) {
    let path = findings.path.to_string();
    if let Some(name) = path.split('/').find(|name| is_device(name)) {
        let stem = name.split('.').next().unwrap_or(name);
        findings.error(
            FindingCode::UnportableName,
            format!("`{stem}` is the name of a device on Windows, where nobody could check this out: choose another one"),
        );
    }
    let twin = siblings(findings).into_iter().map(|it| it.to_string());
    let twin = twin.filter(|it| *it != path).find(|it| it.eq_ignore_ascii_case(&path));
    if let Some(twin) = twin {
        findings.error(
            FindingCode::UnportableName,
            format!("differs from {twin} only in upper and lower case, which many systems do not tell apart: choose another name"),
        );
    }
}

/// Lists the records whose names could be taken for that of this one. All other names are in lower case.
fn siblings(findings: &FindingCollector<'_>) -> Vec<RecordPath> {
    match findings.path {
        RecordPath::Credential(id, _) => findings.records.within(*id),
        RecordPath::Requirement(facility, _) => {
            let tags = findings.records.requirements(facility).into_iter();
            tags.map(|tag| RecordPath::Requirement(facility.clone(), tag)).collect()
        }
        _ => Vec::new(),
    }
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    let numbered = |kind| {
        let number = stem.strip_prefix(kind).and_then(|it: &str| it.parse::<u8>().ok());
        number.is_some_and(|it| (1..=9).contains(&it)) && stem.len() == 4
    };
    DEVICES.contains(&&*stem) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_known_with_any_ending() {
        for device in ["con", "AUX.json", "nul.tar.json", "com1", "LPT9.json"] {
            assert!(is_device(device), "{device}");
        }
        for name in ["console", "com", "com0", "com10", "com+1", "lpt", "auxiliary.json", ""] {
            assert!(!is_device(name), "{name}");
        }
    }
}
