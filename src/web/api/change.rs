//! How programs change records: by the verbs that people use, on the records that they have seen.

use std::{collections::BTreeSet, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    extract::{At, InQuery},
    program::Program,
};
use crate::{
    app::{AppError, carry_out},
    domain::{
        model::{Change, CommitId, Finding, RecordPath},
        ops::Plan,
    },
    store::{Author, Revision},
    web::{
        Event, Site,
        answer::Problem,
        fault::{self, Fault},
    },
};

/// How to change something.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct How {
    /// Whether only to say what would be changed.
    #[serde(default)]
    dry_run: bool,
    /// From how many members the change takes access, if that is so many that it has to be
    /// confirmed.
    #[serde(default)]
    confirm: Option<usize>,
}

/// What was changed, or would be.
#[derive(Serialize, ToSchema)]
pub(super) struct Changed {
    /// The commit; null if nothing was changed.
    commit: Option<String>,
    /// What it does, in a line.
    subject: String,
    /// The same for programs: `member.add 0042`.
    change: String,
    /// The records that it writes or removes.
    files: Vec<String>,
    /// What the checks found. None of it is an error.
    #[schema(value_type = Vec<Object>)]
    findings: Vec<Finding>,
    /// What whoever asked should know.
    notes: Vec<String>,
}

/// A request to change something: who asks, how, and which records they have seen.
pub(super) struct Request {
    site: Arc<Site>,
    program: Program,
    how: How,
    base: Option<CommitId>,
}

impl FromRequestParts<Arc<Site>> for Request {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Problem> {
        let InQuery(how) = InQuery::from_request_parts(parts, site).await?;
        let program = parts.extensions.get::<Program>().cloned();
        let unknown = || Problem::new(StatusCode::UNAUTHORIZED, "a valid token is needed");
        let program = program.ok_or_else(unknown)?;
        Ok(Self { site: Arc::clone(site), program, how, base: base(&parts.headers)? })
    }
}

impl Request {
    /// Returns who asks, as an author.
    pub(super) fn author(&self) -> Author {
        self.program.author()
    }

    /// Changes something.
    pub(super) async fn change(
        self,
        plan: impl FnOnce(&Site, &Revision<'_>) -> Result<Plan, Fault> + Send + 'static,
    ) -> Result<At<Changed>, Problem> {
        let site = Arc::clone(&self.site);
        fault::work(&site, move |_| carry_out(self, plan)).await
    }

    /// Adds something.
    pub(super) async fn add(
        self,
        plan: impl FnOnce(&Site, &Revision<'_>) -> Result<Plan, Fault> + Send + 'static,
    ) -> Result<(StatusCode, At<Changed>), Problem> {
        let status = if self.how.dry_run { StatusCode::OK } else { StatusCode::CREATED };
        Ok((status, self.change(plan).await?))
    }
}

/// Reads what a request is based on: a commit in `If-Match`, or the newest one.
fn base(headers: &HeaderMap) -> Result<Option<CommitId>, Problem> {
    let tag = headers.get(header::IF_MATCH).map(|it| it.to_str().unwrap_or_default().trim());
    let Some(tag) = tag.filter(|it| *it != "*") else { return Ok(None) };
    let id = tag.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    let malformed =
        || Problem::new(StatusCode::BAD_REQUEST, "If-Match is neither * nor the ETag of an answer");
    id.and_then(|it| it.parse().ok()).map(Some).ok_or_else(malformed)
}

/// Returns a plan for what is already as it should be.
pub(super) fn nothing(subject: &'static str) -> Plan {
    Change::new(subject, "").into()
}

fn carry_out(
    request: Request,
    plan: impl FnOnce(&Site, &Revision<'_>) -> Result<Plan, Fault>,
) -> Result<At<Changed>, Fault> {
    let Request { site, program, how, base } = request;
    let site = &*site;
    let newest = site.store.read(site.store.head()?)?;
    let seen = match base.filter(|base| *base != newest.id()) {
        Some(base) => Some(site.store.read(base).map_err(|_| Fault::Problem(overtaken()))?),
        None => None,
    };
    let basis = seen.as_ref().unwrap_or(&newest);
    let mut plan = plan(site, basis)?;
    plan.change.confirmed = how.confirm;
    let nothing = plan.change.edits.is_empty();
    let touched: BTreeSet<&RecordPath> = plan.change.edits.keys().collect();
    if touched.iter().any(|path| basis.bytes(path) != newest.bytes(path)) {
        return Err(Fault::Problem(overtaken()));
    }
    carry_out::check_meaning(basis, &plan, site.now()).map_err(refused)?;
    let (commit, findings) = match how.dry_run {
        _ if nothing => (None, Vec::new()),
        true => (None, carry_out::preview(basis, &plan, site.now()).map_err(refused)?.findings),
        false => {
            let done = carry_out::carry_out_as(basis, &plan, &program.author(), site.now());
            let done = done.map_err(refused)?;
            (Some(done.commit), done.findings)
        }
    };
    let Plan { change, notes } = &plan;
    if let Some(commit) = commit {
        let (by, subject) = (program.name, change.subject.to_string());
        site.tell(&Event::Changed { by, subject, commit });
    }
    let changed = Changed {
        commit: commit.map(|it| it.to_string()),
        subject: change.subject.to_string(),
        change: change.trailer.clone(),
        files: touched.iter().map(ToString::to_string).collect(),
        findings,
        notes: notes.iter().map(|note| note.in_words(|advice| site.words(advice))).collect(),
    };
    Ok(At(commit.unwrap_or(newest.id()), changed))
}

/// What the checks find in a change is about the request, not about the records.
fn refused(error: AppError) -> Fault {
    if error.findings.is_empty() { error.into() } else { Fault::Refused(error) }
}

fn overtaken() -> Problem {
    let words = "somebody has changed the same records since: read them again";
    Problem::new(StatusCode::PRECONDITION_FAILED, words)
}
