//! Reaches a service that the configuration names.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::Accounts;
use crate::{
    app::{AppError, look_up, zone},
    clock,
    config::{ProcessorConfig, ProcessorConfigKind, ServicesConfig},
    domain::model::{Advice, Slug, Space},
    integrations::processor::{
        Processor, ProcessorError, ProcessorKind, ProcessorOptions, processor,
    },
    store::Revision,
};

/// A payment processor that follows the records.
pub struct Follower {
    /// The name by which members pay.
    pub name: Slug,
    /// The page that members come back to.
    pub return_url: Option<String>,
    /// The processor itself.
    pub processor: Box<dyn Processor>,
    /// The other processors, by which members paid before or will pay, or why one cannot be reached.
    pub others: BTreeMap<Slug, Result<Box<dyn Processor>, ProcessorError>>,
    /// Whose accounts there are, as far as somebody has asked.
    pub accounts: Accounts,
}

/// Opens the service of a name; without one, the only one there is.
///
/// # Errors
/// Fails if there is no such service, or if its secret or the settings cannot be read.
pub fn open(
    config: &ServicesConfig,
    name: Option<&str>,
    head: &Revision<'_>,
) -> Result<Follower, AppError> {
    let (name, it) = choose(config, name)?;
    let space = look_up::space(head)?;
    let zone = zone::named(&space)?;
    let own = options(it, it.secret()?, &space, &zone);
    let reached = processor(own).map_err(trouble)?;
    let others = config.processors.iter().filter(|(other, _)| *other != name);
    let other = |(name, it): (&Slug, &ProcessorConfig)| {
        let secret = it.secret().map_err(|error| ProcessorError::Denied(error.to_string()));
        let other = secret.and_then(|secret| processor(options(it, secret, &space, &zone)));
        (name.clone(), other)
    };
    let others = others.map(other).collect();
    Ok(Follower {
        name: name.clone(),
        return_url: config.return_url.clone(),
        processor: reached,
        others,
        accounts: Accounts::default(),
    })
}

/// Returns how a processor of the configuration is spoken to.
#[must_use]
pub const fn kind(configured: ProcessorConfigKind) -> ProcessorKind {
    match configured {
        ProcessorConfigKind::Stripe => ProcessorKind::Stripe,
        ProcessorConfigKind::GoCardless => ProcessorKind::GoCardless,
    }
}

fn options(
    it: &ProcessorConfig,
    secret: String,
    space: &Space,
    zone: &TimeZone,
) -> ProcessorOptions {
    ProcessorOptions {
        kind: kind(it.kind),
        url: it.url.clone(),
        secret,
        currency: space.currency.clone(),
        zone: zone.clone(),
        title: space.name.clone(),
        longest: ProcessorOptions::LONGEST,
        pause: clock::pause,
    }
}

fn choose<'c>(
    config: &'c ServicesConfig,
    name: Option<&str>,
) -> Result<(&'c Slug, &'c ProcessorConfig), AppError> {
    let all = &config.processors;
    let names = || Advice::Known(all.keys().map(ToString::to_string).collect());
    match (name, all.len()) {
        (_, 0) => Err(AppError::user("no service is configured on this machine").hint(
            "describe it in /etc/space/services.toml, or name a file in SPACE_SERVICES_CONFIG"
                .to_owned(),
        )),
        (None, 1) => Ok(all.iter().next().ok_or_else(|| AppError::user("there is no service"))?),
        (None, _) => Err(AppError::user("there are several services: name one").hint(names())),
        (Some(name), _) => {
            let found = all.iter().find(|(it, _)| it.as_str() == name);
            found.ok_or_else(|| {
                let name = crate::domain::model::text::shown(name);
                AppError::user(format!("there is no service `{name}`")).hint(names())
            })
        }
    }
}

/// Turns a failure of a service into an error with the next step.
#[must_use]
pub fn trouble(error: ProcessorError) -> AppError {
    let message = error.to_string();
    match error {
        ProcessorError::Denied(_) => AppError::user(message)
            .hint("look at the file that `secret_file` names in the configuration".to_owned()),
        ProcessorError::Refused(_) => AppError::user(message),
        ProcessorError::Down(_) => AppError::internal(message)
            .hint("try again later: what was asked for happens once, however often".to_owned()),
    }
}
