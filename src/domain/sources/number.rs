//! A number as a device writes it.

use super::Fault;
use crate::domain::model::{Quantity, Unit, text::shown};

/// A number, and its unit if the kind of device says which one it is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Number {
    /// The number.
    pub value: f64,
    /// Its unit; `None` if it is the one of the meter.
    pub unit: Option<Unit>,
}

/// How much of a text is repeated that is not a number.
const SHOWN: usize = 40;

impl Number {
    /// Makes one in the unit of the meter.
    #[must_use]
    pub const fn plain(value: f64) -> Self {
        Self { value, unit: None }
    }

    /// Makes one in a unit of its own.
    #[must_use]
    pub const fn of(value: f64, unit: Unit) -> Self {
        Self { value, unit: Some(unit) }
    }

    /// Reads a number; for switches and windows, the words for on and off as well.
    ///
    /// # Errors
    /// It is none, or one that no computer can hold.
    pub(super) fn parse(text: &str, measures: Quantity) -> Result<Self, Fault> {
        let text = text.trim();
        if measures.is_flag() {
            return flag(text).map(Self::plain);
        }
        let number = text.parse().ok().filter(|it: &f64| it.is_finite());
        number.map(Self::plain).ok_or_else(|| Fault::NotANumber(short(text)))
    }
}

/// Reads whether something is on, or open.
fn flag(text: &str) -> Result<f64, Fault> {
    let is = |words: &[&str]| words.iter().any(|it| it.eq_ignore_ascii_case(text));
    if is(&["on", "true", "1", "open", "opened"]) {
        Ok(1.0)
    } else if is(&["off", "false", "0", "close", "closed"]) {
        Ok(0.0)
    } else {
        Err(Fault::NotAFlag(short(text)))
    }
}

fn short(text: &str) -> String {
    let mut short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    shown(&short)
}
