//! A simulated reader: hold a fob to a door that has no real one. A real door refuses.

use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use serde_json::Value;

use super::{frame::Frame, next_step::next_step};
use crate::{
    app::AppError,
    config::Role,
    control::Request,
    domain::{
        access::{Reading, Side},
        model::Code,
    },
    web::{Site, fields::Fields},
};

/// Shows the reader, and what the last reading led to.
pub(super) async fn page(frame: Frame, fields: Fields) -> Response {
    if !frame.may(Role::Desk) {
        return frame.refuse("Your login may not hold fobs to readers.").into_response();
    }
    let worked = frame.site.work(move |site| {
        let outcome = fields.is_ticked("facility").then(|| read(site, &fields));
        let in_force = site.in_force()?;
        let facilities = in_force.facilities.iter();
        let facilities: Vec<_> =
            facilities.map(|(slug, it)| (slug.to_string(), it.name.clone())).collect();
        Ok(html! {
            @match &outcome {
                Some(Ok(answer)) => (result(answer)),
                Some(Err(error)) => div.note.bad role="alert" {
                    p { (error.message) }
                    @if let Some(advice) = &error.advice { p { (next_step(site, advice)) } }
                },
                None => {}
            }
            form method="post" action="/simulator" {
                (fields.choice("facility", "Reader at", &facilities))
                (fields.line("fob", "Fob", "the number on it"))
                (fields.line("passcode", "Or a passcode", "digits typed on the keypad"))
                (fields.tick("exit", "yes", "At the reader inside, on the way out"))
                div.buttons { button { "Hold it to the reader" } a.button.quiet href="/" { "Activity" } }
            }
        })
    });
    match worked.await {
        Ok(content) => frame.page("Simulated reader", &content).into_response(),
        Err(error) => frame.fail(&error).into_response(),
    }
}

/// Sends a reading to the doors, and returns the answer of the one that has the facility.
fn read(site: &Site, fields: &Fields) -> Result<Value, AppError> {
    let code = match (fields.get("fob"), fields.get("passcode")) {
        (Some(number), None) => Code::fob(number)?,
        (None, Some(digits)) => Code::passcode(digits)?,
        _ => return Err(AppError::user("give either a fob or a passcode")),
    };
    let side = if fields.is_ticked("exit") { Side::Exit } else { Side::Entry };
    let facility = fields.text("facility").parse().map_err(AppError::user)?;
    let mut refused = AppError::user("no door of this machine has that facility");
    for (_, answer) in site.ask_doors(&Request::Read(Reading { facility, side, code })) {
        match answer {
            Ok(answer) => return Ok(answer),
            Err(error) => {
                refused = AppError::user(error.to_string());
                refused.advice = error.hint();
            }
        }
    }
    Err(refused)
}

fn result(answer: &Value) -> Markup {
    let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
    let good = answer["result"] != "denied";
    html! {
        div.note.good[good].bad[!good] role="status" {
            p { strong { (text("result")) } ": " (text("reason").replace('-', " ")) }
            p { "Member " (text("member")) }
        }
    }
}
