//! The options that make a wish for heat, and those that say where the temperature is sent to.

use jiff::tz::TimeZone;

use crate::{
    cli::{CliError, Context, input::calendar::CalendarArgs},
    domain::model::{Decimal, SetPoint, Slug, Tag, Wish},
};

/// A wish for heat: how warm, and when.
#[derive(clap::Args, Debug, Clone, Default)]
pub(super) struct WishArgs {
    #[command(flatten)]
    calendar: CalendarArgs,

    /// How warm it should be then, in degrees Celsius
    #[arg(long, short, value_name = "N")]
    temperature: Option<Decimal>,

    /// Only while somebody is in, or has booked within the next half hour
    #[arg(long, requires = "temperature")]
    if_used: bool,

    /// The purpose of the wish, in words
    #[arg(long, requires = "temperature")]
    description: Option<String>,
}

impl WishArgs {
    /// Returns the wish, if one is given; without a timespec it counts always.
    ///
    /// # Errors
    /// Fails if the timespec is refused, or if it has no temperature.
    pub(super) fn wish(
        &self,
        ctx: &Context,
        name: &Slug,
        zone: &TimeZone,
    ) -> Result<Option<Wish>, CliError> {
        // Every event has an id; this one need not differ from those of other calendars.
        let timespec = self.calendar.text(ctx, zone, &name.as_str().parse::<Tag>()?)?;
        let Some(temperature) = self.temperature else {
            return match timespec {
                Some(_) => Err(CliError::user("a timespec was given, but no temperature")
                    .hint("say how warm it should be with --temperature 19")),
                None => Ok(None),
            };
        };
        Ok(Some(Wish {
            temperature,
            description: self.description.clone(),
            if_used: self.if_used,
            timespec: timespec.unwrap_or_else(|| "always".to_owned()),
        }))
    }
}

/// Where the temperature is sent to that a zone should have.
#[derive(clap::Args, Debug, Clone, Default)]
pub(super) struct SetPointArgs {
    /// The MQTT topic to send the wanted temperature to
    #[arg(long, value_name = "TOPIC")]
    topic: Option<String>,

    /// Send a JSON object with the temperature under this key
    #[arg(long, value_name = "KEY", requires = "topic")]
    key: Option<String>,
}

impl SetPointArgs {
    /// Returns where it is sent to, if that is given.
    pub(super) fn set_point(self) -> Option<SetPoint> {
        let Self { topic, key } = self;
        topic.map(|topic| SetPoint { topic, key })
    }
}
