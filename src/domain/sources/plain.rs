//! Devices without a profile: the message is the number, or a pointer says where it stands.

use super::{Fault, Number, json};
use crate::domain::model::Quantity;

pub(super) fn read(
    text: &str,
    pointer: Option<&str>,
    measures: Quantity,
) -> Result<Option<Number>, Fault> {
    let Some(pointer) = pointer else { return Number::parse(text, measures).map(Some) };
    let document = json::parse(text)?;
    let value = document.pointer(pointer).ok_or_else(|| Fault::Missing(pointer.to_owned()))?;
    json::number(value, measures)
}
