//! What is still to be told, by what is remembered; and what to remember afterwards.

use super::Occasion;
use crate::domain::model::{Notice, Told};

/// Returns those occasions of one kind that were not seen to yet.
pub fn due<'o>(
    occasions: &'o [Occasion],
    notice: &'o Notice,
) -> impl Iterator<Item = &'o Occasion> {
    occasions.iter().filter(|occasion| !notice.has(&occasion.key))
}

/// Returns what to remember of one kind: what was told before and may come again, and what is told
/// now.
#[must_use]
pub fn remembered(notice: &Notice, occasions: &[Occasion], now: Vec<Told>) -> Notice {
    let again = |told: &&Told| occasions.iter().any(|occasion| occasion.key == told.occasion);
    let mut told: Vec<Told> = notice.told.iter().filter(again).cloned().collect();
    told.retain(|old| now.iter().all(|new| new.occasion != old.occasion));
    told.extend(now);
    Notice { told }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::model::NoticeKind;

    fn told(key: &str) -> Told {
        Told { occasion: key.into(), at: jiff::Timestamp::UNIX_EPOCH, failed: None }
    }

    #[test]
    fn an_occasion_is_told_once_and_forgotten_when_it_is_over() {
        let of = |key: &str| Occasion::of(NoticeKind::Lapsed, key);
        let occasions = [of("b"), of("c")];
        let notice = Notice { told: vec![told("a"), told("b")] };
        let keys: Vec<&str> = due(&occasions, &notice).map(|it| it.key.as_str()).collect();
        assert_eq!(keys, ["c"]);
        let after = remembered(&notice, &occasions, vec![told("c")]);
        assert_eq!(after.told, [told("b"), told("c")]);
        assert_eq!(due(&occasions, &after).count(), 0);
        assert_eq!(remembered(&after, &occasions, vec![told("b")]).told, [told("c"), told("b")]);
    }
}
