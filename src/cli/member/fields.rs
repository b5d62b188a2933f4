//! What adding and editing a member have in common: the fields as flags.

use std::collections::BTreeMap;

use crate::{cli::CliError, domain::model::contact::YearMonth};

/// The personal fields, kept in a file of their own.
#[derive(clap::Args, Debug, Default)]
pub(crate) struct ContactFields {
    /// Where mail goes
    #[arg(long, value_name = "ADDRESS")]
    pub email: Option<String>,

    /// Where a call goes
    #[arg(long, value_name = "NUMBER")]
    pub phone: Option<String>,

    /// Where a letter goes
    #[arg(long, value_name = "TEXT")]
    pub address: Option<String>,

    /// Year and month of birth, like 1980-01
    #[arg(long, value_name = "YEAR-MONTH")]
    pub born: Option<YearMonth>,

    /// An account elsewhere, like github=ada; may be given several times
    #[arg(long = "account", value_name = "SERVICE=NAME", value_parser = account)]
    pub accounts: Vec<(String, String)>,

    /// Whether they want to hear of what is not about the membership itself
    #[arg(long, value_name = "YES|NO", num_args = 0..=1, require_equals = true,
          default_missing_value = "yes", value_parser = clap::builder::BoolishValueParser::new())]
    pub news: Option<bool>,
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

/// Refuses a question that nobody is there to answer.
#[must_use]
pub(crate) fn missing(flag: &str) -> CliError {
    CliError::user(format!("{flag} is missing")).hint("`--help` lists what can be given")
}
