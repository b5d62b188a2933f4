//! What somebody sees and does who tries this out with a browser.

use axum::{
    body::Body,
    response::{Html, IntoResponse as _, Redirect},
};
use hyper::Response;

use super::{answered::Buttons, asked::Asked, shared::Shared};

/// Answers a browser; `None` if it is a program that asks.
pub(super) fn page(shared: &mut Shared, asked: &Asked) -> Option<Response<Body>> {
    match (asked.method.as_str(), asked.path.as_str()) {
        ("GET", "/") => Some(Html(show(shared)).into_response()),
        ("POST", "/type") => {
            let envelope = shared.books.command(asked.get("account"), asked.get("text"));
            shared.sockets.send(&envelope);
            Some(Redirect::to("/").into_response())
        }
        ("POST", "/press") => {
            let envelope = shared.books.press(asked.get("account"), asked.get("label"));
            if let Some(envelope) = envelope {
                shared.sockets.send(&envelope);
            }
            Some(Redirect::to("/").into_response())
        }
        _ => None,
    }
}

fn show(shared: &Shared) -> String {
    let books = &shared.books;
    let name = |id: &str| {
        let person = books.people.iter().find(|it| it["id"] == id);
        person.and_then(|it| it["profile"]["real_name"].as_str()).unwrap_or(id).to_owned()
    };
    let people = books.people.iter().skip(1).filter_map(|it| it["id"].as_str());
    let options: Vec<_> = people.map(|id| (id, name(id))).collect();
    maud::html! {
        (maud::DOCTYPE)
        html {
            head { title { "Not Slack" } meta charset="utf-8"; }
            body {
                h1 { "Not Slack" }
                @for channel in &books.channels {
                    h2 {
                        @match &channel.with {
                            Some(id) => { "To " (name(id)) " alone" }
                            None => { "#" (channel.name) @if channel.archived { " (archived)" } }
                        }
                    }
                    p { "Members: " (channel.members.len()) }
                    @for message in books.messages.iter().filter(|it| it.channel == channel.id) {
                        pre { (unescape(&message.text)) }
                        (buttons(&message.buttons, &options))
                    }
                }
                h2 { "Answers that only one person sees" }
                @for it in books.answers.iter().filter(|it| !it.gone) {
                    pre { (name(&it.whose)) ": " (unescape(&it.text)) }
                    (buttons(&it.buttons, &[(&it.whose, name(&it.whose))]))
                }
                form method="post" action="/type" {
                    select name="account" {
                        @for (id, name) in &options { option value=(id) { (name) } }
                    }
                    " /space " input name="text" size="40";
                    button { "Type" }
                }
            }
        }
    }
    .into_string()
}

/// Shows buttons, and who may press them.
fn buttons(all: &Buttons, people: &[(&str, String)]) -> maud::Markup {
    maud::html! {
        @if !all.is_empty() {
            form method="post" action="/press" {
                select name="account" {
                    @for (id, name) in people { option value=(id) { (name) } }
                }
                @for (label, _) in all {
                    " " button name="label" value=(label) { (unescape(label)) }
                }
            }
        }
    }
}

/// Shows a text as Slack shows it.
fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
