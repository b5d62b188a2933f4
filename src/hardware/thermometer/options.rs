//! Where a temperature comes from, according to this machine's configuration.

use std::path::PathBuf;

use serde::Deserialize;

use crate::domain::guard::Millidegrees;

/// Where a temperature comes from.
///
/// ```toml
/// [[thermometers]]
/// w1 = "28-00000a1b2c3d"
/// [[thermometers]]
/// file = "/run/hall/temperature"
/// unit = "celsius"
/// owner = 104
/// ```
///
/// - `w1` is a thermometer such as a DS18B20 on the kernel's 1-wire bus, by its name in
///   `/sys/bus/w1/devices`.
/// - `file` is a file with a number, in `millidegrees` unless `unit` says `celsius` or `fahrenheit`.
///   Below `/sys` each look at it is a measurement; elsewhere it counts once each time it is written.
///   It belongs to root, unless `owner` names the number of the user whose driver writes it.
/// - `simulated` is a temperature in degrees Celsius that moves as a real one does.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(try_from = "Written")]
pub enum Source {
    /// A thermometer on the 1-wire bus.
    OneWire {
        /// Its name on the bus.
        id: String,
    },
    /// A file with a number.
    File {
        /// The file.
        path: PathBuf,
        /// What the number says.
        unit: Unit,
        /// The number of the user that it belongs to.
        owner: u32,
    },
    /// None at all.
    Simulated {
        /// The temperature that it says, more or less.
        around: Millidegrees,
    },
}

/// The unit of a number in a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Thousandths of a degree Celsius, as the kernel has them.
    #[default]
    Millidegrees,
    /// Degrees Celsius.
    Celsius,
    /// Degrees Fahrenheit.
    Fahrenheit,
}

/// The options as written, before they are checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    w1: Option<String>,
    file: Option<PathBuf>,
    unit: Option<Unit>,
    owner: Option<u32>,
    simulated: Option<f64>,
}

impl TryFrom<Written> for Source {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let Written { w1, file, unit, owner, simulated } = written;
        if file.is_none() && (unit.is_some() || owner.is_some()) {
            return Err("`unit` and `owner` are for a `file`".into());
        }
        match (w1, file, simulated) {
            (Some(id), None, None) if is_name(&id) => Ok(Self::OneWire { id }),
            (Some(id), None, None) => Err(format!(
                "{id:?} is not the name of a thermometer on the bus, such as 28-00000a1b2c3d: see \
                 /sys/bus/w1/devices"
            )),
            (None, Some(path), None) if path.is_absolute() => Ok(Self::File {
                path,
                unit: unit.unwrap_or_default(),
                owner: owner.unwrap_or_default(),
            }),
            (None, Some(path), None) => Err(format!("{} is not a full path", path.display())),
            (None, None, Some(celsius)) => {
                Ok(Self::Simulated { around: (celsius * 1_000.0) as Millidegrees })
            }
            _ => Err("give one of `w1`, `file` and `simulated`".into()),
        }
    }
}

/// Tells whether a text is a name on the bus: the family and twelve digits, all hexadecimal.
fn is_name(text: &str) -> bool {
    let hexadecimal = |it: &str| it.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    text.split_once('-').is_some_and(|(family, number)| {
        family.len() == 2 && number.len() == 12 && hexadecimal(family) && hexadecimal(number)
    })
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OneWire { id } => f.write_str(id),
            Self::File { path, .. } => path.display().fmt(f),
            Self::Simulated { .. } => f.write_str("simulated"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Source, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn each_source_is_understood() {
        let id = "28-00000a1b2c3d".to_owned();
        assert_eq!(parse("w1 = '28-00000a1b2c3d'"), Ok(Source::OneWire { id }));
        let (path, unit, owner) = (PathBuf::from("/run/t"), Unit::Celsius, 104);
        let file = parse("file = '/run/t'\nunit = 'celsius'\nowner = 104");
        assert_eq!(file, Ok(Source::File { path, unit, owner }));
        assert_eq!(parse("simulated = 20.5"), Ok(Source::Simulated { around: 20_500 }));
    }

    #[test]
    fn what_cannot_be_is_refused_with_a_sentence() {
        for (text, words) in [
            ("", "give one of"),
            ("w1 = '28-00000a1b2c3d'\nfile = '/t'", "give one of"),
            ("w1 = '../../../tmp/x'", "is not the name"),
            ("w1 = '28-00000A1B2C3D'", "is not the name"),
            ("w1 = '28-/0000a1b2c3d'", "is not the name"),
            ("file = 'here'", "not a full path"),
            ("w1 = '28-00000a1b2c3d'\nunit = 'celsius'", "are for a `file`"),
            ("file = '/t'\nunit = 'kelvin'", "kelvin"),
            ("files = '/t'", "unknown field"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(words), "{text}: {error}");
        }
    }
}
