//! Faults that are put in by hand, to see that a play finds them.

/// A fault that is put in by hand, to see that it is found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// The doors go by the first records for ever.
    KeepOldRecords,
    /// No strike is locked again.
    DropLocks,
    /// What was locked by hand is forgotten at a start.
    ForgetLocks,
    /// Some lines of the journal are lost.
    LoseLines,
    /// Everybody is let in.
    AdmitAll,
    /// Changes are acknowledged and not written.
    LoseChange,
}
