//! What members may do by themselves: the options that set it, and how it is shown.

use crate::domain::{
    model::{OwnField, SelfService, Slug},
    ops::space::OwnRules,
};

/// The heading of these options.
const HEADING: &str = "Members' own pages";

/// The word for an empty list.
const NONE: &str = "none";

/// The options that set what members may do by themselves.
#[derive(clap::Args, Debug)]
pub(super) struct OwnArgs {
    /// What members may change by themselves, or `none`; the rest they ask for: name, email, phone,
    /// address, born, tier, concession, chosen-amount, news
    #[arg(long, value_name = "FIELD", value_delimiter = ',', help_heading = HEADING)]
    own_changes: Vec<String>,

    /// For how many days members see their own visits
    #[arg(long, value_name = "DAYS", help_heading = HEADING)]
    visit_days: Option<u16>,

    /// The facilities that members in good standing may open to guests, or `none`
    #[arg(long, value_name = "FACILITY", value_delimiter = ',', help_heading = HEADING)]
    guests: Vec<String>,

    /// How long a guest's passcode lasts at most
    #[arg(long, value_name = "HOURS", help_heading = HEADING,
          value_parser = clap::value_parser!(u16).range(1..=168))]
    guest_hours: Option<u16>,

    /// How many guests a member may have at the same time
    #[arg(long, value_name = "NUMBER", help_heading = HEADING,
          value_parser = clap::value_parser!(u8).range(1..=20))]
    guest_passes: Option<u8>,
}

impl OwnArgs {
    /// Returns the requested changes.
    ///
    /// # Errors
    /// A name is not valid.
    pub(super) fn request(self) -> Result<OwnRules, String> {
        let field = |word: &String| {
            let known = OwnField::ALL.into_iter().find(|it| it.word() == word);
            known.ok_or_else(|| {
                let all: Vec<_> = OwnField::ALL.iter().map(|it| it.word()).collect();
                format!("`{word}` is nothing that members may change: there are {}", all.join(", "))
            })
        };
        Ok(OwnRules {
            change: list(&self.own_changes, field)?,
            visit_days: self.visit_days,
            guests: list(&self.guests, |it| it.parse::<Slug>())?,
            guest_hours: self.guest_hours,
            guest_passes: self.guest_passes,
        })
    }
}

/// Returns the values of a list that was given; `none` is an empty one.
fn list<T, C: FromIterator<T>>(
    given: &[String],
    read: impl Fn(&String) -> Result<T, String>,
) -> Result<Option<C>, String> {
    match given {
        [] => Ok(None),
        [only] if only == NONE => Ok(Some(C::from_iter([]))),
        all => all.iter().map(read).collect::<Result<C, _>>().map(Some),
    }
}

/// Returns the settings as labelled lines.
pub(super) fn lines(rules: &SelfService) -> [(&'static str, String); 3] {
    let change: Vec<_> = rules.change.iter().map(|it| it.word()).collect();
    let guests = rules.guests.as_ref().map_or_else(
        || "none".to_owned(),
        |it| {
            let facilities: Vec<_> = it.facilities.iter().map(Slug::as_str).collect();
            let (hours, passes) = (it.hours, it.at_once);
            format!("{} for up to {hours} hours, {passes} at once", facilities.join(", "))
        },
    );
    [
        ("own changes", if change.is_empty() { NONE.to_owned() } else { change.join(", ") }),
        ("visit days", rules.visit_days.to_string()),
        ("guests", guests),
    ]
}
