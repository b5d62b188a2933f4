//! A thermometer on the kernel's 1-wire bus, such as a DS18B20.
//!
//! The kernel's file `w1_slave` has two lines: the nine bytes that the thermometer sent, with a verdict
//! on their checksum, and the bytes again with the temperature (Linux `w1_therm.rst`). We look at the
//! bytes ourselves: nine zeros, from a wire that is held down, have a valid checksum, and so has
//! 85 degrees, which a thermometer says that has not measured since it got power.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use super::Thermometer;
use crate::domain::guard::Millidegrees;

/// Where the kernel shows what is on the bus.
const DEVICES: &str = "/sys/bus/w1/devices";

/// The largest file, in bytes.
const LONGEST: u64 = 1_024;

/// A thermometer on the bus.
#[derive(Debug)]
pub struct OneWire {
    file: PathBuf,
}

impl OneWire {
    /// Makes one, by its name on the bus.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self::below(Path::new(DEVICES), id)
    }

    /// Makes one on a bus that is shown in another folder.
    #[must_use]
    pub fn below(devices: &Path, id: &str) -> Self {
        Self { file: devices.join(id).join("w1_slave") }
    }
}

impl Thermometer for OneWire {
    fn read(&mut self) -> Result<Option<Millidegrees>, String> {
        let at = self.file.display();
        let mut text = String::new();
        File::open(&self.file)
            .and_then(|file| file.take(LONGEST).read_to_string(&mut text))
            .map_err(|error| format!("cannot read {at}: {error}"))?;
        parse(&text).map(Some).map_err(|why| format!("{at}: {why}"))
    }
}

/// Reads what the kernel says.
fn parse(text: &str) -> Result<Millidegrees, &'static str> {
    if text.trim().is_empty() {
        // So says a newer driver when the checksum is wrong again and again.
        return Err("the thermometer does not answer");
    }
    let mut lines = text.lines();
    let (first, second) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let (bytes, verdict) = first.split_once(':').ok_or("the first line is not understood")?;
    let bytes: Vec<u8> = bytes
        .split_ascii_whitespace()
        .map(|it| u8::from_str_radix(it, 16))
        .collect::<Result<_, _>>()
        .map_err(|_| "the first line is not understood")?;
    let Ok(bytes) = <[u8; 9]>::try_from(bytes) else { return Err("there are not nine bytes") };
    if !verdict.trim_end().ends_with("YES") || checksum(&bytes) != 0 {
        return Err("the checksum is wrong");
    }
    if bytes == [0; 9] {
        return Err("there is nothing but zeros, as on a wire that is held down");
    }
    let (_, value) = second.split_once("t=").ok_or("there is no temperature")?;
    value.trim().parse().map_err(|_| "the temperature is not a number")
}

/// Returns the checksum of Maxim's 1-wire devices; 0 over bytes that end with their own.
fn checksum(bytes: &[u8]) -> u8 {
    let step = |crc: u8| if crc & 1 == 1 { crc >> 1 ^ 0x8c } else { crc >> 1 };
    bytes.iter().fold(0, |crc, byte| (0..8).fold(crc ^ byte, |crc, _| step(crc)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes the file of a thermometer from eight bytes.
    fn slave(bytes: [u8; 8], temperature: i32) -> String {
        let crc = checksum(&bytes);
        let words: Vec<String> =
            bytes.iter().chain([&crc]).map(|byte| format!("{byte:02x}")).collect();
        let words = words.join(" ");
        format!("{words} : crc={crc:02x} YES\n{words} t={temperature}\n")
    }

    const WARM: [u8; 8] = [0x72, 0x01, 0x4b, 0x46, 0x7f, 0xff, 0x0e, 0x10];

    #[test]
    fn what_the_kernel_says_is_understood() {
        assert_eq!(checksum(&WARM), 0x57, "as in the data sheet's application note");
        assert_eq!(parse(&slave(WARM, 23_125)), Ok(23_125));
        assert_eq!(parse(&slave(WARM, -62)), Ok(-62));
    }

    #[test]
    fn what_was_not_measured_is_told() {
        let good = slave(WARM, 23_125);
        for (text, words) in [
            (String::new(), "does not answer"),
            ("\n".into(), "does not answer"),
            (good.replace("YES", "NO"), "checksum"),
            (good.replacen("72", "73", 1), "checksum"),
            (slave([0; 8], 0), "zeros"),
            (good.replacen("72 ", "", 1), "nine"),
            (good.replace("t=23125", "t=warm"), "not a number"),
            (good.replace("t=", "u="), "no temperature"),
            ("warm".into(), "first line"),
        ] {
            let why = parse(&text).unwrap_err();
            assert!(why.contains(words), "{text}: {why}");
        }
        assert!(slave([0; 8], 0).contains("crc=00 YES"), "the kernel is content with it");
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig {
            failure_persistence: None, ..Default::default()
        })]

        #[test]
        fn no_text_makes_it_panic(text in "([0-9a-f ]{0,40}:? ?(crc=..)? ?(YES|NO)?\n?(t=)?){0,3}.*") {
            let _ = parse(&text);
        }
    }

    #[test]
    fn a_thermometer_that_was_pulled_off_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let mut it = OneWire::below(dir.path(), "28-00000a1b2c3d");
        assert!(it.read().unwrap_err().contains("cannot read"));
        std::fs::create_dir(dir.path().join("28-00000a1b2c3d")).unwrap();
        let file = dir.path().join("28-00000a1b2c3d/w1_slave");
        std::fs::write(file, slave(WARM, 23_125)).unwrap();
        assert_eq!(it.read(), Ok(Some(23_125)));
    }
}
