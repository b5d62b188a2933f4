//! Kinds of something that have a word each, as in files and on the command line.

/// Defines such kinds: what one of them is, what they are called in an error, and each with its word and a
/// sentence about it.
macro_rules! words {
    (
        $(#[doc = $about:literal])* $name:ident, $called:literal:
        $($kind:ident $word:literal $description:literal),* $(,)?
    ) => {
        $(#[doc = $about])*
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize,
            serde::Deserialize,
        )]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            $(#[doc = $description] $kind,)*
        }

        impl $name {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// Returns the word for it, as in files and on the command line.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$kind => $word),* }
            }

            /// Describes it in a sentence.
            #[must_use]
            pub const fn description(self) -> &'static str {
                match self { $(Self::$kind => $description),* }
            }
        }

        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string",
                    "enum": [$($word),*],
                    "enumDescriptions": [$($description),*],
                })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(word: &str) -> Result<Self, String> {
                Self::ALL.iter().copied().find(|it| it.word() == word).ok_or_else(|| {
                    let all: Vec<&str> = Self::ALL.iter().map(|it| it.word()).collect();
                    format!(
                        concat!("`{}` is not a kind of ", $called, "; choose one of {}"),
                        $crate::domain::model::text::shown(word),
                        all.join(", ")
                    )
                })
            }
        }
    };
}

pub(super) use words;
