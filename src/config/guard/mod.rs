//! The configuration of the furnace guard: its limits, its thermometers, its relay.
//!
//! A TOML file, `/etc/space/guard.toml`. It belongs to root, and nobody else may write it: whoever may
//! change it is the one who decides about the furnace. What it may say has bounds that no file changes.

mod file;
mod limits;
mod protected;
mod state;

use std::path::{Path, PathBuf};

use serde::Deserialize;

use self::limits::LimitsWritten;
pub use self::{
    file::Trust,
    state::{GuardState, Measured},
};
use super::{ConfigError, parse};
use crate::{
    domain::{
        guard::{Guard, Limits, MOST},
        model::{Finding, FindingCode},
    },
    hardware::{relay::RelayOptions, thermometer::Source},
};

/// The path of the file.
pub const GUARD_PATH: &str = "/etc/space/guard.toml";

/// The configuration of the guard.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GuardConfig {
    /// The numbers that it goes by.
    pub limits: Limits,
    /// The relay, and what is wired beside it.
    pub relay: RelayOptions,
    /// Its thermometers.
    pub thermometers: Vec<Source>,
    /// The file with its state.
    pub state: PathBuf,
    /// The file with the changes of its state, if there is one.
    pub journal: PathBuf,
    /// The device that resets the machine if it is not fed, if there is one.
    pub watchdog: Option<PathBuf>,
}

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    limits: LimitsWritten,
    relay: RelayOptions,
    #[serde(default)]
    thermometers: Vec<Source>,
    #[serde(default = "state")]
    state: PathBuf,
    #[serde(default = "journal")]
    journal: PathBuf,
    watchdog: Option<PathBuf>,
}

/// The one part that matters when everything has to be off.
#[derive(Deserialize)]
struct RelayOnly {
    relay: RelayOptions,
}

/// The file with the state of the guard, unless the configuration says otherwise.
pub const GUARD_STATE: &str = "/run/space-guard/guard.json";

fn state() -> PathBuf {
    GUARD_STATE.into()
}

fn journal() -> PathBuf {
    "/var/lib/space-guard/guard.jsonl".into()
}

impl GuardConfig {
    /// Reads a file and checks it, and who may write it.
    ///
    /// # Errors
    /// It cannot be read, is not TOML, has an unknown key or a number out of range, or somebody may
    /// write it, or the file of a thermometer, who should not.
    pub fn read(path: &Path, trust: Trust) -> Result<Self, ConfigError> {
        let text = file::read(path, trust)?;
        let refused = |findings| ConfigError::Refused(path.to_owned(), findings);
        let config = Self::parse(path, &text).map_err(refused)?;
        let findings = config.untrustworthy(path, trust);
        if findings.is_empty() { Ok(config) } else { Err(refused(findings)) }
    }

    /// Reads which relay there is, whatever else may be wrong with the file.
    ///
    /// # Errors
    /// It cannot be read, or has no relay, or somebody may write it who should not.
    pub fn read_relay(path: &Path, trust: Trust) -> Result<RelayOptions, ConfigError> {
        let text = file::read(path, trust)?;
        let only: Result<RelayOnly, _> = parse(path, &text);
        let only = only.map_err(|finding| ConfigError::Refused(path.to_owned(), vec![finding]))?;
        Ok(only.relay)
    }

    /// Parses a text; the path is only used in findings.
    ///
    /// # Errors
    /// All findings.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Vec<Finding>> {
        let written: Written = parse(path, text).map_err(|finding| vec![finding])?;
        let error = |message| Finding::error(FindingCode::BadGuard, path.display(), message);
        let limits = written.limits.limits();
        let mut findings: Vec<Finding> =
            written.limits.out_of_range().into_iter().map(error).collect();
        let number = written.thermometers.len();
        if !(1..=MOST).contains(&number) {
            findings.push(error(format!("give 1 to {MOST} [[thermometers]], not {number}")));
        } else if findings.is_empty() && Guard::new(limits, number).is_err() {
            let quorum = limits.quorum;
            findings.push(error(format!(
                "limits.quorum is {quorum}, but there are only {number} [[thermometers]]"
            )));
        }
        for (number, source) in written.thermometers.iter().enumerate() {
            if written.thermometers[..number].contains(source) && !is_simulated(source) {
                findings.push(error(format!("{source} is given twice")));
            }
        }
        if written.state == written.journal {
            findings.push(error("state and journal are the same file".into()));
        }
        if !findings.is_empty() {
            return Err(findings);
        }
        let Written { relay, thermometers, state, journal, watchdog, .. } = written;
        Ok(Self { limits, relay, thermometers, state, journal, watchdog })
    }

    /// Tells whether nothing in it is a real furnace.
    #[must_use]
    pub const fn is_simulated(&self) -> bool {
        self.relay.is_simulated()
    }

    /// Lists who may change what the guard believes.
    fn untrustworthy(&self, path: &Path, trust: Trust) -> Vec<Finding> {
        let error = |message| Finding::error(FindingCode::BadGuard, path.display(), message);
        let mut findings = Vec::new();
        if trust == Trust::Anybody {
            if !self.is_simulated() {
                findings.push(error(
                    "a rehearsal drives no pins: give `simulated` in [relay]".to_owned(),
                ));
            }
            return findings;
        }
        if self.is_simulated() {
            findings.push(error(
                "the relay is simulated, so no furnace would be guarded: give its `pin`, or \
                 rehearse"
                    .to_owned(),
            ));
        }
        for source in &self.thermometers {
            match source {
                Source::File { path, owner, .. } => {
                    let folder = path.parent().unwrap_or(path);
                    findings.extend(protected::folders(folder, *owner).into_iter().map(error));
                }
                Source::Simulated { .. } => findings.push(error(
                    "a thermometer is simulated, so nothing would be measured: give `w1` or `file`"
                        .to_owned(),
                )),
                Source::OneWire { .. } => {}
            }
        }
        findings
    }
}

const fn is_simulated(source: &Source) -> bool {
    matches!(source, Source::Simulated { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<GuardConfig, String> {
        GuardConfig::parse(Path::new("guard.toml"), text).map_err(|findings| {
            findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        })
    }

    const LEAST: &str = "relay.pin = 17\n[[thermometers]]\nw1 = '28-00000a1b2c3d'\n";

    #[test]
    fn a_relay_and_a_thermometer_are_enough() {
        let config = read(LEAST).unwrap();
        assert_eq!(config.limits, Limits::DEFAULT);
        assert_eq!(config.state, Path::new("/run/space-guard/guard.json"));
        assert!(!config.is_simulated());
    }

    /// No limit above 35 °C indoors, whoever writes the file.
    #[test]
    fn no_configuration_exceeds_what_is_compiled_in() {
        assert!(read(&format!("limits.limit = 35\n{LEAST}")).is_ok());
        for (limits, words) in [
            ("limit = 35.1", "limits.limit is 35.1: use 5 to 35"),
            ("limit = 1000000000000.0", "use 5 to 35"),
            ("limit = inf", "use 5 to 35"),
            ("limit = nan", "use 5 to 35"),
            ("limit = -5", "use 5 to 35"),
            ("hysteresis = 0.1", "limits.hysteresis is 0.1: use 0.5 to 10"),
            ("fresh_seconds = 31", "limits.fresh_seconds is 31: use 3 to 30"),
            ("fresh_seconds = 18446744073709551616", ":1:"),
            ("off_seconds = 59", "use 60 to 3600"),
            ("on_minutes = 721", "use 10 to 720"),
            ("frozen_minutes = 121", "use 5 to 120"),
            ("settle_seconds = 9", "use 10 to 600"),
            ("degrees_per_minute = 3", "use 0.5 to 2"),
            ("noise = 1", "use 0.1 to 0.9"),
            ("tolerance = 6", "use 0.5 to 5"),
            ("quorum = 0", "use 1 to 4"),
            ("quorum = 2", "there are only 1"),
            ("limits = 5", "unknown field"),
        ] {
            let said = read(&format!("limits.{limits}\n{LEAST}")).unwrap_err();
            assert!(said.contains(words), "{limits}: {said}");
        }
    }

    #[test]
    fn what_cannot_be_is_told() {
        for (text, words) in [
            ("relay.pin = 17\n".to_owned(), "give 1 to 4"),
            ("[[thermometers]]\nw1 = '28-00000a1b2c3d'\n".into(), "relay"),
            (format!("{LEAST}[[thermometers]]\nw1 = '28-00000a1b2c3d'\n"), "given twice"),
            (format!("socket = '/run/guard'\n{LEAST}"), "unknown field"),
            (format!("state = '/a'\njournal = '/a'\n{LEAST}"), "same file"),
            (format!("{LEAST}{}", "[[thermometers]]\nsimulated = 20.0\n".repeat(4)), "not 5"),
        ] {
            let said = read(&text).unwrap_err();
            assert!(said.contains(words), "{text}: {said}");
        }
    }

    #[test]
    fn a_simulated_furnace_is_for_rehearsals_and_a_real_one_is_not() {
        let path = Path::new("guard.toml");
        let said = |text: &str, trust| {
            let findings = read(text).unwrap().untrustworthy(path, trust);
            findings.iter().map(|it| it.message.clone()).collect::<String>()
        };
        let simulated = "relay.simulated = '/tmp/r'\n[[thermometers]]\nsimulated = 20.0\n";
        assert_eq!(said(simulated, Trust::Anybody), "");
        let why = said(simulated, Trust::Root);
        assert!(why.contains("no furnace would be guarded") && why.contains("nothing would be"));
        assert!(said(LEAST, Trust::Anybody).contains("drives no pins"));
        assert_eq!(said(LEAST, Trust::Root), "");
    }

    #[test]
    fn the_relay_is_found_in_a_file_that_is_wrong_otherwise() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("guard.toml");
        std::fs::write(&path, "limits.limit = 90\nnonsense = 1\nrelay.pin = 17\n").unwrap();
        assert!(GuardConfig::read(&path, Trust::Anybody).is_err());
        assert!(!GuardConfig::read_relay(&path, Trust::Anybody).unwrap().is_simulated());
    }
}
