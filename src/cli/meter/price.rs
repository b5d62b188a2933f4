//! A price on the command line: `0.245`, or `2026-04-01=0.26` from a day on.

use crate::domain::model::{Price, text};

/// Reads a price.
pub(super) fn price(written: &str) -> Result<Price, String> {
    let (from, price) = match written.split_once('=') {
        Some((day, price)) => {
            let day = day.parse().map_err(|_| {
                format!("`{}` is not a day: write it like 2026-04-01=0.26", text::shown(day))
            })?;
            (Some(day), price)
        }
        None => (None, written),
    };
    Ok(Price { from, price: price.parse()? })
}
