//! Which processor it is, and as whom we ask.

use std::{fmt, time::Duration};

use jiff::tz::TimeZone;

/// A processor, and what it needs to know about the space.
#[derive(Clone)]
pub struct ProcessorOptions {
    /// How to speak to it.
    pub kind: ProcessorKind,
    /// Where it is; by default the processor itself.
    pub url: Option<String>,
    /// The secret key.
    pub secret: String,
    /// The currency of the space: `GBP`.
    pub currency: String,
    /// The time zone of the space.
    pub zone: TimeZone,
    /// What members see that they pay for.
    pub title: String,
    /// How long an answer may take.
    pub longest: Duration,
    /// Waits before something is asked again.
    pub pause: fn(Duration),
}

/// How to speak to a processor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProcessorKind {
    /// As Stripe does.
    Stripe,
    /// As GoCardless does.
    GoCardless,
}

impl ProcessorOptions {
    /// How long an answer may take, usually.
    pub const LONGEST: Duration = Duration::from_secs(30);
}

impl fmt::Debug for ProcessorOptions {
    /// Leaves out the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProcessorOptions").field("kind", &self.kind).finish_non_exhaustive()
    }
}
