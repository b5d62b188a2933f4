//! Recent activity.

use maud::html;

use super::frame::{Frame, Shown};

/// Shows what happened lately.
pub(super) async fn page(frame: Frame) -> Shown {
    Ok(frame.page("Activity", &html! { p { "Nothing has happened yet." } }))
}
