//! Who is in, and how warm each zone is to be.

use jiff::Timestamp;

use super::{Machine, Wanted};
use crate::{
    config::PeopleState,
    domain::heat::{Circumstances, Why},
};

impl Machine {
    /// Counts the people, and asks the records how warm each zone is to be.
    pub(super) fn look_around(&mut self, now: Timestamp) {
        if self.people.is_some() {
            let people = self.presence.at(now);
            let (number, least, most) = (people.estimate, people.least, people.most);
            self.people = Some(PeopleState { number, least, most });
        }
        let Some(plan) = &self.plan else { return };
        let people = self.people.is_some_and(|it| it.number > 0);
        self.wanted = plan
            .heat
            .iter()
            .map(|(name, heat)| {
                let bookings = self.bookings.get(name).map(Vec::as_slice).unwrap_or_default();
                let wanted = heat.at(now, &Circumstances { people, bookings });
                let (temperature, heated) = (wanted.temperature.as_f64(), wanted.why != Why::Frost);
                (name.clone(), Wanted { temperature, heated, why: wanted.why.to_string() })
            })
            .collect();
    }
}
