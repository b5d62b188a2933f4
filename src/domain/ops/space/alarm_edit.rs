//! Changes who is told about what is wrong in the building.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    model::{AlarmKind, AlarmRules, Months, QuietHours},
    ops::{Field, changed_fields::ChangedFields},
};

/// The new value of each field.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[expect(missing_docs, reason = "each field is named like the field of the record")]
pub struct AlarmEdit {
    pub to: Option<Vec<String>>,
    pub quiet: Field<QuietHours>,
    pub urgent: Option<BTreeSet<AlarmKind>>,
    /// Which kinds are watched for.
    pub watched: BTreeMap<AlarmKind, bool>,
    pub summer: Option<Months>,
    pub idle_watts: Option<u32>,
}

impl AlarmEdit {
    pub(super) fn write(self, rules: &mut AlarmRules, edits: &mut ChangedFields) {
        edits.set("alarms to", self.to, &mut rules.to);
        edits.field("quiet hours", self.quiet, &mut rules.quiet);
        edits.set("urgent alarms", self.urgent, &mut rules.urgent);
        let mut off = rules.off.clone();
        for (kind, watched) in self.watched {
            if watched {
                off.remove(&kind)
            } else {
                off.insert(kind)
            };
        }
        edits.set("alarms off", Some(off), &mut rules.off);
        edits.set("summer", self.summer, &mut rules.summer);
        edits.set("idle power", self.idle_watts, &mut rules.idle_watts);
    }
}
