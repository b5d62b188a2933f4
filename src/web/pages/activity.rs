//! Recent activity: who was where, and what the door made of it.

use axum::extract::Query;
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    clone_state,
    frame::{Frame, Shown},
    link, live, table,
};
use crate::{
    app::{
        AppError, look_up,
        view::{ActivityView, View as _},
    },
    config::Role,
    domain::model::AccessResult,
    store::journal::{self, Filter, Limits, Page, Place},
    web::{InForce, Site, fields::Fields},
};

/// How many activities a page has, and how much is read to find them.
const LIMITS: Limits = Limits { count: 100, bytes: 16 * 1024 * 1024 };

/// The choices of days; empty for all.
const DAYS: [(&str, &str); 5] =
    [("", "all"), ("1", "24 hours"), ("7", "7 days"), ("30", "30 days"), ("365", "a year")];

/// The choices of results.
const RESULTS: [AccessResult; 4] =
    [AccessResult::Granted, AccessResult::Denied, AccessResult::Exit, AccessResult::Operated];

/// What to show.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    facility: String,
    member: String,
    result: String,
    days: String,
    /// Where the page before ended.
    after: String,
}

/// Shows what happened lately, the newest first.
pub(super) async fn page(frame: Frame, Query(wanted): Query<Wanted>) -> Shown {
    let (by_desk, by_admin) = (frame.may(Role::Desk), frame.may(Role::Admin));
    let sent = wanted.clone();
    let worked = frame.site.work(move |site| {
        let in_force = site.in_force()?;
        let filter = sent.filter(site, &in_force)?;
        let after = Some(&sent.after).filter(|it| !it.is_empty());
        let after = after.map(|it| it.parse::<Place>().map_err(AppError::user)).transpose()?;
        let page = journal::newest(&site.journals, &filter, after.as_ref(), LIMITS)?;
        let note = match by_admin && after.is_none() {
            true => clone_state::note(site)?,
            false => Markup::default(),
        };
        let rows = rows(site, &in_force, &page, by_desk);
        Ok((rows, page.older, page.cut, sent.form(&in_force), note))
    });
    let (rows, older, cut, form, note) = worked.await.map_err(|error| frame.fail(&error))?;
    let first = wanted.after.is_empty();
    let content = html! {
        (note)
        (form)
        div id="activity" data-live[first] { (rows) }
        @if cut { p.faint { "Far back, this is slow to search; it has been searched so far." } }
        nav.buttons aria-label="More" {
            @if let Some(older) = &older {
                a.button.quiet href=(wanted.link(&older.to_string())) { "Older" }
            }
            @if first {
                a href=(wanted.link("")) { "Refresh" }
            } @else {
                a href=(wanted.link("")) { "Newest" }
            }
            a href="/download" { "Download" }
        }
        @if first { (live::script()) }
    };
    Ok(frame.page("Activity", &content))
}

fn rows(site: &Site, in_force: &InForce, page: &Page, by_desk: bool) -> Markup {
    let named = page.activities.iter().map(|it| ActivityView {
        name: it.member.and_then(|id| Some(in_force.person(&site.store, id)?.name.clone())),
        zone: in_force.zone.clone(),
        activity: it.clone(),
    });
    let rows: Vec<ActivityView> = named.collect();
    table::linked(&rows, ActivityView::COLUMNS, ActivityView::EMPTY, |row, heading| {
        let member = row.activity.member.filter(|_| by_desk && heading == "WHO")?;
        Some(format!("/members/{member}"))
    })
}

impl Wanted {
    fn filter(&self, site: &Site, in_force: &InForce) -> Result<Filter, AppError> {
        let head = site.store.read(in_force.index.commit())?;
        let given = |text| Some(text).filter(|it: &&String| !it.trim().is_empty());
        let facility = given(&self.facility).map(|it| look_up::facility(&head, it)).transpose()?;
        let member = given(&self.member).map(|it| look_up::member_id(&head, it.trim()));
        let result = given(&self.result).map(|text| {
            let found = RESULTS.into_iter().find(|it| it.name() == text);
            found.ok_or_else(|| AppError::user("there is no such result"))
        });
        Ok(Filter {
            facility: facility.map(|(name, _)| name),
            member: member.transpose()?,
            result: result.transpose()?,
            from: given(&self.days).map(|it| days_ago(it, site.now())).transpose()?,
            until: None,
        })
    }

    fn form(&self, in_force: &InForce) -> Markup {
        let mut fields = Fields::default();
        for (name, value) in self.params() {
            fields.set(name, value);
        }
        let option = |(value, words): (&str, &str)| (value.to_owned(), words.to_owned());
        let facilities = in_force.facilities.iter().map(|(slug, it)| (slug.as_str(), &*it.name));
        let facilities: Vec<_> = [("", "all")].into_iter().chain(facilities).map(option).collect();
        let results = RESULTS.iter().map(|it| (it.name(), it.name()));
        let results: Vec<_> = [("", "all")].into_iter().chain(results).map(option).collect();
        html! {
            form.filters method="get" action="/" {
                div { (fields.choice("facility", "Facility", &facilities)) }
                div { (fields.line("member", "Member", "")) }
                div { (fields.choice("result", "Result", &results)) }
                div { (fields.choice("days", "Days", &DAYS.map(option))) }
                button { "Show" }
            }
        }
    }

    fn params(&self) -> [(&'static str, &str); 4] {
        let Self { facility, member, result, days, .. } = self;
        [("facility", facility), ("member", member), ("result", result), ("days", days)]
    }

    fn link(&self, after: &str) -> String {
        let [a, b, c, d] = self.params();
        link::to("/", &[a, b, c, d, ("after", after)])
    }
}

fn days_ago(text: &str, now: Timestamp) -> Result<Timestamp, AppError> {
    let days = text.trim().parse::<u16>();
    let days = days.map_err(|_| AppError::user("the number of days is not a number"))?;
    let span = SignedDuration::from_hours(24 * i64::from(days));
    Ok(now.checked_sub(span).unwrap_or(Timestamp::MIN))
}
