//! Who may open what: the compiled index and the decision.
