//! What can go wrong with one command.

/// How the board handles the next command.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// It does not receive it.
    Deaf,
    /// It carries it out without an answer.
    Silent,
    /// It carries it out, and answers only when the next one arrives.
    Late,
    /// It refuses it.
    Refuse,
    /// It sends these bytes before its answer.
    Interrupt(Vec<u8>),
}
