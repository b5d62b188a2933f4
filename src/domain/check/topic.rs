//! Checks of a broker's topic, in whichever record it stands.

use super::finding_collector::FindingCollector;
use crate::domain::model::{FindingCode, text};

/// The longest topic, in bytes.
const LONGEST: usize = 1_000;

/// Reports a topic that nothing can be published to, or that stands for several.
pub(super) fn check(
    field: &str,
    topic: &str,
    code: FindingCode,
    findings: &mut FindingCollector<'_>,
) {
    let bad = |c: char| matches!(c, '#' | '+') || text::is_control(c);
    if topic.is_empty() || topic.len() > LONGEST || topic.contains(bad) {
        let message = format!("`{field}`: write one topic, like shellies/plug/relay/0/power");
        findings.error(code, message);
    }
}
