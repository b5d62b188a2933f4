//! A keyboard of this machine. The only file that uses evdev.

use std::{io, path::Path};

use evdev::{Device, EventStream, EventSummary};

use super::{
    find::{DESCRIPTIONS, by_name},
    options::Which,
    port::{Keys, Port},
};

/// Where the keyboard is looked for.
#[derive(Debug)]
pub(super) struct Evdev(pub(super) Which);

impl Port for Evdev {
    type Keys = Grabbed;

    fn open(&mut self) -> Result<(String, Grabbed), String> {
        let path = match &self.0 {
            Which::Name(name) => by_name(Path::new(DESCRIPTIONS), name)?,
            Which::Path(path) => path.clone(),
        };
        let mut device = Device::open(&path).map_err(|error| describe(&path, &error))?;
        // What is typed at a door must not reach the console of this machine.
        device.grab().map_err(|error| describe(&path, &error))?;
        let name = device.name().unwrap_or("a keyboard").to_owned();
        let stream = device.into_event_stream().map_err(|error| describe(&path, &error))?;
        Ok((format!("{name} ({})", path.display()), Grabbed(stream)))
    }
}

/// A keyboard that types only for this program, until it is dropped.
pub(super) struct Grabbed(EventStream);

impl Keys for Grabbed {
    async fn next(&mut self) -> io::Result<u16> {
        loop {
            // 1 is a press; 0 would be its release, and 2 a repeat.
            if let EventSummary::Key(_, key, 1) = self.0.next_event().await?.destructure() {
                return Ok(key.0);
            }
        }
    }
}

fn describe(path: &Path, error: &io::Error) -> String {
    let path = path.display();
    match error.kind() {
        io::ErrorKind::NotFound => format!("{path} does not exist: plug the keyboard in"),
        io::ErrorKind::PermissionDenied => {
            format!("no permission to read {path}: add this user to the group `input`")
        }
        io::ErrorKind::ResourceBusy => {
            format!("another program has exclusive use of {path}: end it")
        }
        _ => format!("{path}: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_device_or_one_without_keys_is_reported() {
        let path = |path: &str| Evdev(Which::Path(path.into())).open().map(drop).unwrap_err();
        assert_eq!(path("/dev/input/none"), "/dev/input/none does not exist: plug the keyboard in");
        assert!(path("/dev/null").contains("/dev/null"));
        let name = Evdev(Which::Name("no such keyboard".to_owned())).open().map(drop).unwrap_err();
        assert!(!name.is_empty());
    }
}
