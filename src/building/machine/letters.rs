//! The letters about alarms that are on their way.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::domain::alarms::AlarmId;

/// The letters that are on their way; for one that could not be sent, the time for the next attempt.
#[derive(Debug, Default)]
pub(super) struct Letters(pub(super) BTreeMap<AlarmId, Option<Timestamp>>);
