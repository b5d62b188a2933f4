//! A timespec on the command line: `always`, a file, or options for the common cases.

use clap::ValueEnum;
use jiff::{
    civil::{Time, Weekday},
    tz::TimeZone,
};

use crate::{
    app::when,
    cli::{CliError, Context, input::timespec},
    domain::{
        model::Tag,
        schedule::{Days, Timespec, compose},
    },
};

/// The options that give a timespec.
#[derive(clap::Args, Debug, Clone, Default)]
pub(in crate::cli) struct CalendarArgs {
    /// `always`, a calendar file, or `-` for standard input
    #[arg(value_name = "always|FILE.ics", conflicts_with_all = ["every", "on"])]
    pub timespec: Option<String>,

    /// Every week on these days, like wed or sat,sun
    #[arg(long, value_name = "DAYS", value_enum, ignore_case = true, value_delimiter = ',', requires_all = ["from", "to"])]
    pub every: Vec<Day>,

    /// Once, on this day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, conflicts_with = "every", requires_all = ["from", "to"])]
    pub on: Option<String>,

    /// The local time when it begins, like 19:00
    #[arg(long, value_name = "TIME", value_parser = when::time)]
    pub from: Option<Time>,

    /// The local time when it ends; on the next day, if it is not later than --from
    #[arg(long, value_name = "TIME", value_parser = when::time)]
    pub to: Option<Time>,

    /// The first day of a weekly timespec [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, requires = "every")]
    pub starting: Option<String>,

    /// The last day of a weekly timespec [default: none]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, requires = "every")]
    pub until: Option<String>,
}

/// A day of the week.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(in crate::cli) enum Day {
    #[value(alias = "monday")]
    Mon,
    #[value(alias = "tuesday")]
    Tue,
    #[value(alias = "wednesday")]
    Wed,
    #[value(alias = "thursday")]
    Thu,
    #[value(alias = "friday")]
    Fri,
    #[value(alias = "saturday")]
    Sat,
    #[value(alias = "sunday")]
    Sun,
}

impl Day {
    const fn weekday(self) -> Weekday {
        match self {
            Self::Mon => Weekday::Monday,
            Self::Tue => Weekday::Tuesday,
            Self::Wed => Weekday::Wednesday,
            Self::Thu => Weekday::Thursday,
            Self::Fri => Weekday::Friday,
            Self::Sat => Weekday::Saturday,
            Self::Sun => Weekday::Sunday,
        }
    }
}

impl CalendarArgs {
    /// Tells whether the timespec is put together from options.
    pub(in crate::cli) const fn is_composed(&self) -> bool {
        !self.every.is_empty() || self.on.is_some()
    }

    /// Returns the text of the given timespec, if there is one.
    ///
    /// # Errors
    /// Fails if a file cannot be read or is not a timespec, or if a day is not valid.
    pub(in crate::cli) fn text(
        &self,
        ctx: &Context,
        zone: &TimeZone,
        tag: &Tag,
    ) -> Result<Option<String>, CliError> {
        if let Some(given) = &self.timespec {
            let text = timespec::text(given)?;
            // Here a line number refers to the given file; later it would refer to a record.
            Timespec::parse(&text, zone).map_err(|refusal| timespec::invalid(given, &refusal))?;
            return Ok(Some(text));
        }
        let (Some(from), Some(to)) = (self.from, self.to) else { return Ok(None) };
        let day = |text: &str| when::day(text, zone, ctx.now);
        let days = if let Some(on) = &self.on {
            Days::Once(day(on)?)
        } else if self.every.is_empty() {
            return Err(CliError::user("--from and --to need --every DAYS or --on DAY"));
        } else {
            Days::Weekly {
                days: self.every.iter().map(|day| day.weekday()).collect(),
                starting: day(self.starting.as_deref().unwrap_or("today"))?,
                until: self.until.as_deref().map(day).transpose()?,
            }
        };
        Ok(Some(compose(tag.as_str(), &days, (from, to), zone, ctx.now)))
    }
}
