//! Which members a list shows by how they pay, or who pays for them.

use jiff::{SignedDuration, civil::Date};

use crate::domain::dues::{Cover, Standing};

/// The flags of a list that go by payments; several show whoever fits one of them.
#[derive(clap::Args, Debug, Default)]
pub(crate) struct Paying {
    /// Only members whose cover is over, as `--standing lapsed`
    #[arg(long, conflicts_with = "standing")]
    lapsed: bool,

    /// Only members whose cover ends within so many days
    #[arg(long, value_name = "DAYS", conflicts_with = "standing")]
    lapsing: Option<u16>,

    /// Only members who owe dues and never paid any
    #[arg(long, conflicts_with = "standing")]
    unpaid: bool,

    /// Only the children of this member: number, name or the beginning of a name
    #[arg(long, value_name = "MEMBER", add = crate::cli::input::completion::members())]
    pub(super) parent: Option<String>,
}

impl Paying {
    /// Tells whether any of the flags is given.
    #[must_use]
    pub(super) const fn any(&self) -> bool {
        self.lapsed || self.lapsing.is_some() || self.unpaid
    }

    /// Tells whether a member fits one of the flags.
    #[must_use]
    pub(super) fn wants(&self, standing: Standing, cover: Cover, today: Date) -> bool {
        if standing == Standing::Left {
            return false;
        }
        let soon = |days: u16| {
            let days = SignedDuration::from_hours(24 * i64::from(days));
            matches!(cover, Cover::Until(end)
                if end > today && end <= today.checked_add(days).unwrap_or(Date::MAX))
        };
        (self.lapsed && standing == Standing::Lapsed)
            || self.lapsing.is_some_and(soon)
            || (self.unpaid && cover == Cover::Never)
    }
}
