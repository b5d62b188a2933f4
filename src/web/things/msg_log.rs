//! `/msg_log`, which controllers call `/msglog`: a message for the diagnostic log.

use std::sync::Arc;

use axum::extract::State;

use super::{
    answer::{Answer, Logged},
    asked::{Asked, Question},
};
use crate::{
    domain::model::text,
    web::{Event, Site},
};

/// How many characters of a message are kept.
const LONGEST: usize = 500;

/// Writes a controller's message to the log.
pub(super) async fn msg_log(
    State(site): State<Arc<Site>>,
    Question(asked): Question,
) -> Answer<Logged> {
    let Asked { thing, params, .. } = match asked {
        Ok(asked) => asked,
        Err(why) => return Answer::ignored(why),
    };
    let Some(message) = params.get("msg") else { return Answer::ignored("no msg was given") };
    site.tell(&Event::Message { facility: thing, text: text::line(message, LONGEST) });
    Answer::logged()
}
