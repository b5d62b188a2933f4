//! The states of the guard, and why heat is cut.

/// The state of the guard. Heat is possible in [`Phase::Allowed`] only.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    /// It has not seen enough good readings since it started.
    Starting,
    /// Heat may be on if it is asked for.
    Allowed,
    /// Heat is off.
    Cut(Reason),
}

/// Why heat is cut.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// A reading is at or above the limit.
    TooWarm,
    /// The thermometers cannot be believed.
    Sensor(Fault),
    /// Heat was on for longer than the maximum.
    OnTooLong,
}

/// Why the thermometers cannot be believed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// Too few of them gave a plausible reading lately.
    NoReading,
    /// They differ by more than the tolerance.
    Disagree,
    /// A temperature changed faster than that of a room can.
    TooFast,
    /// A value has been the same for too long: a real one moves.
    Frozen,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::NoReading, Self::Disagree, Self::TooFast, Self::Frozen];
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::TooWarm,
        Self::Sensor(Fault::NoReading),
        Self::Sensor(Fault::Disagree),
        Self::Sensor(Fault::TooFast),
        Self::Sensor(Fault::Frozen),
        Self::OnTooLong,
    ];

    /// Returns the word for it: `too-warm`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TooWarm => "too-warm",
            Self::Sensor(Fault::NoReading) => "no-reading",
            Self::Sensor(Fault::Disagree) => "disagree",
            Self::Sensor(Fault::TooFast) => "too-fast",
            Self::Sensor(Fault::Frozen) => "frozen",
            Self::OnTooLong => "on-too-long",
        }
    }
}

impl Phase {
    /// Returns the word for it, without the reason: `cut`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Allowed => "allowed",
            Self::Cut(_) => "cut",
        }
    }

    /// Returns why heat is cut, if it is.
    #[must_use]
    pub const fn reason(self) -> Option<Reason> {
        match self {
            Self::Cut(reason) => Some(reason),
            Self::Starting | Self::Allowed => None,
        }
    }
}
