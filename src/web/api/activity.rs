//! Activities, the newest first, a page at a time.

use std::sync::Arc;

use axum::{Json, extract::State};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::extract::InQuery;
use crate::{
    domain::model::{AccessResult, Activity},
    store::journal::{Filter, Limits, newest},
    web::{
        Site,
        answer::Problem,
        fault::{self, Fault},
    },
};

/// The most activities of a page.
const MOST: usize = 1_000;

/// How much of the journals is read for one page, in bytes.
const BYTES: u64 = 64 << 20;

/// Which activities.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// Only those at this facility.
    facility: Option<String>,
    /// Only those of this member, by number.
    member: Option<String>,
    /// Only those with this result.
    #[param(value_type = Option<ActivityResult>)]
    result: Option<AccessResult>,
    /// Only those from this moment on (RFC 3339).
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// Only those before this moment (RFC 3339).
    #[param(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
    /// How many at most; 100 by default.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
    /// What `older` of the page before says.
    after: Option<String>,
}

/// The result of an activity.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "only described")]
pub(super) enum ActivityResult {
    Granted,
    Denied,
    Exit,
    Operated,
}

/// A page of activities.
#[derive(Serialize, ToSchema)]
pub(super) struct Activities {
    /// The activities, the newest first, as in the journal: `time`, `facility`, `member`, `result`,
    /// `reason`, and what else is known.
    #[schema(value_type = Vec<Object>)]
    activities: Vec<Activity>,
    /// What to give as `after` for older ones; null if there are none.
    older: Option<String>,
}

/// List activities, the newest first
#[utoipa::path(
    get, path = "/activity", tag = "activity",
    params(Wanted),
    responses((status = 200, body = Activities)),
)]
pub(super) async fn list(
    State(site): State<Arc<Site>>,
    InQuery(wanted): InQuery<Wanted>,
) -> Result<Json<Activities>, Problem> {
    fault::work(&site, move |site| {
        let count = wanted.limit.unwrap_or(100);
        if !(1..=MOST).contains(&count) {
            return Err(Fault::invalid(format!("`limit` is from 1 to {MOST}")));
        }

        let filter = Filter {
            facility: wanted.facility.map(|it| it.parse()).transpose().map_err(Fault::invalid)?,
            member: wanted.member.map(|it| it.parse()).transpose().map_err(Fault::invalid)?,
            result: wanted.result,
            from: wanted.from,
            until: wanted.until,
        };
        let after = wanted.after.map(|it| it.parse()).transpose().map_err(Fault::invalid)?;
        let limits = Limits { count, bytes: BYTES };
        let page = newest(&site.journals, &filter, after.as_ref(), limits)?;
        let older = page.older.map(|place| place.to_string());
        Ok(Json(Activities { activities: page.activities, older }))
    })
    .await
}
