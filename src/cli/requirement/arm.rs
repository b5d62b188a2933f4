//! What arms a requirement, on the command line.

use clap::ValueEnum;

use crate::domain::model;

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum Arm {
    FirstGrant,
}

impl From<Arm> for model::Arm {
    fn from(arm: Arm) -> Self {
        match arm {
            Arm::FirstGrant => Self::FirstGrant,
        }
    }
}
