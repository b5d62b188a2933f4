//! Makes a failing script as short as it can be and still fail.

use super::script::Script;

/// Leaves out of a script whatever it fails without. `fails` says whether a script does, and is asked at
/// most so many times.
pub fn shrink(script: &Script, most: usize, mut fails: impl FnMut(&Script) -> bool) -> Script {
    let mut best = script.clone();
    let (mut asked, mut size) = (0, best.steps.len().div_ceil(2));
    while size > 0 && asked < most {
        let mut from = 0;
        let mut shorter = false;
        while from < best.steps.len() && asked < most {
            let mut less = best.clone();
            less.steps.drain(from..(from + size).min(best.steps.len()));
            asked += 1;
            if fails(&less) {
                best = less;
                shorter = true;
            } else {
                from += size;
            }
        }
        if size == 1 && !shorter {
            break;
        }
        size = if size == 1 { 1 } else { size.div_ceil(2) };
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::Step;

    #[test]
    fn what_matters_is_what_is_left() {
        let steps = (0..60).map(|at| (at, Step::Fob(usize::try_from(at).unwrap(), 0))).collect();
        let script = Script { days: 1, doors: 1, steps };
        let has =
            |script: &Script, fob| script.steps.iter().any(|(_, it)| *it == Step::Fob(fob, 0));
        let short = shrink(&script, 1_000, |it| has(it, 17) && has(it, 42));
        assert_eq!(short.steps.len(), 2);
        assert!(has(&short, 17) && has(&short, 42));
    }
}
