//! The kinds of facilities on the command line.

use clap::ValueEnum;

use crate::domain::model::FacilityKind;

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum Kind {
    Door,
    Tool,
}

impl From<Kind> for FacilityKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Door => Self::Door,
            Kind::Tool => Self::Tool,
        }
    }
}
