//! Each door and device as it stands, and the buttons that operate doors. The running door journals
//! who asked.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use serde_json::Value;

use super::{
    frame::{Frame, Instead, Shown},
    live,
    next_step::next_step,
    table,
};
use crate::{
    app::{
        AppError,
        view::{
            building,
            door_status::{self, StatusRow},
        },
        when,
    },
    config::Role,
    control::{AskError, Request},
    domain::model::Slug,
    web::{Site, fields::Fields},
};

/// Shows all doors.
pub(super) async fn page(frame: Frame) -> Shown {
    let operates = frame.may(Role::Desk);
    let worked = frame.site.work(move |site| {
        let zone = site.in_force().map(|it| it.zone.clone()).unwrap_or(TimeZone::UTC);
        let answers = site.ask_doors(&Request::Status {});
        Ok(html! {
            @if answers.is_empty() { p { "The configuration names no door." } }
            @for (number, (_, answer)) in answers.iter().enumerate() {
                // The buttons stay as they are while somebody chooses.
                div id={ "doors-" (number) } data-live="often" {
                    @match answer {
                        Ok(status) => (doors(status, &zone)),
                        Err(error) => (away(site, error)),
                    }
                }
                @if let Ok(status) = answer {
                    @if operates { (buttons(status, &zone)) }
                    div id={ "program-" (number) } data-live="often" {
                        (program(site, status, &zone))
                    }
                }
            }
        })
    });
    let doors = worked.await.map_err(|error| frame.fail(&error))?;
    let zone = frame.site.in_force().map(|it| it.zone.clone()).unwrap_or(TimeZone::UTC);
    let now = frame.site.now();
    let guard = frame.site.guard().map(|state| building::guard(&state, now, &zone));
    let content = html! {
        (doors)
        @if let Some(lines) = &guard {
            div id="guard" data-live="often" {
                h2 { "The guard of the furnace" }
                (table::labelled(lines))
            }
        }
        p { a href="/hardware" { "Refresh" } }
        (live::script())
    };
    Ok(frame.page("Doors", &content))
}

fn away(site: &Site, error: &AskError) -> Markup {
    html! {
        div.note.bad role="alert" {
            p { (table::sentence(&error.to_string())) }
            @if let Some(advice) = error.hint() { p { (next_step(site, &advice)) } }
        }
    }
}

fn doors(status: &Value, zone: &TimeZone) -> Markup {
    let doors = StatusRow::all(status, "doors", zone);
    table::columns(&doors, door_status::DOORS, "it runs no doors")
}

fn program(site: &Site, status: &Value, zone: &TimeZone) -> Markup {
    let devices = StatusRow::all(status, "devices", zone);
    html! {
        @if !devices.is_empty() {
            h2 { "Devices" }
            (table::columns(&devices, door_status::DEVICES, ""))
        }
        h2 { "The program" }
        (table::labelled(&door_status::lines(status, zone, site.advice_words())))
    }
}

/// The buttons of the doors that a program runs.
fn buttons(status: &Value, zone: &TimeZone) -> Markup {
    html! {
        h2 { "By hand" }
        @for it in &StatusRow::all(status, "doors", zone) {
            @let door = it.text("door");
            @let until = format!("until-{door}");
            form method="post" action="/hardware" {
                input type="hidden" name="door" value=(door);
                fieldset {
                    legend { (door) }
                    div.buttons {
                        button name="order" value="unlock" { "Unlock" }
                        button.quiet name="order" value="lock" { "Lock" }
                        button.quiet name="order" value="release" { "Back to the requirements" }
                        label for=(until) { "Hold unlocked until" }
                        select id=(until) name="until" {
                            option value="+1h" { "in an hour" }
                            option value="+3h" { "in three hours" }
                            option value="+8h" { "in eight hours" }
                            option value="" { "it is released" }
                        }
                        button.quiet name="order" value="hold" { "Hold" }
                    }
                }
            }
        }
        form method="post" action="/hardware" {
            button.quiet name="order" value="reload" { "Read the records again" }
        }
    }
}

/// Operates a door, and returns to the page.
pub(super) async fn operate(frame: Frame, fields: Fields) -> Result<Instead, Instead> {
    if !frame.may(Role::Desk) {
        return Err(frame.refuse("Your login may not operate doors: ask an admin."));
    }
    let by = frame.visitor.login.clone();
    let worked = frame.site.work(move |site| {
        let request = request(site, &fields, by)?;
        let answers = site.ask_doors(&request);
        if answers.iter().any(|(_, answer)| answer.is_ok()) {
            return Ok(());
        }
        // The door that knows it says more than those that do not run.
        let refused = |it: &AskError| matches!(it, AskError::Refused(_));
        let mut errors: Vec<_> = answers.into_iter().filter_map(|(_, it)| it.err()).collect();
        errors.sort_by_key(|it| !refused(it));
        Err(match errors.into_iter().next() {
            Some(error) => {
                let advice = error.hint();
                AppError { advice, ..AppError::user(error.to_string()) }
            }
            None => AppError::user("the configuration names no door"),
        })
    });
    worked.await.map_err(|error| frame.fail(&error))?;
    Ok(Instead::see("/hardware"))
}

fn request(site: &Site, fields: &Fields, by: String) -> Result<Request, AppError> {
    let door = || fields.text("door").parse::<Slug>().map_err(AppError::user);
    Ok(match fields.text("order") {
        "unlock" => Request::Unlock { door: door()?, by, seconds: None },
        "lock" => Request::Lock { door: door()?, by },
        "release" => Request::Release { door: door()?, by },
        "reload" => Request::Reload {},
        "hold" => {
            let zone = site.in_force().map(|it| it.zone.clone()).unwrap_or(TimeZone::UTC);
            let until = fields.get("until");
            let until = until.map(|it| when::moment(it, &zone, site.now())).transpose()?;
            Request::Hold { door: door()?, by, until }
        }
        _ => return Err(AppError::user("there is no such button")),
    })
}
