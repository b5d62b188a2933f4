//! Which members a list shows by how they pay, or who pays for them.

use jiff::civil::Date;

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
        (self.lapsed && standing == Standing::Lapsed)
            || self.lapsing.is_some_and(|days| cover.ends_within(days, today))
            || (self.unpaid && cover == Cover::Never)
    }
}
