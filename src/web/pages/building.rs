//! The building as it stands: what is wrong, how warm it is, what its meters say, and the guard.

use jiff::tz::TimeZone;
use maud::html;

use super::{
    frame::{Frame, Shown},
    live, table,
};
use crate::app::{
    view::building::{self, guard_alarm},
    when::local,
};

/// Shows the building.
pub(super) async fn page(frame: Frame) -> Shown {
    let site = &frame.site;
    let zone = site.in_force().map(|it| it.zone.clone()).unwrap_or(TimeZone::UTC);
    let (now, state, guard) = (site.now(), site.building(), site.guard());
    let alarms = state.as_ref().map(|it| it.alarms.as_slice()).unwrap_or_default();
    let cut = guard.as_ref().and_then(|it| guard_alarm(it, now));
    let content = html! {
        div id="building" data-live="often" {
            @for alarm in alarms {
                p.note.bad role="alert" {
                    (table::sentence(&alarm.words)) " "
                    span.faint { "Since " (local(alarm.raised.unwrap_or(alarm.since), &zone)) "." }
                }
            }
            @if alarms.is_empty() && cut.is_none() && state.is_some() {
                p.note.good { "Nothing is wrong." }
            }
            @match &state {
                Some(state) => {
                    @let lines = building::building(state, now, &zone);
                    @let lines: Vec<_> =
                        lines.into_iter().filter(|(label, _)| *label != "alarm").collect();
                    (table::labelled(&lines))
                }
                None => p.faint { "No program on this machine measures the building." },
            }
            @if let Some(guard) = &guard {
                h2 { "The guard of the furnace" }
                (table::labelled(&building::guard(guard, now, &zone)))
            }
        }
        (live::script())
    };
    Ok(frame.page("Building", &content))
}
