//! The options that say from when until when a grant is valid.

use jiff::{Timestamp, tz::TimeZone};

use crate::{
    app::when,
    cli::{CliError, Context},
    domain::model::text::shown,
};

/// The options of a window. Both ends may be left out.
#[derive(clap::Args, Debug, Clone, Default)]
pub(super) struct WindowArgs {
    /// When it begins to be valid [default: now]
    #[arg(long, visible_alias = "from", value_name = "T", allow_hyphen_values = true)]
    pub effective: Option<String>,

    /// When it stops being valid [default: never]
    #[arg(
        long,
        visible_alias = "until",
        value_name = "T",
        allow_hyphen_values = true,
        conflicts_with = "lasts"
    )]
    pub expiration: Option<String>,

    /// How long it is valid from the effective moment, like 2w or 1y
    #[arg(long, value_name = "SPAN")]
    pub lasts: Option<String>,
}

impl WindowArgs {
    /// Returns when it begins, if that is said.
    ///
    /// # Errors
    /// Fails if it is not a moment.
    pub(super) fn effective(
        &self,
        ctx: &Context,
        zone: &TimeZone,
    ) -> Result<Option<Timestamp>, CliError> {
        let moment = |text: &String| when::moment(text, zone, ctx.now);
        Ok(self.effective.as_ref().map(moment).transpose()?)
    }

    /// Returns when it ends, if that is said; a span counts from `effective`.
    ///
    /// # Errors
    /// Fails if it is neither a moment nor a span.
    pub(super) fn expiration(
        &self,
        ctx: &Context,
        zone: &TimeZone,
        effective: Timestamp,
    ) -> Result<Option<Timestamp>, CliError> {
        Ok(match (&self.expiration, &self.lasts) {
            (Some(text), _) => Some(when::moment(text, zone, ctx.now)?),
            (_, Some(span)) => {
                Some(when::moment(&format!("+{span}"), zone, effective).map_err(|_| {
                    format!(
                        "`{}` is not a valid span: write it like 2w, 30d, 3mo or 1y",
                        shown(span)
                    )
                })?)
            }
            _ => None,
        })
    }
}
