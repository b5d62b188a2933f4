//! Fills in the words of a post, strictly, so that nothing is left out silently.

use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior, value::Serde};

use super::PostFacts;
use crate::domain::model::{PostKind, text};

/// The maximum number of steps of a template; a longer one is stopped.
const MAX_STEPS: u64 = 20_000;

/// The length of a post, in characters.
const LONGEST: usize = 3_000;

/// Returns the usual words of a kind.
#[must_use]
pub const fn usual(kind: PostKind) -> &'static str {
    match kind {
        PostKind::OpenHouseBegins => {
            "{{ facility }} is open to everybody{% if until %} until {{ until }}{% endif %}."
        }
        PostKind::OpenHouseEnds => "{{ facility }} is locked again: the open house is over.",
        PostKind::DoorForced => "{{ facility }} was opened while it was locked. Please look.",
        PostKind::DoorHeldOpen => "{{ facility }} has been open for a while. Please close it.",
        PostKind::GuardCut | PostKind::Alarm => "{% if over %}Over: {% endif %}{{ words }}",
        PostKind::Newcomer => "Welcome, {{ name }}, who has just become a member!",
        PostKind::Application => {
            "{% if number == 1 %}An application waits{% else %}{{ number }} applications wait\
             {% endif %} for an answer."
        }
        PostKind::Review => "The numbers of the month:\n{{ words }}",
        PostKind::Failure => "{{ words }}",
    }
}

/// Fills in words, or the usual ones of the kind. Markup in the facts is of no effect: whoever posts a
/// text takes the meaning out of all of it.
///
/// # Errors
/// A sentence: the words have a fault, with its line, name something that does not exist, or come to
/// nothing.
pub fn render(kind: PostKind, words: Option<&str>, facts: &PostFacts) -> Result<String, String> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_auto_escape_callback(|_| AutoEscape::None);
    env.set_fuel(Some(MAX_STEPS));
    let filled = env.render_str(words.unwrap_or_else(|| usual(kind)), Serde(facts));
    let filled = filled.map_err(|error| explain(&error))?;
    let filled = filled.trim();
    if filled.is_empty() {
        return Err("the words come to nothing".to_owned());
    }
    let visible = |c: &char| *c == '\n' || !c.is_control();
    Ok(filled.chars().filter(visible).take(LONGEST).collect())
}

fn explain(error: &Error) -> String {
    let at = error.line().map(|line| format!("line {line}: ")).unwrap_or_default();
    let what = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    let known = "the names are space, facility, words, until, name, number and over";
    text::line(&format!("{at}{what}; {known}"), 400)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> PostFacts {
        PostFacts {
            facility: "Front door".into(),
            words: "the furnace is cut".into(),
            until: "21:00".into(),
            name: "Ada".into(),
            number: 2,
            ..PostFacts::default()
        }
    }

    #[test]
    fn every_kind_has_usual_words() {
        for kind in PostKind::ALL {
            let words = render(*kind, None, &facts()).unwrap();
            assert!(!words.contains(['{', '}', '%']) && words.len() > 10, "{kind}: {words}");
        }
        let said = render(PostKind::OpenHouseBegins, None, &facts()).unwrap();
        assert_eq!(said, "Front door is open to everybody until 21:00.");
        let over = PostFacts { over: true, ..facts() };
        assert_eq!(render(PostKind::GuardCut, None, &over).unwrap(), "Over: the furnace is cut");
    }

    #[test]
    fn words_of_their_own_are_filled_in_strictly() {
        let own = |words: &str| render(PostKind::Alarm, Some(words), &facts());
        assert_eq!(own("{{ words }}!").unwrap(), "the furnace is cut!");
        for (words, part) in [
            ("{{ word }}", "line 1"),
            ("a\n{{ words", "line 2"),
            ("{{ member }}", "the names are"),
            (" ", "come to nothing"),
            ("{% for i in range(100000) %}{{ i }}{% endfor %}", ""),
        ] {
            let said = own(words).unwrap_err();
            assert!(said.contains(part), "{words}: {said}");
        }
    }

    #[test]
    fn what_a_fact_says_is_no_template() {
        let facts = PostFacts { name: "{{ words }} <!channel>\u{7}".into(), ..facts() };
        let said = render(PostKind::Newcomer, None, &facts).unwrap();
        assert!(said.contains("{{ words }} <!channel>,"), "{said}");
    }
}
