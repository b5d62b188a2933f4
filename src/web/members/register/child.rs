//! The form for a child, once for each.

use std::sync::Arc;

use axum::{
    Extension,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use maud::html;

use super::{
    brake::{Brake, Verdict},
    faults::blame,
    names::{BIRTHS, CHILD, MORE, NAMES, PATH},
    send::{self, Read},
};
use crate::{
    app::zone,
    domain::ops::joining::{FormField as F, MOST_CHILDREN, read_child},
    web::{fields::Fields, members::frame::Frame},
};

/// Leads whoever comes without a parent to the form for one.
pub(super) async fn page() -> Redirect {
    Redirect::to(PATH)
}

/// Takes a child, and asks for the next one or sends all of it.
pub(super) async fn submit(
    frame: Frame,
    Extension(brake): Extension<Arc<Brake>>,
    mut fields: Fields,
) -> Response {
    match brake.judge(&frame, &fields) {
        Verdict::Read => {}
        Verdict::Ignore => return send::mailed(&frame),
        Verdict::Again => return Redirect::to(PATH).into_response(),
    }
    let zone = frame.site.work(|site| zone::of(&site.store.read(site.store.head()?)?)).await;
    let today = match zone {
        Ok(zone) => frame.site.now().to_zoned(zone).date(),
        Err(error) => return frame.fail(&error),
    };
    let (name, born) = (F::ChildName.name(), F::ChildBorn.name());
    match read_child(fields.text(name), fields.text(born), today) {
        Err(faults) => {
            blame(&frame, &mut fields, &faults);
            return show(&frame, &fields, StatusCode::UNPROCESSABLE_ENTITY);
        }
        Ok(child) => {
            fields.add(NAMES, &child.name);
            fields.add(BIRTHS, &child.born.to_string());
            fields.remove(name);
            fields.remove(born);
        }
    }
    let more = fields.remove(MORE).is_some() && fields.all(NAMES).count() < MOST_CHILDREN;
    if more {
        return ask(&frame, &fields);
    }
    match send::read(&frame, &fields).await {
        Ok(Read::Good(application)) => send::send(&frame, &brake, *application).await,
        // It was good on the page before: somebody changed something in between, or the settings did.
        Ok(Read::Wrong(_)) => Redirect::to(PATH).into_response(),
        Err(error) => frame.fail(&error),
    }
}

/// Asks for the next child.
pub(super) fn ask(frame: &Frame, fields: &Fields) -> Response {
    show(frame, fields, StatusCode::OK)
}

fn show(frame: &Frame, fields: &Fields, status: StatusCode) -> Response {
    let texts = frame.texts;
    let (name, born) = (F::ChildName.name(), F::ChildBorn.name());
    let mut carried = fields.clone();
    for own in [name, born, MORE] {
        carried.remove(own);
    }
    let content = html! {
        @if fields.all(NAMES).next().is_some() {
            p { (texts.say("child-so-far")) }
            ul { @for it in fields.all(NAMES) { li { (it) } } }
        }
        form method="post" action=(CHILD) {
            (carried.hidden())
            (fields.line(name, &texts.say("join-child-name"), ""))
            (fields.line(born, &texts.say("join-born"), &texts.say("join-born-hint")))
            label.choice {
                input type="checkbox" name=(MORE) value="yes"; (texts.say("join-more-children"))
            }
            div.buttons { button { (texts.say("child-go-on")) } }
        }
    };
    (status, frame.page(&texts.say("child-title"), &content)).into_response()
}
