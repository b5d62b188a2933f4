//! Finds a keyboard by the name that it reports. Opens no device.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Where the kernel describes input devices.
pub(super) const DESCRIPTIONS: &str = "/sys/class/input";

/// Returns the device file of the keyboard with that name.
///
/// A reader may report several devices with one name; only one that can type digits and Enter
/// counts.
///
/// # Errors
/// There is none, or more than one: a sentence that lists the choices.
pub(super) fn by_name(descriptions: &Path, name: &str) -> Result<PathBuf, String> {
    let mut found =
        keyboards(descriptions).map_err(|error| format!("{}: {error}", descriptions.display()))?;
    found.sort();
    let files = |name: &str| -> Vec<_> {
        let same = found.iter().filter(|(other, _)| other == name);
        same.map(|(_, file)| Path::new("/dev/input").join(file)).collect()
    };
    match files(name.trim()).as_slice() {
        [file] => Ok(file.clone()),
        [] => {
            let mut names: Vec<_> = found.iter().map(|(name, _)| format!("“{name}”")).collect();
            names.dedup();
            let there = match names.as_slice() {
                [] => "there are no keyboards at all".to_owned(),
                names => format!("there are {}", names.join(", ")),
            };
            Err(format!("no keyboard reports the name “{name}”; {there}: plug it in"))
        }
        several => {
            let files: Vec<_> = several.iter().map(|file| file.display().to_string()).collect();
            Err(format!(
                "{} keyboards report the name “{name}” ({}): choose one with \
                 path = \"/dev/input/by-path/…\"",
                files.len(),
                files.join(", ")
            ))
        }
    }
}

/// Returns the name and the file of every device that can type digits and Enter.
fn keyboards(descriptions: &Path) -> io::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(descriptions)? {
        let Ok(entry) = entry else { continue };
        let file = entry.file_name().to_string_lossy().into_owned();
        if !file.starts_with("event") {
            continue;
        }
        // A device unplugged in the meantime does not count.
        let read = |part: &str| fs::read_to_string(entry.path().join("device").join(part));
        if let (Ok(name), Ok(keys)) = (read("name"), read("capabilities/key"))
            && types_numbers(&keys)
        {
            found.push((name.trim().to_owned(), file));
        }
    }
    Ok(found)
}

/// Reads the set of keys: hexadecimal words, the lowest last. The digits of the top row and Enter
/// are in the lowest word, whatever the word length of this machine.
fn types_numbers(keys: &str) -> bool {
    const WANTED: u64 = 0b11_1111_1111 << 2 | 1 << 28;
    let lowest = keys.split_whitespace().last();
    lowest
        .and_then(|word| u64::from_str_radix(word, 16).ok())
        .is_some_and(|word| word & WANTED == WANTED)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYBOARD: &str = "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe\n";

    fn describe(devices: &[(&str, &str, &str)]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for (file, name, keys) in devices {
            let device = dir.path().join(file).join("device");
            fs::create_dir_all(device.join("capabilities")).unwrap();
            fs::write(device.join("name"), format!("{name}\n")).unwrap();
            fs::write(device.join("capabilities/key"), keys).unwrap();
        }
        dir
    }

    #[test]
    fn a_keyboard_has_the_name_and_can_type() {
        let dir = describe(&[
            ("event0", "Power Button", "10000000000000 0\n"),
            ("event1", "Sycreader", "0\n"),
            ("event7", "Sycreader", KEYBOARD),
            ("event8", "Other", KEYBOARD),
            ("input3", "Sycreader", KEYBOARD),
        ]);
        assert_eq!(by_name(dir.path(), "Sycreader"), Ok("/dev/input/event7".into()));
        assert_eq!(by_name(dir.path(), " Other "), Ok("/dev/input/event8".into()));
        let error = by_name(dir.path(), "Syc").unwrap_err();
        assert!(error.contains("“Other”, “Sycreader”") && !error.contains("Power"), "{error}");
    }

    #[test]
    fn two_keyboards_with_one_name_need_a_path() {
        let dir = describe(&[("event1", "A", KEYBOARD), ("event2", "A", KEYBOARD)]);
        let error = by_name(dir.path(), "A").unwrap_err();
        assert!(error.contains("/dev/input/event1, /dev/input/event2"), "{error}");
        assert!(error.contains("by-path"), "{error}");
    }

    #[test]
    fn a_missing_keyboard_is_reported() {
        let dir = describe(&[]);
        assert!(by_name(dir.path(), "A").unwrap_err().contains("no keyboards at all"));
        let nowhere = dir.path().join("nowhere");
        assert!(by_name(&nowhere, "A").unwrap_err().contains("nowhere"));
    }

    #[test]
    fn the_set_of_keys_is_read() {
        for (keys, can) in [
            (KEYBOARD, true),
            ("fffffffe", true),
            ("10000ffc", true),
            ("ffc", false),
            ("10000bfc", false),
            ("", false),
            ("x", false),
            ("fffffffe 0", false),
        ] {
            assert_eq!(types_numbers(keys), can, "{keys}");
        }
    }
}
