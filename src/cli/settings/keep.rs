//! How long personal data is held: the options that set it, and how it is shown.

use crate::domain::{
    model::Retention,
    ops::{Field, space::Keep},
};

/// The options that set how long personal data is held.
#[derive(clap::Args, Debug)]
pub(super) struct KeepArgs {
    /// How long to keep contact data after a member left; `space retention` applies it
    #[arg(long, value_name = "DAYS|forever", value_parser = days)]
    keep_contact: Option<Field<u32>>,

    /// How long to keep unmatched transactions, and payments of members who left
    #[arg(long, value_name = "DAYS|forever", value_parser = days)]
    keep_payments: Option<Field<u32>>,

    /// How long to keep everything else about a member after they left
    #[arg(long, value_name = "DAYS|forever", value_parser = days)]
    keep_members: Option<Field<u32>>,

    /// How long to keep the journals of the doors
    #[arg(long, value_name = "DAYS|forever", value_parser = days)]
    keep_activities: Option<Field<u32>>,

    /// How long to keep letters that were put into a folder
    #[arg(long, value_name = "DAYS|forever", value_parser = days)]
    keep_letters: Option<Field<u32>>,

    /// How long to keep what meters said; what was used in each quarter of an hour stays
    #[arg(long, value_name = "DAYS|forever", value_parser = days)]
    keep_measurements: Option<Field<u32>>,
}

impl KeepArgs {
    /// Returns the requested changes.
    pub(super) fn request(self) -> Keep {
        Keep {
            contact: self.keep_contact.unwrap_or_default(),
            payments: self.keep_payments.unwrap_or_default(),
            members: self.keep_members.unwrap_or_default(),
            activities: self.keep_activities.unwrap_or_default(),
            letters: self.keep_letters.unwrap_or_default(),
            measurements: self.keep_measurements.unwrap_or_default(),
        }
    }
}

/// Returns the settings as labelled lines.
pub(super) fn lines(retention: Retention) -> [(&'static str, String); 6] {
    let words = |days: Option<u32>| match days {
        None => "for ever".to_owned(),
        Some(1) => "1 day".to_owned(),
        Some(days) => format!("{days} days"),
    };
    [
        ("keep contact", words(retention.contact_days)),
        ("keep payments", words(retention.payment_days)),
        ("keep members", words(retention.member_days)),
        ("keep activities", words(retention.activity_days)),
        ("keep letters", words(retention.letter_days)),
        ("keep measurements", words(retention.measurement_days)),
    ]
}

fn days(text: &str) -> Result<Field<u32>, String> {
    match text.trim() {
        "forever" => Ok(Field::Clear),
        days => days
            .parse()
            .map(Field::Set)
            .map_err(|_| "write a number of days like 365, or forever".into()),
    }
}
