//! The treasurer's bank statements: sent, shown line by line, and only then imported.

mod past;
mod statement_plan;
mod upload_form;
mod walk;

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart},
    http::StatusCode,
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use maud::html;

use super::{
    forms::done_page,
    frame::{Frame, Instead},
};
use crate::{
    app::{
        AppError, carry_out,
        payment::{Waiting, import::StatementFile},
    },
    config::Role,
    web::{Event, Site, fields::Fields},
};
use past::Past;
use statement_plan::StatementPlan;
use upload_form::{PATH, again, inputs, not_allowed};

/// The maximum size of everything that is sent, in bytes.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// Returns the pages of an import.
pub(super) fn router() -> Router<Arc<Site>> {
    Router::new()
        .route(PATH, get(form).post(upload))
        .route(walk::PATH, post(walk::page))
        .route("/payments/import/commit", post(commit))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
}

/// Shows the form.
async fn form(frame: Frame) -> Response {
    if !frame.may(Role::Admin) {
        return not_allowed(&frame).into_response();
    }
    frame.page("Import a bank statement", &inputs()).into_response()
}

/// Takes files, and shows what would become of each line.
async fn upload(frame: Frame, sent: Multipart) -> Response {
    if !frame.may(Role::Admin) {
        return not_allowed(&frame).into_response();
    }
    let files = match files(sent).await {
        Ok(files) => files,
        Err(error) => return again(&frame, &error),
    };
    let kept = frame.site.uploads().keep(&frame.visitor.login, files.clone(), frame.site.now());
    let worked = frame.site.work(move |site| {
        let head = site.store.read(site.store.head()?)?;
        let plan = StatementPlan::of(site, &head, files)?;
        carry_out::preview(&head, &plan.import.plan, site.now())?;
        let waiting = Waiting::of(&plan.lines).len();
        let nothing = plan.import.plan.change.edits.is_empty();
        Ok((plan.markup(site), nothing, waiting, head.id()))
    });
    match worked.await {
        Ok((shown, nothing, waiting, base)) => {
            let content = html! {
                (shown)
                @if nothing { p.note { "There is nothing to write: all of it is known." } }
                @else {
                    @if waiting > 0 { (walk::begin(&kept, base, waiting)) }
                    (Past::default().agree(&kept, base))
                }
            };
            frame.page("Import a bank statement", &content).into_response()
        }
        Err(error) => again(&frame, &error),
    }
}

/// Imports what was shown, on the records that were seen.
async fn commit(frame: Frame, fields: Fields) -> Response {
    if !frame.may(Role::Admin) {
        return not_allowed(&frame).into_response();
    }
    let kept = fields.text("upload").to_owned();
    let files = frame.site.uploads().get(&frame.visitor.login, &kept, frame.site.now());
    let Some(files) = files else {
        let error = AppError::user("the files are no longer here: send them again");
        return again(&frame, &error);
    };
    let visitor = frame.visitor.clone();
    let worked = frame.site.work(move |site| {
        let head = site.store.read(site.store.resolve(fields.text("base"))?)?;
        let plan = StatementPlan::of(site, &head, files)?;
        let plan = Past::of(&fields).decide(&head, &plan)?.plan();
        let done = carry_out::carry_out_as(&head, &plan, &visitor.author, site.now())?;
        let (by, subject) = (visitor.login.clone(), plan.change.subject.to_string());
        site.tell(&Event::Changed { by, subject, commit: done.commit });
        Ok(done.commit)
    });
    match worked.await {
        Ok(commit) => {
            frame.site.uploads().forget(&kept);
            Instead::see(&done_page(commit, "/payments")).into_response()
        }
        Err(error) => again(&frame, &error),
    }
}

/// Reads the files that were sent.
async fn files(mut sent: Multipart) -> Result<Vec<StatementFile>, AppError> {
    let broken = |error: axum::extract::multipart::MultipartError| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            return AppError::user(format!("the files have more than {MOST_BYTES} bytes"));
        }
        AppError::user("the files did not arrive as a whole: send them again")
    };
    let mut files = Vec::new();
    while let Some(field) = sent.next_field().await.map_err(broken)? {
        let name = field.file_name().unwrap_or("statement").to_owned();
        let bytes = field.bytes().await.map_err(broken)?.to_vec();
        if !bytes.is_empty() {
            files.push(StatementFile { name, bytes });
        }
    }
    if files.is_empty() {
        return Err(AppError::user("no file was chosen"));
    }
    Ok(files)
}
