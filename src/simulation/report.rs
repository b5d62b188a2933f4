//! What came of a play.

use std::{collections::BTreeMap, fmt};

use schemars::JsonSchema;
use serde::Serialize;

/// What happened, told in order, and what must not happen, if it did.
#[derive(Clone, PartialEq, Debug, Default, Serialize, JsonSchema)]
pub struct Report {
    /// How many steps there were, and how many moments were looked at.
    pub steps: usize,
    /// At how many moments everything was checked.
    pub checks: usize,
    /// How many changes were committed.
    pub commits: usize,
    /// How often each result and reason was journaled.
    pub activities: BTreeMap<String, usize>,
    /// What happened.
    pub story: Vec<Told>,
    /// What lasted.
    pub spans: Vec<Span>,
    /// What must not happen.
    pub broken: Option<Broken>,
}

/// Something that happened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Told {
    /// When, in seconds since the beginning.
    pub second: i64,
    /// What, in words.
    pub words: String,
}

/// Something that lasted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Span {
    /// Whose it is: a door, or what all doors share.
    pub row: String,
    /// What lasted.
    pub kind: Kind,
    /// From when to when, in seconds since the beginning.
    pub seconds: (i64, i64),
}

/// What may last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A door is held unlocked.
    Held,
    /// A door is locked by hand.
    LockedByHand,
    /// A board is unplugged.
    Unplugged,
    /// There is no network.
    NoNetwork,
    /// There is no power.
    NoPower,
    /// The clock is in doubt.
    Doubt,
}

impl Kind {
    /// Says that it is over.
    #[must_use]
    pub const fn end(self) -> &'static str {
        match self {
            Self::Held => "locked again",
            Self::LockedByHand => "left to the rules again",
            Self::Unplugged => "board plugged in again",
            Self::NoNetwork => "the network works again",
            Self::NoPower => "the power is back",
            Self::Doubt => "the clock is trusted again",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Held => "held unlocked",
            Self::LockedByHand => "locked by hand",
            Self::Unplugged => "board unplugged",
            Self::NoNetwork => "no network",
            Self::NoPower => "no power",
            Self::Doubt => "clock in doubt",
        })
    }
}

/// Something that must not happen.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Broken {
    /// When, in seconds since the beginning.
    pub second: i64,
    /// The rule, in a word.
    pub rule: &'static str,
    /// What happened instead.
    pub words: String,
}

impl Report {
    pub(super) fn tell(&mut self, second: i64, words: impl Into<String>) {
        self.story.push(Told { second, words: words.into() });
    }

    /// Notes the first thing that must not happen.
    pub(super) fn blame(&mut self, second: i64, rule: &'static str, words: String) {
        self.broken.get_or_insert(Broken { second, rule, words });
    }

    pub(super) fn begin(&mut self, row: String, kind: Kind, second: i64) {
        let open = |it: &Span| it.row == row && it.kind == kind && it.seconds.1 == i64::MAX;
        if !self.spans.iter().any(open) {
            self.spans.push(Span { row, kind, seconds: (second, i64::MAX) });
        }
    }

    pub(super) fn finish(&mut self, row: &str, kind: Kind, second: i64) {
        for span in &mut self.spans {
            if span.row == row && span.kind == kind {
                span.seconds.1 = span.seconds.1.min(second);
            }
        }
    }
}
