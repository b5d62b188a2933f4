//! The states of entities that Home Assistant publishes (its integration `mqtt_statestream`).

use super::{Fault, Number};
use crate::domain::model::Quantity;

pub(super) fn read(text: &str, measures: Quantity) -> Result<Option<Number>, Fault> {
    match text.trim().trim_matches('"') {
        "unavailable" | "unknown" | "None" | "" => Ok(None),
        it => Number::parse(it, measures).map(Some),
    }
}
