//! Devices with `ESPHome`: a number for each sensor, and `nan` if it has none.

use super::{Fault, Number};
use crate::domain::model::Quantity;

pub(super) fn read(text: &str, measures: Quantity) -> Result<Option<Number>, Fault> {
    match text.trim() {
        it if it.eq_ignore_ascii_case("nan") => Ok(None),
        it => Number::parse(it, measures).map(Some),
    }
}
