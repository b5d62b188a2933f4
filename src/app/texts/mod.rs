//! What members and those who join read: one file a language (`en.ftl`, `de.ftl`, in the syntax of
//! Project Fluent), compiled in.

use std::{fmt, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use jiff::civil::Date;

use crate::domain::{
    model::{Language, Money},
    money::Currency,
    notices::day_form,
};

/// The texts in one language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Texts(Language);

type Bundle = FluentBundle<FluentResource>;

/// All texts, read once; in the order of [`Language::ALL`].
static BUNDLES: LazyLock<Vec<Bundle>> =
    LazyLock::new(|| Language::ALL.iter().map(|it| bundle(*it)).collect());

/// Returns the file of a language.
const fn source(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("en.ftl"),
        Language::German => include_str!("de.ftl"),
    }
}

/// Reads the file of a language. What is wrong with one is found by the tests; here it is left out.
fn bundle(language: Language) -> Bundle {
    let resource = FluentResource::try_new(source(language).to_owned());
    let resource = resource.unwrap_or_else(|(readable, _)| readable);
    let mut bundle = Bundle::new_concurrent(language.code().parse().into_iter().collect());
    // The marks around what is filled in would be seen in e-mails.
    bundle.set_use_isolating(false);
    let _ = bundle.add_resource(resource); // a second text of one name is found by the tests
    bundle
}

impl Texts {
    /// Returns the texts in a language.
    #[must_use]
    pub const fn of(language: Language) -> Self {
        Self(language)
    }

    /// Returns the language.
    #[must_use]
    pub const fn language(self) -> Language {
        self.0
    }

    /// Returns a text into which nothing is filled in.
    #[must_use]
    pub fn say(self, name: &str) -> String {
        self.format(name, None)
    }

    /// Returns a text with values filled in.
    #[must_use]
    pub fn fill(self, name: &str, values: &[(&'static str, &dyn fmt::Display)]) -> String {
        let values = values.iter().map(|(key, value)| (*key, FluentValue::from(value.to_string())));
        self.format(name, Some(&values.collect()))
    }

    /// Returns a text about a number, which is its `$count`.
    #[must_use]
    pub fn count(self, name: &str, count: usize) -> String {
        let values = [("count", FluentValue::from(count))].into_iter().collect();
        self.format(name, Some(&values))
    }

    /// Writes a day.
    #[must_use]
    pub fn day(self, day: Date) -> String {
        day.strftime(day_form(self.0)).to_string()
    }

    /// Writes an amount with its currency.
    #[must_use]
    pub fn money(self, currency: &Currency, minor: Money) -> String {
        currency.in_language(minor, self.0)
    }

    fn format(self, name: &str, values: Option<&FluentArgs<'_>>) -> String {
        let place = Language::ALL.iter().position(|it| *it == self.0);
        let bundle = place.and_then(|place| BUNDLES.get(place));
        let text = bundle.and_then(|bundle| {
            let pattern = bundle.get_message(name)?.value()?;
            // A value that is missing is shown by its name; the tests find it.
            Some(bundle.format_pattern(pattern, values, &mut Vec::new()).into_owned())
        });
        text.unwrap_or_else(|| name.to_owned())
    }
}

#[cfg(test)]
mod tests;
