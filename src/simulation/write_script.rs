//! Writes the script that follows from a seed.

use super::{
    dice::Dice,
    script::{Plan, Script, Trouble},
    step::{Hand, Step},
};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// How many members there are when it begins.
const FIRST: usize = 6;

impl Script {
    /// Writes the script of a plan.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        let mut steps: Vec<(i64, Step)> = (1..).map(|at| (at, Step::Join)).take(FIRST).collect();
        let mut dice = Dice::new(plan.seed);
        let doors = plan.doors.max(1);
        for day in 0..i64::from(plan.days) {
            let begin = day * DAY + if day == 0 { HOUR } else { 0 };
            let mut day =
                Day { dice: &mut dice, begin, end: (day + 1) * DAY, doors, steps: &mut steps };
            day.visits();
            day.office();
            day.by_hand();
            plan.troubles.iter().for_each(|trouble| day.trouble(*trouble));
        }
        steps.sort_by_key(|(at, _)| *at);
        Self { days: plan.days, doors, steps }
    }
}

/// A day that is being written.
struct Day<'d> {
    dice: &'d mut Dice,
    begin: i64,
    end: i64,
    doors: usize,
    steps: &'d mut Vec<(i64, Step)>,
}

impl Day<'_> {
    fn add(&mut self, step: Step) -> i64 {
        let at = self.dice.between(self.begin, self.end - 1);
        self.steps.push((at, step));
        at
    }

    /// Adds something, and what ends it some time later.
    fn add_pair(&mut self, step: Step, longest: i64, end: Step) {
        let at = self.add(step);
        let later = at + self.dice.between(1, longest);
        self.steps.push((later, end));
    }

    fn any(&mut self, many: usize) -> usize {
        usize::try_from(self.dice.below(many as u64)).unwrap_or_default()
    }

    fn door(&mut self) -> usize {
        self.any(self.doors)
    }

    fn visits(&mut self) {
        for _ in 0..self.dice.between(10, 25) {
            let (fob, door) = (self.any(40), self.door());
            let at = self.add(Step::Fob(fob, door));
            // Some try it once more, and some go out soon.
            if self.dice.falls(20) {
                let again = at + self.dice.between(1, 8);
                self.steps.push((again, Step::Fob(fob, door)));
            }
            if self.dice.falls(30) {
                let out = at + self.dice.between(2, 2 * HOUR);
                let step =
                    if self.dice.falls(50) { Step::Out(fob, door) } else { Step::Button(door) };
                self.steps.push((out, step));
            }
        }
        for _ in 0..self.dice.below(4) {
            let number = u32::try_from(self.dice.between(500_000, 500_003)).unwrap_or_default();
            let door = self.door();
            self.add(Step::Stranger(number, door));
        }
    }

    fn office(&mut self) {
        for _ in 0..self.dice.between(1, 5) {
            let (who, door) = (self.any(20), self.door());
            let step = match self.dice.below(14) {
                0 | 1 => Step::Join,
                2 => Step::GiveFob(who),
                3 | 4 => Step::LoseFob(self.any(40)),
                5 => Step::Suspend(who),
                6 => Step::Resume(who),
                7 => Step::Leave(who),
                8 | 9 => Step::Pay(who, u16::try_from(self.dice.between(1, 3)).unwrap_or(1)),
                10 => {
                    let (after, hours) = (self.dice.between(0, 20), self.dice.between(1, 6));
                    Step::OpenHouse(door, after, hours)
                }
                11 | 12 => Step::Induct(who),
                _ => Step::CallOff,
            };
            self.add(step);
        }
    }

    fn by_hand(&mut self) {
        if self.dice.falls(40) {
            let door = self.door();
            let hand = match self.dice.below(4) {
                0 => Hand::Unlock(u32::try_from(self.dice.between(1, 600)).unwrap_or(1)),
                1 => Hand::Hold(self.dice.between(1, 5)),
                _ => Hand::Lock,
            };
            self.add_pair(Step::Hand(door, hand), DAY, Step::Hand(door, Hand::Release));
        }
    }

    fn trouble(&mut self, trouble: Trouble) {
        if !self.dice.falls(35) {
            return;
        }
        match trouble {
            Trouble::Boards => {
                let door = self.door();
                self.add_pair(Step::Unplug(door), 3 * HOUR, Step::Plug(door));
            }
            Trouble::Network => self.add_pair(Step::NetworkDown, 2 * DAY, Step::NetworkUp),
            Trouble::Power => {
                let (seconds, damaged) = (self.dice.between(1, 900), self.dice.falls(30));
                self.add(Step::PowerCut(seconds, damaged));
            }
            Trouble::Clock => {
                let far = if self.dice.falls(30) { 20 * DAY } else { 3 * HOUR };
                let leap = self.dice.between(-far, far);
                self.add_pair(Step::Leap(leap), 8 * HOUR, Step::SetClock);
            }
            Trouble::Admins => {
                let who = self.any(20);
                self.add(Step::Both(who));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_always_the_same_script() {
        let plan = |seed| Plan { seed, days: 5, doors: 2, troubles: Trouble::ALL.into() };
        assert_eq!(Script::of(&plan(7)), Script::of(&plan(7)));
        assert_ne!(Script::of(&plan(7)), Script::of(&plan(8)));
        let script = Script::of(&plan(7));
        assert!(script.steps.is_sorted_by_key(|(at, _)| *at) && script.steps.len() > 60);
    }
}
