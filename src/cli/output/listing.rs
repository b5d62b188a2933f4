//! The format of a list.

/// The flags of every list.
#[derive(clap::Args, Debug, Clone, Copy, Default)]
pub(in crate::cli) struct Listing {
    /// Print comma-separated values, for a spreadsheet
    #[arg(long)]
    pub(in crate::cli) csv: bool,
}
