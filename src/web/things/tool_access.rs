//! `/tool_access`: how long somebody has been using a tool.
//!
//! Controllers report from time to time while a tool runs, and when it stops; each report has the
//! time since the use began. Each is an activity, `tool-running` or `tool-used`, so that nothing has
//! to be remembered here: the last one of a use tells its length.

use std::sync::Arc;

use axum::extract::State;

use super::{
    answer::{Answer, Logged},
    asked::{Asked, Question, READER},
    token,
};
use crate::{
    domain::{
        access::{Side, attempt, incident},
        model::{Activity, Reason, text},
    },
    web::{Event, Site},
};

/// How many characters of a message are kept.
const LONGEST: usize = 500;

/// Journals a report.
pub(super) async fn tool_access(
    State(site): State<Arc<Site>>,
    Question(asked): Question,
) -> Answer<Logged> {
    let Asked { thing, params, in_force } = match asked {
        Ok(asked) => asked,
        Err(why) => return Answer::ignored(why),
    };
    let code = match token::read(&params, "token", site.logins.config().things) {
        Ok(code) => code,
        Err(why) => return Answer::ignored(why),
    };
    let seconds = params.get("active_time").and_then(|text| text.parse().ok());
    let Some(seconds) = seconds else {
        return Answer::ignored("active_time is not a number of seconds");
    };
    let running = params.get("state").is_some_and(|state| state != "0");
    let reason = if running { Reason::ToolRunning } else { Reason::ToolUsed };
    let hash = in_force.key.as_ref().map(|key| code.hash(key));
    let known = hash.map(|hash| (&*in_force.index, hash));
    let now = site.now();
    let holder = attempt(known, &thing, Side::Entry, &code, now, site.age(now));
    let activity = Activity {
        member: holder.member,
        tag: holder.tag,
        kind: holder.kind,
        fob: holder.fob,
        seconds: Some(seconds),
        reader: Some(READER.into()),
        ..incident(Some(&in_force.index), &thing, reason, now)
    };
    site.record(activity).await;
    if let Some(message) = params.get("msg") {
        site.tell(&Event::Message { facility: thing, text: text::line(message, LONGEST) });
    }
    Answer::logged()
}
