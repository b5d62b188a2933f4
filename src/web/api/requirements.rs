//! Requirements: the priority that a facility demands, and when.

use std::sync::Arc;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    change::{self, Changed, How, Request},
    extract::{At, InPath, InQuery, Sent},
};
use crate::{
    app::zone,
    domain::{
        model::{Arm, Priority, Record, RecordPath, Requirement, Slug, Tag},
        ops::{self, Field},
        records::Records as _,
        schedule::Transition,
    },
    store::Revision,
    web::{
        Site,
        answer::Problem,
        fault::{self, Fault},
    },
};

/// Which requirements.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// Only those of this facility.
    facility: Option<String>,
}

/// A requirement.
#[derive(Serialize, ToSchema)]
#[schema(as = Requirement)]
pub(super) struct Shown {
    /// What it is revoked by.
    tag: String,
    /// The facility.
    facility: String,
    /// The priority that it demands; below zero it holds the facility unlocked.
    priority: Priority,
    /// `always`, or the text of an iCalendar.
    timespec: String,
    /// What it is for.
    description: Option<String>,
    /// What has to happen before it holds the facility unlocked.
    #[schema(value_type = Option<ArmKind>)]
    arm: Option<Arm>,
    /// Whether it is active now; null if its timespec cannot be evaluated.
    on: Option<bool>,
}

/// What has to happen before a requirement below zero holds its facility unlocked.
#[derive(ToSchema)]
#[schema(as = Arm, rename_all = "kebab-case")]
#[expect(dead_code, reason = "only described")]
pub(super) enum ArmKind {
    /// Somebody has been granted access within the same event.
    FirstGrant,
}

/// The requirements.
#[derive(Serialize, ToSchema)]
pub(super) struct Requirements {
    requirements: Vec<Shown>,
}

/// A whole requirement.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewRequirement {
    /// The facility.
    facility: String,
    /// The priority that it demands; below zero it holds the facility unlocked.
    priority: Priority,
    /// `always`, or the text of an iCalendar.
    timespec: String,
    /// What it is for.
    description: Option<String>,
    /// What has to happen before it holds the facility unlocked.
    #[schema(value_type = Option<ArmKind>)]
    arm: Option<Arm>,
}

/// List requirements
#[utoipa::path(
    get, path = "/requirements", tag = "records",
    params(Wanted),
    responses((status = 200, body = Requirements)),
)]
pub(super) async fn list(
    State(site): State<Arc<Site>>,
    InQuery(wanted): InQuery<Wanted>,
) -> Result<At<Requirements>, Problem> {
    fault::work(&site, move |site| {
        let head = site.store.read(site.store.head()?)?;
        let mut requirements = Vec::new();
        for facility in head.facilities() {
            if wanted.facility.as_ref().is_some_and(|it| *it != facility.as_str()) {
                continue;
            }
            for tag in head.requirements(&facility) {
                requirements.extend(shown(site, &head, &facility, &tag)?);
            }
        }
        Ok(At(head.id(), Requirements { requirements }))
    })
    .await
}

/// Show a requirement
#[utoipa::path(
    get, path = "/requirements/{tag}", tag = "records",
    params(("tag" = String, Path, description = "the tag")),
    responses((status = 200, body = Shown)),
)]
pub(super) async fn show(
    State(site): State<Arc<Site>>,
    InPath(tag): InPath<String>,
) -> Result<At<Shown>, Problem> {
    fault::work(&site, move |site| {
        let head = site.store.read(site.store.head()?)?;
        let (facility, tag) = existing(&head, &tag)?;
        let shown = shown(site, &head, &facility, &tag)?;
        let shown = shown.ok_or_else(|| Fault::invalid("the requirement cannot be read"))?;
        Ok(At(head.id(), shown))
    })
    .await
}

/// Set a requirement: change the one with this tag, or add it
#[utoipa::path(
    put, path = "/requirements/{tag}", tag = "changes",
    params(("tag" = String, Path, description = "the tag"), How),
    request_body = NewRequirement,
    responses((status = 200, body = Changed)),
)]
pub(super) async fn set(
    request: Request,
    InPath(tag): InPath<String>,
    Sent(new): Sent<NewRequirement>,
) -> Result<At<Changed>, Problem> {
    request
        .change(move |_, head| {
            let NewRequirement { facility, priority, timespec, description, arm } = new;
            if let Ok((former, tag)) = existing(head, &tag) {
                let path = RecordPath::Requirement(former.clone(), tag);
                let (description, timespec) = (description.clone(), timespec.clone());
                let same =
                    Record::Requirement(Requirement { priority, description, arm, timespec });
                if former.as_str() == facility && head.record(&path) == Ok(Some(same)) {
                    return Ok(change::nothing("requirement: it is like this already"));
                }
            }
            let request = ops::requirement::Set {
                tag: tag.parse().map_err(Fault::invalid)?,
                facility: Some(facility.parse().map_err(Fault::invalid)?),
                priority: Some(priority),
                timespec: Some(timespec),
                description: description.map_or(Field::Clear, Field::Set),
                arm: arm.map_or(Field::Clear, Field::Set),
            };
            Ok(ops::requirement::set(head, request)?)
        })
        .await
}

/// Revoke a requirement
#[utoipa::path(
    delete, path = "/requirements/{tag}", tag = "changes",
    params(("tag" = String, Path, description = "the tag"), How),
    responses((status = 200, body = Changed)),
)]
pub(super) async fn revoke(
    request: Request,
    InPath(tag): InPath<String>,
) -> Result<At<Changed>, Problem> {
    request
        .change(move |_, head| {
            let (_, tag) = existing(head, &tag)?;
            Ok(ops::requirement::revoke(head, &tag)?)
        })
        .await
}

fn existing(head: &Revision<'_>, text: &str) -> Result<(Slug, Tag), Fault> {
    let facilities = head.facilities().into_iter();
    let mut all = facilities.flat_map(|facility| {
        let tags = head.requirements(&facility).into_iter();
        tags.map(move |tag| (facility.clone(), tag))
    });
    let found = all.find(|(_, tag)| tag.as_str() == text);
    found.ok_or_else(|| Fault::missing("no requirement has this tag"))
}

fn shown(
    site: &Site,
    head: &Revision<'_>,
    facility: &Slug,
    tag: &Tag,
) -> Result<Option<Shown>, Fault> {
    let path = RecordPath::Requirement(facility.clone(), tag.clone());
    let Ok(Some(Record::Requirement(it))) = head.record(&path) else { return Ok(None) };
    let Requirement { priority, description, arm, timespec } = it;
    let on = Transition::of(&timespec, &zone::of(head)?, site.now()).on;
    let (tag, facility) = (tag.to_string(), facility.to_string());
    Ok(Some(Shown { tag, facility, priority, timespec, description, arm, on }))
}
