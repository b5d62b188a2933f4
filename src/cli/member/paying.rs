//! Options that select members by how they pay, or by who pays for them.

use jiff::civil::Date;

use crate::domain::dues::{Cover, Standing};

/// Options about payments; several of them select members who match at least one.
#[derive(clap::Args, Debug, Default)]
pub(crate) struct Paying {
    /// Only members whose cover has ended, like `--standing lapsed`
    #[arg(long, conflicts_with = "standing")]
    lapsed: bool,

    /// Only members whose cover ends within this many days
    #[arg(long, value_name = "DAYS", conflicts_with = "standing")]
    lapsing: Option<u16>,

    /// Only members who owe dues and have never paid any
    #[arg(long, conflicts_with = "standing")]
    unpaid: bool,

    /// Only the children of this member: a number, a name, or the beginning of a name
    #[arg(long, value_name = "MEMBER", add = crate::cli::input::completion::members())]
    pub(super) parent: Option<String>,
}

impl Paying {
    /// Tells whether any of the options is given.
    #[must_use]
    pub(super) const fn any(&self) -> bool {
        self.lapsed || self.lapsing.is_some() || self.unpaid
    }

    /// Tells whether a member matches one of the options.
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
