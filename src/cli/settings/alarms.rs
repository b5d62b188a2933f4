//! Alarms of the building: the options that set who is told about what, and how they are shown.

use crate::domain::{
    model::{AlarmKind, AlarmRules, Months, QuietHours},
    ops::{Field, space::AlarmEdit},
};

/// The options that set who is told about what is wrong in the building.
#[derive(clap::Args, Debug)]
#[command(next_help_heading = "Alarms of the building")]
pub(super) struct AlarmArgs {
    /// An address that gets a letter about each alarm; replaces the list; can be repeated; if empty,
    /// nobody
    #[arg(long = "alarm-to", value_name = "ADDRESS")]
    to: Vec<String>,

    /// When no letters are sent about what is not urgent, like 22:00-07:00; `none` for never
    #[arg(long = "alarm-quiet", value_name = "HOURS", value_parser = quiet)]
    quiet: Option<Field<QuietHours>>,

    /// A kind that waits for nothing; replaces the list; can be repeated
    #[arg(long = "alarm-urgent", value_name = "KIND")]
    urgent: Vec<AlarmKind>,

    /// Stop watching for this kind; can be repeated
    #[arg(long = "alarm-off", value_name = "KIND")]
    alarm_off: Vec<AlarmKind>,

    /// Watch for this kind again; can be repeated
    #[arg(long = "alarm-on", value_name = "KIND")]
    alarm_on: Vec<AlarmKind>,

    /// The months in which nobody should ask for heat, like 6-8
    #[arg(long, value_name = "MONTHS")]
    summer: Option<Months>,

    /// How much power may be drawn while nobody is in, in watts
    #[arg(long, value_name = "WATTS")]
    idle_watts: Option<u32>,
}

impl AlarmArgs {
    /// Returns the requested changes.
    pub(super) fn request(self) -> AlarmEdit {
        let some = |all: Vec<String>| all.into_iter().filter(|it| !it.is_empty()).collect();
        let off = self.alarm_off.into_iter().map(|kind| (kind, false));
        AlarmEdit {
            to: (!self.to.is_empty()).then(|| some(self.to)),
            quiet: self.quiet.unwrap_or_default(),
            urgent: (!self.urgent.is_empty()).then(|| self.urgent.into_iter().collect()),
            watched: off.chain(self.alarm_on.into_iter().map(|kind| (kind, true))).collect(),
            summer: self.summer,
            idle_watts: self.idle_watts,
        }
    }
}

/// Returns the settings as labelled lines; empty ones if nothing was set.
pub(super) fn lines(rules: &AlarmRules) -> [(&'static str, String); 6] {
    let words = |kinds: &std::collections::BTreeSet<AlarmKind>| {
        kinds.iter().map(|it| it.word()).collect::<Vec<_>>().join(", ")
    };
    let lines = [
        ("alarms to", rules.to.join("\n")),
        ("quiet hours", rules.quiet.map(|it| it.to_string()).unwrap_or_default()),
        ("urgent alarms", words(&rules.urgent)),
        ("alarms off", words(&rules.off)),
        ("summer", format!("months {}", rules.summer)),
        ("idle power", format!("{} W", rules.idle_watts)),
    ];
    lines.map(|(label, text)| (label, if rules.is_default() { String::new() } else { text }))
}

fn quiet(text: &str) -> Result<Field<QuietHours>, String> {
    match text.trim() {
        "none" => Ok(Field::Clear),
        hours => hours.parse().map(Field::Set),
    }
}
