//! The options that adding and editing a member have in common.

use std::collections::BTreeMap;

use crate::{cli::CliError, domain::model::contact::YearMonth};

/// The personal fields, which are stored in a file of their own.
#[derive(clap::Args, Debug, Default)]
pub(crate) struct ContactFields {
    /// The e-mail address
    #[arg(long, value_name = "ADDRESS")]
    pub email: Option<String>,

    /// The phone number
    #[arg(long, value_name = "NUMBER")]
    pub phone: Option<String>,

    /// The postal address
    #[arg(long, value_name = "TEXT")]
    pub address: Option<String>,

    /// The year and month of birth, like 1980-01
    #[arg(long, value_name = "YEAR-MONTH")]
    pub born: Option<YearMonth>,

    /// An account at another service, like github=ada; can be repeated
    #[arg(long = "account", value_name = "SERVICE=NAME", value_parser = account)]
    pub accounts: Vec<(String, String)>,

    /// Whether they want news that is not about the membership itself
    #[arg(long, value_name = "YES|NO", num_args = 0..=1, require_equals = true,
          default_missing_value = "yes", ignore_case = true, value_parser = crate::cli::input::answer::yes_or_no())]
    pub news: Option<bool>,

    /// Whether they agreed that other members are told by name that they joined, or are in
    #[arg(long, value_name = "YES|NO", num_args = 0..=1, require_equals = true,
          default_missing_value = "yes", ignore_case = true, value_parser = crate::cli::input::answer::yes_or_no())]
    pub named: Option<bool>,
}

impl ContactFields {
    /// Returns the accounts by service.
    #[must_use]
    pub(crate) fn accounts(&self) -> BTreeMap<String, String> {
        self.accounts.iter().cloned().collect()
    }
}

fn account(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((service, name)) if !service.trim().is_empty() => {
            Ok((service.trim().to_owned(), name.trim().to_owned()))
        }
        _ => Err("write it like github=ada".into()),
    }
}

/// Returns the error for a missing value that nobody is there to ask for.
#[must_use]
pub(crate) fn missing(flag: &str) -> CliError {
    CliError::user(format!("{flag} is missing")).hint("`--help` lists the options")
}
