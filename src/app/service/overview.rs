//! The services of this machine, and how they were found last.

use jiff::{Timestamp, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Inbox, Part as _, Refusals, ServiceState};
use crate::{
    app::{
        AppError,
        view::{CellStyle, Column, View, local, maybe, plain},
    },
    config::ServicesConfig,
    domain::model::Slug,
    store::Revision,
};

/// A service.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct ServiceView {
    /// The name.
    pub service: Slug,
    /// What it is.
    pub kind: &'static str,
    /// How many members pay by it.
    pub members: usize,
    /// When it was compared with the records last.
    pub compared: Option<Timestamp>,
    /// When a plan was carried out last.
    pub applied: Option<Timestamp>,
    /// How many steps were to be taken then.
    pub open: usize,
    /// How many members have to be told of a rise before it is taken.
    pub untold: usize,
    /// What a person should look at.
    pub drift: Vec<String>,
    /// When what it took was recorded last.
    pub received: Option<Timestamp>,
    /// What happened there and waits for a person, in sentences.
    pub held: Vec<String>,
    /// The webhooks that were not believed, in a sentence.
    pub refused: Option<String>,
    /// Why it cannot be brought to agree.
    pub trouble: Option<String>,
    #[serde(skip)]
    when: [Option<String>; 3],
}

/// Lists the services that are configured, by what was found when they were compared last.
///
/// # Errors
/// Fails if what is remembered cannot be read.
pub fn overview(
    config: &ServicesConfig,
    head: &Revision<'_>,
    zone: &TimeZone,
) -> Result<Vec<ServiceView>, AppError> {
    let contacts = head.contacts(|_| true);
    let mut rows = Vec::new();
    for (name, it) in &config.processors {
        let state: ServiceState = head.store().service_state(name)?;
        let members = contacts.iter().filter(|(_, it)| it.pays_by.as_ref() == Some(name)).count();
        let refused = Refusals::read(head.store(), name)?.sentence(|at| local(at, zone));
        let inbox = Inbox::read(head.store(), name)?;
        let row = ServiceView::new(name, it.kind.word(), members, (state, inbox), zone);
        rows.push(ServiceView { refused, ..row });
    }
    Ok(rows)
}

impl ServiceView {
    /// Makes a row of what is remembered about a service.
    #[must_use]
    pub(in crate::app) fn new(
        name: &Slug,
        kind: &'static str,
        members: usize,
        (state, inbox): (ServiceState, Inbox),
        zone: &TimeZone,
    ) -> Self {
        Self {
            service: name.clone(),
            kind,
            members,
            compared: state.compared,
            applied: state.applied,
            open: state.open,
            untold: state.untold,
            drift: state.drift,
            received: inbox.received,
            held: inbox.held,
            refused: None,
            trouble: state.trouble.or(inbox.trouble),
            when: [state.compared, state.applied, inbox.received].map(|at| Some(local(at?, zone))),
        }
    }

    /// Says how it is, in one word or by the trouble.
    #[must_use]
    pub fn how(&self) -> String {
        if let Some(trouble) = &self.trouble {
            return trouble.clone();
        }
        if self.compared.is_none() {
            return "never compared".to_owned();
        }
        let looks = self.drift.len() + self.held.len();
        let parts = [
            (self.open, "step to take", "steps to take"),
            (self.untold, "rise waits until it is told", "rises wait until they are told"),
            (looks, "thing to look at", "things to look at"),
        ];
        let parts = parts.into_iter().filter(|(count, ..)| *count > 0);
        let words = parts
            .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }));
        let words: Vec<String> = words.collect();
        if words.is_empty() { "agrees".to_owned() } else { words.join(", ") }
    }

    /// Returns when it was compared, when a plan was carried out, and when what it took was recorded, in
    /// local time.
    #[must_use]
    pub const fn moments(&self) -> &[Option<String>; 3] {
        &self.when
    }
}

impl View for ServiceView {
    const EMPTY: &'static str = "no service is configured on this machine";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("SERVICE", |row| plain(&row.service)),
        Column::new("KIND", |row| plain(row.kind)),
        Column::new("MEMBERS", |row| plain(row.members)),
        Column::spare(2, "COMPARED", |row| maybe(row.when[0].as_ref())),
        Column::spare(1, "APPLIED", |row| maybe(row.when[1].as_ref())),
        Column::new("STATE", |row| {
            let style = match row.trouble {
                Some(_) => CellStyle::Bad,
                None => CellStyle::Plain,
            };
            (row.how(), style)
        }),
    ];
}
