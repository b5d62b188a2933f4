//! The options that filter activities.

use clap::ValueEnum;
use jiff::tz::TimeZone;

use crate::{
    app::{look_up, when},
    cli::{CliError, Context},
    domain::model::AccessResult,
    store::{Revision, journal::Filter},
};

/// The options that filter activities.
#[derive(clap::Args, Debug, Clone, Default)]
pub(in crate::cli) struct FilterArgs {
    /// Only at this facility
    #[arg(long, short, value_name = "FACILITY", add = crate::cli::input::completion::facilities())]
    facility: Option<String>,

    /// Only by this member
    #[arg(long, short, value_name = "MEMBER", add = crate::cli::input::completion::members())]
    member: Option<String>,

    /// Only with this result
    #[arg(long, short, value_enum)]
    result: Option<Result>,

    /// Only from this moment on
    #[arg(long, alias = "since", value_name = "T", allow_hyphen_values = true)]
    from: Option<String>,

    /// Only before this moment
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    until: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Result {
    Granted,
    Denied,
    Exit,
    /// Operated by hand
    Operated,
}

impl FilterArgs {
    /// Returns the filter.
    ///
    /// # Errors
    /// Fails if a name or a moment is not valid.
    pub(in crate::cli) fn filter(
        &self,
        ctx: &Context,
        head: &Revision<'_>,
        zone: &TimeZone,
    ) -> std::result::Result<Filter, CliError> {
        let moment = |text: &str| when::past_moment(text, zone, ctx.now);
        let facility = self.facility.as_deref().map(|text| look_up::facility(head, text));
        Ok(Filter {
            facility: facility.transpose()?.map(|(name, _)| name),
            member: self.member.as_deref().map(|t| look_up::member_id(head, t)).transpose()?,
            result: self.result.map(|result| match result {
                Result::Granted => AccessResult::Granted,
                Result::Denied => AccessResult::Denied,
                Result::Exit => AccessResult::Exit,
                Result::Operated => AccessResult::Operated,
            }),
            from: self.from.as_deref().map(moment).transpose()?,
            until: self.until.as_deref().map(moment).transpose()?,
        })
    }
}
